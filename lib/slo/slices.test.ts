import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { budgetFor } from "#lib/slo/budget.ts";
import { judgeSlices, sliceGrainMs, sliceStepMs } from "#lib/slo/slices.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import type { Slicing, SloDefinition } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const good95 = (windowMs: number): Slicing => ({ method: "timeslices", target: 0.95, windowMs });
const ratios = (windowMs: number): Slicing => ({ method: "ratioTimeslices", windowMs });

/** Minutes from 0 on, each [good, total]; null = no answer. */
function minutes(counts: readonly (readonly [number, number] | null)[]): Bucket[] {
  return counts.flatMap((count, i) =>
    count ? [{ at: (i + 1) * MINUTE, good: count[0], total: count[1], covered: 1 }] : [],
  );
}

function judge(counts: Parameters<typeof minutes>[0], rule: Slicing, from = 0): Bucket[] {
  return judgeSlices(minutes(counts), rule, { from, to: counts.length * MINUTE });
}

function sum(buckets: readonly Bucket[]): { good: number; total: number; covered: number } {
  return buckets.reduce(
    (all, { good, total, covered }) => ({
      good: all.good + good,
      total: all.total + total,
      covered: all.covered + covered,
    }),
    { good: 0, total: 0, covered: 0 },
  );
}

const FIVE = 5 * MINUTE;

test.each<[what: string, Parameters<typeof minutes>[0], Slicing, ReturnType<typeof sum>]>([
  [
    "a slice that reaches its target exactly is good",
    [[95, 100]],
    good95(MINUTE),
    { good: 1, total: 1, covered: 1 },
  ],
  [
    "a slice just below it is bad, whatever its traffic",
    [
      [9499, 10_000],
      [0, 1],
    ],
    good95(MINUTE),
    { good: 0, total: 2, covered: 2 },
  ],
  [
    "a slice is judged by its events, not by the mean of its minutes",
    [
      [0, 1],
      [996, 999],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    good95(FIVE),
    { good: 5, total: 5, covered: 5 },
  ],
  [
    "a slice whose ratio counts is good by that part",
    [
      [1, 1],
      [0, 3],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    ratios(FIVE),
    { good: 1.25, total: 5, covered: 5 },
  ],
  [
    "a slice without traffic is covered and spends nothing",
    [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    good95(FIVE),
    { good: 0, total: 0, covered: 5 },
  ],
  [
    "minutes without an answer count for nothing; the others are judged",
    [[1, 1], null, null, [1, 1], [1, 1]],
    good95(FIVE),
    { good: 3, total: 3, covered: 3 },
  ],
  [
    "a slice that still runs waits, and is covered",
    [
      [0, 9],
      [0, 9],
      [0, 9],
    ],
    good95(FIVE),
    { good: 0, total: 0, covered: 3 },
  ],
])("%s", (_, counts, rule, expected) => {
  expect(sum(judge(counts, rule))).toEqual(expected);
});

test("a slice that begins before the span waits as well", () => {
  const seen = [null, null, [1, 1], [1, 1], [1, 1]] as const;
  expect(sum(judge(seen, good95(FIVE), 2 * MINUTE))).toEqual({ good: 0, total: 0, covered: 3 });
});

describe("what the specification computes", () => {
  const definition = (objective: number, days: number): SloDefinition =>
    ({
      objective,
      window: { kind: "rolling", ms: days * DAY, label: `${days}d` },
      sli: { kind: "events", counts: "good", numerator: "g", total: "t" },
      budgeting: good95(MINUTE),
    }) as SloDefinition;
  const consumed = (buckets: readonly Bucket[], of: SloDefinition): number | null => {
    const at = of.window.ms;
    return budgetFor({ definition: of, counts: sum(buckets), at, firstCoveredAt: 0 }).consumed;
  };
  /** Two weeks of 24,000 requests a day, 99 % of them good, and an attack that leaves 1 % good. */
  const attacked = (length: number) =>
    minutes(Array.from({ length: 14 * 1440 }, (_, i) => (i < length ? [10, 1000] : [99, 100])));
  const span = { from: 0, to: 14 * DAY };

  test("an objective of 95 % over two weeks is spent by 16 h 48 min of bad minutes", () => {
    const spent = (length: number) =>
      consumed(judgeSlices(attacked(length), good95(MINUTE), span), definition(0.95, 14));
    expect(spent(16 * 60 + 48)).toBe(1);
    expect(spent(16 * 60 + 47)).toBeLessThan(1);
  });

  test("counted by the ratio of each minute it lasts a little under 13 h 45 min", () => {
    const spent = (length: number) =>
      consumed(judgeSlices(attacked(length), ratios(MINUTE), span), definition(0.95, 14));
    // 0.05 of 20,160 minutes, less the 1 % that fails anyway: 1008 = 0.99 m + 0.01 (20160 - m).
    expect(spent(823)).toBeGreaterThan(1);
    expect(spent(822)).toBeLessThan(1);
  });

  test("99.95 % over a week allows 5 min 2.4 s", () => {
    const week = minutes(
      Array.from({ length: 7 * 1440 }, (_, i) => (i < 5 ? [94, 100] : [95, 100])),
    );
    const judged = judgeSlices(week, good95(MINUTE), { from: 0, to: 7 * DAY });
    const of = definition(0.9995, 7);
    const budget = budgetFor({
      definition: of,
      counts: sum(judged),
      at: 7 * DAY,
      firstCoveredAt: 0,
    });
    expect(budget.budgetTotal).toBeCloseTo(5.04, 9);
    expect(budget.bad).toBe(5);
    expect(budget.consumed).toBeCloseTo(5 / 5.04, 9);
  });
});

/** What the rule says, minute by minute, the long way. */
function byHand(counts: readonly ([number, number] | null)[], rule: Slicing) {
  const length = rule.windowMs / MINUTE;
  let [good, total] = [0, 0];
  for (let start = 0; start + length <= counts.length; start += length) {
    const slice = counts.slice(start, start + length).filter((count) => count !== null);
    const events = slice.reduce((all, [, t]) => all + t, 0);
    if (events === 0) continue;
    const ratio = slice.reduce((all, [g]) => all + g, 0) / events;
    const share = rule.method === "timeslices" ? Number(ratio >= rule.target - 1e-9) : ratio;
    total += slice.length;
    good += share * slice.length;
  }
  return { good, total, covered: counts.filter((count) => count !== null).length };
}

const count = fc.option(
  fc.tuple(fc.nat(20), fc.nat(20)).map(([a, b]): [number, number] => [Math.min(a, b), b]),
  { nil: null, freq: 9 },
);
const rule = fc
  .tuple(fc.constantFrom(1, 2, 5, 7, 10), fc.constantFrom(0.5, 0.95, 1, null))
  .map(
    ([length, target]): Slicing =>
      target === null
        ? ratios(length * MINUTE)
        : { method: "timeslices", target, windowMs: length * MINUTE },
  );

test("slices add up to what the raw minutes say", () => {
  fc.assert(
    fc.property(fc.array(count, { maxLength: 60 }), rule, (counts, of) => {
      const [found, expected] = [sum(judge(counts, of)), byHand(counts, of)];
      expect(found.good).toBeCloseTo(expected.good, 9);
      expect({ ...found, good: 0 }).toEqual({ ...expected, good: 0 });
    }),
  );
});

test.each([
  [MINUTE, MINUTE, MINUTE, MINUTE],
  [MINUTE, HOUR, MINUTE, HOUR],
  [FIVE, HOUR, FIVE, HOUR],
  [15 * MINUTE, HOUR, FIVE, HOUR],
  [HOUR, FIVE, FIVE, HOUR],
  [2 * HOUR, HOUR, HOUR, 2 * HOUR],
  [90 * MINUTE, HOUR, FIVE, 3 * HOUR],
  [7 * MINUTE, FIVE, MINUTE, 35 * MINUTE],
])("slices of %i ms where rows are kept each %i ms", (windowMs, stepMs, step, grain) => {
  expect(sliceStepMs(windowMs, stepMs)).toBe(step);
  expect(sliceGrainMs(windowMs, stepMs)).toBe(grain);
});
