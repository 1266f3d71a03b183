import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dataOf } from "#components/charts/data.ts";
import {
  budgetScale,
  burnAt,
  burnHeight,
  burnScale,
  countScale,
  ninesAt,
  ninesHeight,
  ninesScale,
} from "#components/charts/scale.ts";
import { timeTicks } from "#components/charts/time-ticks.ts";
import { days } from "#lib/slo/testing.ts";
import { tiersFor } from "#lib/slo/tiers.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

const bin = (remaining: number | null) => ({
  from: 0,
  at: HOUR,
  good: 1,
  total: 1,
  covered: 60,
  remaining,
  low: remaining,
  high: remaining,
  sli: 1,
  worst: 1,
  burn: [],
});
const budgets = (...values: (number | null)[]) => dataOf({ bins: values.map(bin), projection: [] });

describe("the budget's scale", () => {
  test("always shows zero and full, and the deepest overdraft", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 1, noNaN: true }), { minLength: 1 }),
        (values) => {
          const { domain, ticks } = budgetScale(budgets(...values));
          expect(ticks).toContain(0);
          expect(ticks).toContain(1);
          expect(domain[0]).toBeLessThanOrEqual(Math.min(0, ...values) + 1e-5);
          expect(ticks.length).toBeLessThanOrEqual(8);
        },
      ),
    );
  });

  test("of a healthy budget has quarters", () => {
    expect(budgetScale(budgets(0.9, null, 0.8)).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});

describe("the burn scale", () => {
  const tiers = tiersFor(days(30), 0.999);

  test("reads back what it draws", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e5, noNaN: true }), (burn) => {
        expect(burnAt(burnHeight(burn) ?? -1)).toBeCloseTo(burn, 6);
      }),
    );
    expect(burnHeight(null)).toBeNull();
  });

  test("keeps every threshold readable under a peak of a thousand", () => {
    const { domain, ticks } = burnScale(1000, tiers);
    const heights = ticks.map((tick) => (tick / domain[1]) * 150);
    for (const [i, height] of heights.slice(1).entries()) {
      expect(height - (heights[i] ?? 0)).toBeGreaterThan(9);
    }
    expect(ticks.map((tick) => Number(burnAt(tick).toPrecision(4)))).toEqual([
      0, 1, 3, 6, 14.4, 30, 100, 300, 1000,
    ]);
  });

  test("leaves out thresholds that cannot be reached", () => {
    const { ticks } = burnScale(2, tiersFor(days(30), 0.9));
    expect(ticks.map((tick) => Math.round(burnAt(tick)))).toEqual([0, 1, 3, 6]);
  });
});

describe("the scale of nines", () => {
  test("reads back what it draws, up to perfect", () => {
    expect(ninesAt(ninesHeight(0.95, 0.99) ?? 0, 0.99)).toBeCloseTo(0.95, 12);
    expect(ninesAt(ninesHeight(1, 0.99) ?? 0, 0.99)).toBe(1);
    expect(ninesHeight(null, 0.99)).toBeNull();
  });

  test("names the objective and perfect", () => {
    const { ticks } = ninesScale(0.5, 0.995);
    const named = ticks.map((tick) => Number(ninesAt(tick, 0.995).toFixed(6)));
    expect(named).toEqual([0, 0.9, 0.995, 1]);
  });
});

test("counts end at a round number", () => {
  expect(countScale(4150).ticks).toEqual([0, 5000]);
  expect(countScale(0).ticks).toEqual([0, 1]);
});

describe("times on the axis", () => {
  const from = Date.UTC(2026, 2, 1, 5, 17);

  test("are at most as many as asked for and inside the range", () => {
    fc.assert(
      fc.property(fc.integer({ min: HOUR, max: 400 * DAY }), (length) => {
        const { at } = timeTicks(from, from + length, 7);
        expect(at.length).toBeLessThanOrEqual(8);
        for (const tick of at) {
          expect(tick).toBeGreaterThanOrEqual(from);
          expect(tick).toBeLessThanOrEqual(from + length);
        }
      }),
    );
  });

  test("of many days are midnights where the reader is, also when clocks change", () => {
    const { at, daily } = timeTicks(from, from + 60 * DAY, 7);
    expect(daily).toBe(true);
    for (const tick of at) expect(new Date(tick).getHours()).toBe(0);
  });
});

test("what is to come is joined to the newest bin", () => {
  const projection = [
    { at: HOUR, clean: 0.5, pace: 0.5 },
    { at: 2 * HOUR, clean: 0.6, pace: 0.4 },
  ];
  const data = dataOf({ bins: [bin(0.5)], projection });
  expect(data.map(({ x, remaining, clean, pace }) => [x, remaining, clean, pace])).toEqual([
    [HOUR, 0.5, 0.5, 0.5],
    [2 * HOUR, null, 0.6, 0.4],
  ]);
});
