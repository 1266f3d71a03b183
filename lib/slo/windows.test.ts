import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Minute, minutes, rowsOf, START } from "#lib/slo/testing.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf, latestAtOrBefore, latestIndex } from "#lib/slo/windows.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const good = { good: 100, total: 100 };
const at = (minute: number) => START + minute * MINUTE;
const thin = (rows: readonly TotalsRow[], every: number) =>
  rows.filter((row) => (row.at - START) % (every * MINUTE) === 0);

test("the latest row at or before a time is found, none before the first", () => {
  const rows = rowsOf(START, [good, null, null, good]);
  expect(rows.map((r) => r.at)).toEqual([at(0), at(1), at(4)]);
  expect([at(-1), at(0), at(3), at(4), at(9)].map((t) => latestIndex(rows, t))).toEqual([
    -1, 0, 1, 2, 2,
  ]);
  expect(latestAtOrBefore(rows, at(-1))).toBeNull();
  expect(latestAtOrBefore([], at(0))).toBeNull();
});

describe("countsOf", () => {
  const rows = rowsOf(
    START,
    minutes(600, () => good),
  );

  test("counts [at - window, at)", () => {
    expect(countsOf(rows, at(60), 5 * MINUTE)).toEqual({ good: 500, total: 500, covered: 5 });
  });

  test("a window that starts before the first row starts at it", () => {
    expect(countsOf(rows, at(60), DAY)).toEqual({ good: 6000, total: 6000, covered: 60 });
  });

  test("before the first row, and without rows, there is nothing", () => {
    const nothing = { good: 0, total: 0, covered: 0 };
    expect(countsOf(rows, at(-5), HOUR)).toEqual(nothing);
    expect(countsOf([], at(5), HOUR)).toEqual(nothing);
  });

  test("after the last row, minutes are missing, not invented", () => {
    expect(countsOf(rows, at(603), 5 * MINUTE)).toEqual({ good: 200, total: 200, covered: 2 });
  });

  test("a gap lowers coverage and leaves the window readable", () => {
    const gap = rowsOf(
      START,
      minutes(120, (i) => (i >= 30 && i < 60 ? null : good)),
    );
    expect(countsOf(gap, at(62), 5 * MINUTE)?.covered).toBe(2);
    expect(countsOf(gap, at(90), HOUR)?.covered).toBe(30);
  });

  test("a window finer than the rows is null, never wrong", () => {
    const hourly = thin(rows, 60);
    expect(countsOf(hourly, at(120), 5 * MINUTE)).toBeNull();
    expect(countsOf(hourly, at(150), HOUR)).toBeNull();
    expect(countsOf(hourly, at(180), HOUR)?.covered).toBe(60);
    const five = thin(rows, 5);
    expect(countsOf(five, at(62), 5 * MINUTE)).toBeNull();
    expect(countsOf(five, at(65), 5 * MINUTE)?.covered).toBe(5);
    expect(countsOf(five, at(122), HOUR)?.covered).toBe(60);
  });
});

describe("properties", () => {
  const minute: fc.Arbitrary<Minute> = fc.option(
    fc.tuple(fc.nat(1000), fc.nat(1000)).map(([g, b]) => ({ good: g, total: g + b })),
    { freq: 5, nil: null },
  );
  const history = fc.array(minute, { minLength: 1, maxLength: 200 });

  test("splitting a window adds up, before and after thinning", () => {
    fc.assert(
      fc.property(history, fc.nat(200), fc.constantFrom(1, 5), (list, cut, every) => {
        const rows = thin(rowsOf(START, list), every);
        const end = Math.floor(list.length / every) * every;
        const middle = Math.floor(Math.min(cut, end) / every) * every;
        const whole = countsOf(rows, at(end), end * MINUTE);
        const first = countsOf(rows, at(middle), middle * MINUTE);
        const second = countsOf(rows, at(end), (end - middle) * MINUTE);
        fc.pre(whole !== null && first !== null && second !== null);
        for (const part of ["good", "total", "covered"] as const) {
          expect((first?.[part] ?? 0) + (second?.[part] ?? 0)).toBe(whole?.[part]);
        }
      }),
    );
  });

  test("minute rows give exactly what summing the minutes gives", () => {
    fc.assert(
      fc.property(history, fc.nat(200), fc.integer({ min: 5, max: 200 }), (list, end, length) => {
        const counts = countsOf(rowsOf(START, list), at(end), length * MINUTE);
        const seen = list.slice(Math.max(0, end - length), end).filter((m) => m !== null);
        fc.pre(counts !== null);
        expect(counts?.total).toBe(seen.reduce((sum, m) => sum + m.total, 0));
        expect(counts?.covered).toBe(seen.length);
      }),
    );
  });

  test("only differences mean anything: totals below zero change nothing", () => {
    fc.assert(
      fc.property(history, fc.integer({ min: -100_000, max: 0 }), (list, offset) => {
        const rows = rowsOf(START, list);
        const moved = rows.map((r) => ({ ...r, good: r.good + offset, total: r.total + offset }));
        expect(countsOf(moved, at(60), HOUR)).toEqual(countsOf(rows, at(60), HOUR));
      }),
    );
  });
});
