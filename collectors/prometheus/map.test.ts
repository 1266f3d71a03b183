import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bridgeGaps,
  eventBuckets,
  foldMinutes,
  minuteBuckets,
  worstQuery,
} from "#collectors/prometheus/map.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import type { SliDefinition, ThresholdOp } from "#lib/spec/model.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const series = (values: Record<number, number>) =>
  new Map(Object.entries(values).map(([minute, value]) => [Number(minute) * MINUTE, value]));

const events = (counts: "good" | "bad") =>
  ({ kind: "events", counts, numerator: "n", total: "t" }) as const;

describe("eventBuckets", () => {
  test("no error series while the total exists is no error", () => {
    const answers = { total: series({ 1: 50 }), numerator: series({}), presence: null };
    expect(eventBuckets(events("bad"), answers, MINUTE)).toEqual([
      { at: MINUTE, good: 50, total: 50, covered: 1 },
    ]);
  });

  test("no good series while the total exists is no good event", () => {
    const answers = { total: series({ 1: 50 }), numerator: series({}), presence: null };
    expect(eventBuckets(events("good"), answers, MINUTE)[0]?.good).toBe(0);
  });

  test("a total that is absent is no data, whatever the errors say", () => {
    const answers = { total: series({}), numerator: series({ 1: 3 }), presence: null };
    expect(eventBuckets(events("bad"), answers, MINUTE)).toEqual([]);
  });

  test("a total of 0 is an answer: no traffic", () => {
    const answers = { total: series({ 1: 0 }), numerator: series({}), presence: null };
    expect(eventBuckets(events("bad"), answers, MINUTE)).toEqual([
      { at: MINUTE, good: 0, total: 0, covered: 1 },
    ]);
  });

  test("a total that always answers is covered only where samples arrived", () => {
    const answers = {
      total: series({ 1: 0, 2: 5 }),
      numerator: series({}),
      presence: series({ 2: 1 }),
    };
    expect(eventBuckets(events("bad"), answers, MINUTE).map((b) => b.at)).toEqual([2 * MINUTE]);
  });

  test("an hour is covered for as many minutes as had samples", () => {
    const answers = {
      total: series({ 60: 600 }),
      numerator: series({}),
      presence: series({ 60: 12 }),
    };
    expect(eventBuckets(events("bad"), answers, HOUR)[0]?.covered).toBe(12);
  });

  test("good never leaves [0, total]", () => {
    const count = fc.double({ min: -10, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(count, count, fc.constantFrom("good", "bad"), (total, numerator, counts) => {
        const answers = { total: series({ 1: total }), numerator: series({ 1: numerator }) };
        const [bucket] = eventBuckets(events(counts), { ...answers, presence: null }, MINUTE);
        expect(bucket?.good).toBeGreaterThanOrEqual(0);
        expect(bucket?.good).toBeLessThanOrEqual(bucket?.total ?? 0);
      }),
    );
  });
});

const minute = (n: number, total: number): Bucket => ({
  at: n * MINUTE,
  good: total / 2,
  total,
  covered: 1,
});

describe("bridgeGaps", () => {
  test("what was found after a gap is spread over it, and the missing minutes are marked", () => {
    const bridged = bridgeGaps([minute(1, 10), minute(5, 40)], MINUTE);
    expect(bridged.map((b) => [b.at / MINUTE, b.total, b.good, b.bridged ?? false])).toEqual([
      [1, 10, 5, false],
      [2, 10, 5, true],
      [3, 10, 5, true],
      [4, 10, 5, true],
      [5, 10, 5, false],
    ]);
  });

  test("30 missing minutes are bridged, 31 are not", () => {
    expect(bridgeGaps([minute(1, 10), minute(32, 40)], MINUTE).length).toBe(32);
    expect(bridgeGaps([minute(1, 10), minute(33, 40)], MINUTE).length).toBe(2);
  });

  test("short gaps inside an hour count as covered, long ones do not", () => {
    const hour = (n: number, covered: number) => ({ at: n * HOUR, good: 1, total: 1, covered });
    const bridged = bridgeGaps([hour(1, 60), hour(2, 30), hour(3, 29), hour(4, 60)], HOUR);
    expect(bridged.map((b) => b.covered)).toEqual([60, 60, 29, 60]);
    expect(bridged.map((b) => b.bridged ?? false)).toEqual([false, true, false, false]);
  });

  test("nothing is added or lost, and time goes on", () => {
    const steps = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1 });
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat(1000)), (times, totals) => {
        const counts = totals[Symbol.iterator]();
        const buckets = times
          .sort((a, b) => a - b)
          .map((n) => minute(n, counts.next().value as number));
        const bridged = bridgeGaps(buckets, MINUTE);
        const sum = (all: readonly Bucket[]) => all.reduce((s, b) => s + b.total, 0);
        expect(sum(bridged)).toBeCloseTo(sum(buckets), 6);
        const ats = bridged.map((b) => b.at);
        expect(ats).toEqual([...new Set(ats)].sort((a, b) => a - b));
      }),
    );
  });
});

const threshold = (op: ThresholdOp): Extract<SliDefinition, { kind: "threshold" }> => ({
  kind: "threshold",
  query: "q",
  op,
  threshold: 0.5,
});

describe("minuteBuckets", () => {
  test.each<[ThresholdOp, number, number]>([
    ["lt", 0.4, 1],
    ["lt", 0.5, 0],
    ["lte", 0.5, 1],
    ["lte", 0.6, 0],
    ["gt", 0.5, 0],
    ["gt", 0.6, 1],
    ["gte", 0.5, 1],
    ["gte", 0.4, 0],
    ["lte", Number.POSITIVE_INFINITY, 0],
  ])("%s 0.5: %d counts %d good", (op, value, good) => {
    const [bucket] = minuteBuckets(threshold(op), series({ 1: value }));
    expect(bucket).toEqual({ at: MINUTE, good, total: 1, covered: 1 });
  });

  test("NaN is no traffic: covered, and it spends nothing", () => {
    const [bucket] = minuteBuckets(threshold("lte"), series({ 1: Number.NaN }));
    expect(bucket).toEqual({ at: MINUTE, good: 0, total: 0, covered: 1 });
  });

  test.each([
    ["bad", 0.25, 0.75],
    ["bad", 7, 0],
    ["good", 0.25, 0.25],
    ["good", -1, 0],
  ] as const)("a ratio of %s %d is clamped and counts %d good", (counts, value, good) => {
    const sli = { kind: "ratio", query: "q", counts } as const;
    expect(minuteBuckets(sli, series({ 1: value }))[0]?.good).toBe(good);
  });
});

test("of several series the worst is asked for", () => {
  expect(worstQuery(threshold("lte"))).toBe("max(q)");
  expect(worstQuery(threshold("gt"))).toBe("min(q)");
  expect(worstQuery({ kind: "ratio", query: "q", counts: "bad" })).toBe("max(q)");
  expect(worstQuery({ kind: "ratio", query: "q", counts: "good" })).toBe("min(q)");
});

test("minutes are added up to the step that holds them", () => {
  const folded = foldMinutes([minute(1, 1), minute(60, 2), minute(61, 4)], HOUR);
  expect(folded.map((b) => [b.at / HOUR, b.total, b.covered])).toEqual([
    [1, 3, 2],
    [2, 4, 1],
  ]);
});
