import { expect, test } from "vitest";
import { describeChange, versionMarks } from "#lib/charts/versions.ts";
import { days, sloOf } from "#lib/slo/testing.ts";

test.each([
  [{ objective: 0.9995 }, "objective 99.9 % → 99.95 %"],
  [{ window: days(28), enforced: false }, "window 30d → 28d, now aspirational"],
  [{ policy: [] }, "policy"],
  [{ runbook: "https://runbooks.example" }, "description or ownership"],
])("a change is put into words: %j", (parts, words) => {
  expect(describeChange(sloOf(), sloOf(parts))).toBe(words);
});

test("only versions that came into force inside the range are marked, never the first", () => {
  const version = (n: number, validFrom: number) => ({
    version: n,
    validFrom,
    definition: sloOf(),
  });
  const versions = [version(1, 10), version(2, 20), version(3, 30)];
  expect(versionMarks(versions, { from: 0, to: 30 }).map((mark) => mark.version)).toEqual([2]);
});
