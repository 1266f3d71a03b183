import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { budgetFor } from "#lib/slo/budget.ts";
import { days, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import type { Counts } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";
import { calendarWindow } from "#lib/spec/calendar.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const threshold = {
  kind: "threshold",
  query: "histogram_quantile(0.95, x)",
  op: "lte",
  threshold: 0.5,
} as const;
const MONTH = 30 * DAY;
const fullMonth = (good: number, total: number): Counts => ({ good, total, covered: 43_200 });
const of = (definition: ReturnType<typeof sloOf>, counts: Counts, knownMs = MONTH) =>
  budgetFor({ definition, counts, at: START, firstCoveredAt: START - knownMs });

describe("budgetFor", () => {
  test.each([
    [0.995, 216],
    [0.99, 432],
    [0.999, 43.2],
  ])("minutes at %d over 30 d may spend %d min", (objective, budget) => {
    const slo = sloOf({ objective, sli: threshold });
    expect(of(slo, fullMonth(43_200, 43_200)).budgetTotal).toBeCloseTo(budget, 9);
  });

  test.each([
    [14_066, 0.128],
    [72_000, 0.655],
  ])("of a budget of 109,897 errors, %d spend %d", (bad, share) => {
    const total = 109_897_000;
    const budget = of(sloOf(), fullMonth(total - bad, total));
    expect(budget.budgetTotal).toBeCloseTo(109_897, 6);
    expect(budget.consumed).toBeCloseTo(share, 3);
  });

  test("an exactly spent budget is exactly 1, and overspending is signed", () => {
    expect(of(sloOf(), fullMonth(999_000, 1_000_000))).toMatchObject({ consumed: 1, remaining: 0 });
    expect(of(sloOf(), fullMonth(997_410, 1_000_000)).remaining).toBeCloseTo(-1.59, 9);
  });

  test("a new SLO is not exhausted by its first bad minute", () => {
    const first = of(sloOf(), { good: 0, total: 100, covered: 1 }, MINUTE);
    expect(first.consumed).toBeCloseTo(1 / 43.2, 9);
    const minute = of(sloOf({ sli: threshold }), { good: 0, total: 1, covered: 1 }, MINUTE);
    expect(minute.consumed).toBeCloseTo(1 / 43.2, 9);
  });

  test("history and coverage count from the first covered minute", () => {
    const counts = { good: 10, total: 10, covered: 12 * 24 * 60 * 0.95 };
    const partial = of(sloOf(), counts, 12 * DAY);
    expect(partial.historyDays).toBe(12);
    expect(partial.coverage).toBeCloseTo(0.95, 9);
    expect(of(sloOf(), counts, 400 * DAY).historyDays).toBe(30);
  });

  test("nothing counted is null, never NaN", () => {
    const nothing = { good: 0, total: 0, covered: 0 };
    const budget = budgetFor({
      definition: sloOf(),
      counts: nothing,
      at: START,
      firstCoveredAt: null,
    });
    expect(budget).toMatchObject({ sli: null, consumed: null, remaining: null, coverage: 0 });
    expect(of(sloOf(), { ...nothing, covered: 43_200 })).toMatchObject({
      sli: null,
      consumed: null,
    });
  });

  test("more good than total, as two counters read apart may say, is all good", () => {
    expect(of(sloOf(), fullMonth(1001, 1000))).toMatchObject({ sli: 1, bad: 0, consumed: 0 });
  });

  test("crumbs that sums of fractions leave behind are no traffic", () => {
    expect(of(sloOf(), fullMonth(0, 1e-9))).toMatchObject({ sli: null, consumed: null });
  });

  test("idle minutes of a threshold leave its budget that of the whole window", () => {
    const counts = { good: 90, total: 100, covered: 43_200 };
    expect(of(sloOf({ objective: 0.99, sli: threshold }), counts).consumed).toBeCloseTo(
      10 / 432,
      9,
    );
  });
});

describe("traffic matters", () => {
  // A day's swing of 1 ± 0.9, peak at 12:00 and trough at 00:00, in the middle of the window.
  const rate = (i: number) => 1000 * (1 - 0.9 * Math.cos((2 * Math.PI * (i + 0.5)) / 1440));
  const outageAt = (centre: number) =>
    rowsOf(
      START,
      minutes(43_200, (i) => ({
        good: Math.abs(i + 0.5 - centre) < 29.6 ? 0 : rate(i),
        total: rate(i),
      })),
    );
  const remaining = (centre: number) => {
    const rows = outageAt(centre);
    const at = START + MONTH;
    const counts = countsOf(rows, at, MONTH);
    if (!counts) throw new Error("minute rows are never too coarse");
    return budgetFor({ definition: sloOf(), counts, at, firstCoveredAt: START }).remaining;
  };

  test("59 minutes of outage at the peak leave -159 %", () => {
    expect(remaining(15 * 1440 + 720.5)).toBeCloseTo(-1.59, 2);
  });

  test("the same outage at the trough leaves +86 %", () => {
    expect(remaining(15 * 1440 + 0.5)).toBeCloseTo(0.86, 2);
  });
});

describe("properties", () => {
  const objective = fc.integer({ min: 1, max: 9999 }).map((n) => n / 10_000);
  const size = fc.integer({ min: 1, max: 1e9 });

  test("consumed grows with errors", () => {
    fc.assert(
      fc.property(objective, size, fc.nat(), fc.nat(), (o, total, a, b) => {
        const [less, more] = [a % (total + 1), b % (total + 1)].sort((x, y) => x - y);
        const at = (bad = 0) => of(sloOf({ objective: o }), fullMonth(total - bad, total)).consumed;
        expect(at(less)).toBeLessThanOrEqual(at(more) ?? Number.NaN);
      }),
    );
  });

  test("burn 1 for a whole window leaves exactly 0", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), size, (bad, n) => {
        const total = 10_000 * n;
        const slo = sloOf({ objective: (10_000 - bad) / 10_000 });
        expect(of(slo, fullMonth(total - bad * n, total)).remaining).toBe(0);
      }),
    );
  });

  test("a short history has spent its part of the window, not all of it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 720 }), (hours) => {
        const counts = { good: 998 * hours, total: 1000 * hours, covered: 60 * hours };
        expect(of(sloOf(), counts, hours * HOUR).consumed).toBeCloseTo((2 * hours) / 720, 9);
      }),
    );
  });

  test("the window's length in days changes the budget of minutes alike", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 365 }), (count) => {
        const slo = sloOf({ objective: 0.99, sli: threshold, window: days(count) });
        const counts = { good: 1, total: 1, covered: 1 };
        expect(of(slo, counts, MINUTE).budgetTotal).toBeCloseTo(14.4 * count, 6);
      }),
    );
  });
});

describe("a calendar month", () => {
  const month = calendarWindow({ unit: "month", count: 1, zone: "UTC", startsAt: null });
  const definition = sloOf({ objective: 0.99, window: month });
  const start = Date.UTC(2026, 2, 1);
  /** 10 requests a minute. */
  const lately = { good: 28 * 14_400, total: 28 * 14_400, covered: 28 * 1440 };
  const read = (days: number, bad: number, parts = {}) =>
    budgetFor({
      definition,
      counts: { good: days * 14_400 - bad, total: days * 14_400, covered: days * 1440 },
      at: start + days * DAY,
      firstCoveredAt: start - 60 * DAY,
      lately,
      ...parts,
    });

  test("is judged by what the whole month will have, from its first hour on", () => {
    expect(read(1, 144).budgetTotal).toBeCloseTo(0.01 * 31 * 14_400, 6);
    expect(read(1, 144).consumed).toBeCloseTo(1 / 31, 9);
    expect(read(31, 4464).consumed).toBe(1);
  });

  test("the rest of it is taken to be like the last 28 days, not like its own beginning", () => {
    const half = { ...lately, total: lately.total / 2 };
    expect(read(1, 0, { lately: half }).expected).toBeCloseTo(14_400 + 30 * 7_200, 6);
  });

  test("before anything was counted in it the budget is whole, and not unknown", () => {
    const counts = { good: 0, total: 0, covered: 10 };
    const { consumed, sli } = read(0.01, 0, { counts });
    expect([consumed, sli]).toEqual([0, null]);
  });

  test("of an SLO that began in it is taken from what is known", () => {
    const young = { firstCoveredAt: start + 9 * DAY, lately: { ...lately, total: 14_400 } };
    const counts = { good: 14_400, total: 14_400, covered: 1440 };
    expect(read(10, 0, { counts, ...young }).expected).toBeCloseTo(31 * 14_400, 6);
  });

  test("counts all of its minutes where minutes are counted, without the excluded ones", () => {
    const sli = { kind: "threshold", query: "q", op: "lte", threshold: 1 } as const;
    const counts = { good: 1440, total: 1440, covered: 1440 };
    const minutes = { definition: { ...definition, sli }, counts };
    expect(read(1, 0, minutes).expected).toBe(31 * 1440);
    const excluded = [{ from: start, to: start + DAY / 2 }];
    expect(read(1, 0, { ...minutes, excluded }).expected).toBe(30.5 * 1440);
  });
});
