import { describe, expect, test } from "vitest";
import { listedLines } from "#components/slo/apart/listed.ts";
import type { ApartLine } from "#components/slo/apart/view.ts";
import { DAY } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 2, 1);

function line(id: number, days: number, parts: Partial<ApartLine> = {}): ApartLine {
  const from = NOW + days * DAY;
  return {
    ...{ id, kind: "maintenance", title: "Upgrade", excluded: true, from, to: from + 1 },
    ...{ slo: null, reason: "r", url: null, recurs: false, by: "Ann", document: null },
    ...{ policy: null, counted: null, planned: days > 0 },
    ...parts,
  };
}

describe("the list of what is left out", () => {
  const weekly = { recurs: true };

  test("announces only the next time of what comes again, and acts on it once", () => {
    const times = [14, 7, -7, -14].map((days) => line(1, days, weekly));
    const listed = listedLines([...times, line(2, -20)]);
    expect(listed.map(({ id, from, acts }) => [id, (from - NOW) / DAY, acts])).toEqual([
      [1, 7, true],
      [1, -7, false],
      [1, -14, false],
      [2, -20, true],
    ]);
  });

  test("offers nothing at what a document says", () => {
    expect(listedLines([line(1, -1, { document: "a.yaml" })])[0]?.acts).toBe(false);
  });
});
