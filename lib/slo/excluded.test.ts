import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clipSpans, excludedMs, mergeSpans, withoutParts } from "#lib/slo/excluded.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import { minutes, rowsOf, START } from "#lib/slo/testing.ts";
import { countsOf } from "#lib/slo/windows.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const at = (minute: number) => START + minute * MINUTE;
/** Ten hours of 10 requests a minute, all bad in the third hour. */
const rows = rowsOf(
  START,
  minutes(600, (i) => ({ good: i >= 120 && i < 180 ? 0 : 10, total: 10 })),
);

describe("spans", () => {
  test.each([
    ["nothing", [], []],
    [
      "apart",
      [
        [3, 4],
        [1, 2],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      "overlapping and touching",
      [
        [5, 9],
        [1, 6],
        [9, 10],
      ],
      [[1, 10]],
    ],
    [
      "empty and turned around",
      [
        [4, 4],
        [7, 2],
      ],
      [],
    ],
  ])("%s", (_, given, merged) => {
    const spans = (of: readonly (readonly number[])[]) =>
      of.map(([from = 0, to = 0]) => ({ from, to }));
    expect(mergeSpans(spans(given))).toEqual(spans(merged));
  });

  test("are clipped to a window, and their length is what lies in it", () => {
    const spans = [
      { from: 0, to: 5 },
      { from: 10, to: 20 },
    ];
    expect(clipSpans(spans, 3, 12)).toEqual([
      { from: 3, to: 5 },
      { from: 10, to: 12 },
    ]);
    expect(excludedMs(spans, 3, 12)).toBe(4);
    expect(excludedMs(spans, 5, 10)).toBe(0);
  });
});

describe("counts without excluded parts", () => {
  test("an outage in maintenance spends nothing, and its minutes stay covered", () => {
    const without = withoutSpans(rows, [{ from: at(120), to: at(180) }]);
    expect(countsOf(without, at(600), 10 * HOUR)).toEqual({
      good: 5400,
      total: 5400,
      covered: 600,
    });
  });

  test("what is outside the span still counts", () => {
    const without = withoutSpans(rows, [{ from: at(120), to: at(150) }]);
    expect(countsOf(without, at(600), 10 * HOUR)).toMatchObject({ good: 5400, total: 5700 });
    expect(countsOf(without, at(140), 30 * MINUTE)).toMatchObject({ good: 100, total: 100 });
  });

  test("without spans the rows are the same", () => {
    expect(withoutSpans(rows, [])).toBe(rows);
  });

  test("parts are taken from what counts, and not from what is known", () => {
    const counts = { good: 90, total: 100, covered: 60 };
    expect(withoutParts(counts, [{ good: 2, total: 10, covered: 5 }])).toEqual({
      good: 88,
      total: 90,
      covered: 60,
    });
  });

  test("both ways give the same counts, for any spans and window", () => {
    const minute = fc.integer({ min: -50, max: 650 });
    const span = fc.tuple(minute, minute).map(([a, b]) => ({ from: at(a), to: at(b) }));
    fc.assert(
      fc.property(
        fc.array(span, { maxLength: 6 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 1, max: 600 }),
        (given, end, length) => {
          const spans = mergeSpans(given);
          const windowMs = length * MINUTE;
          const counts = (from: number, to: number) => {
            const known = countsOf(rows, to, to - from);
            if (!known) throw new RangeError("rows of each minute know every window");
            return known;
          };
          const parts = clipSpans(spans, at(end) - windowMs, at(end)).map(({ from, to }) =>
            counts(from, to),
          );
          const direct = withoutParts(counts(at(end) - windowMs, at(end)), parts);
          expect(countsOf(withoutSpans(rows, spans), at(end), windowMs)).toEqual(direct);
        },
      ),
    );
  });
});
