import { describe, expect, test } from "vitest";
import { apartIn, apartSummary, apartText } from "#lib/charts/apart.ts";
import type { ApartSpan } from "#lib/charts/view.ts";

const span = (id: number, from: number, to: number | null, excluded = true): ApartSpan => ({
  ...{ id, from, to, excluded, title: `T${id}` },
  kind: excluded ? "maintenance" : "experiment",
});
const words = { time: (at: number) => `t${at}` };

describe("times counted apart", () => {
  test.each([
    [{ from: 0, at: 10 }, ""],
    [{ from: 5, at: 11 }, "Maintenance: T1 (left out)"],
    [{ from: 19, at: 25 }, "Maintenance: T1 (left out); Experiment: T2 (counted)"],
    [{ from: 20, at: 25 }, "Experiment: T2 (counted)"],
    [{ from: 90, at: 95 }, "Experiment: T2 (counted)"],
  ])("in %j are “%s”", (bin, text) => {
    expect(apartText([span(1, 10, 20), span(2, 15, null, false)], bin)).toBe(text);
  });

  test("of a title that comes again stand once in a bin", () => {
    expect(apartText([span(1, 1, 2), span(1, 3, 4)], { from: 0, at: 9 })).toBe(
      "Maintenance: T1 (left out)",
    );
  });

  test.each([
    [[], ""],
    [[span(1, 3, 4)], "Counted apart: Maintenance: T1, from t3 (left out)."],
    [
      [span(1, 1, 2), span(2, 3, 4, false), span(3, 5, 6), span(4, 7, 8)],
      "Counted apart: Maintenance: T1, from t1 (left out); Experiment: T2, from t3 (counted); Maintenance: T3, from t5 (left out); and 1 more.",
    ],
  ])("the summary of %j is “%s”", (spans, text) => {
    expect(apartSummary(spans, words)).toBe(text);
  });

  test("are drawn where they touch the range, in order", () => {
    const spans = [span(4, 30, 40), span(3, 12, null), span(2, 0, 11), span(1, 0, 10)];
    expect(apartIn(spans, { from: 10, to: 30 }).map(({ id }) => id)).toEqual([2, 3]);
  });
});
