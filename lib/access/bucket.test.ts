import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { atMost, take } from "#lib/access/bucket.ts";
import { Buckets } from "#lib/access/buckets.ts";

const rule = atMost(3, 30_000);

describe("a bucket", () => {
  test("gives what it holds at once, then one each refill", () => {
    const buckets = new Buckets();
    const at = (now: number) => buckets.take("someone", rule, now);
    expect([at(0), at(0), at(0), at(0)]).toEqual([0, 0, 0, 10_000]);
    expect([at(9_999), at(10_000), at(10_000)]).toEqual([1, 0, 10_000]);
  });

  test("whose wait is over gives again; a refused try costs nothing", () => {
    let fullAt: number | undefined;
    const now = 1_000_000;
    for (let i = 0; i < 50; i++) fullAt = take(fullAt, rule, now).fullAt;
    const { waitMs } = take(fullAt, rule, now);
    expect(take(fullAt, rule, now + waitMs - 1).waitMs).toBe(1);
    expect(take(fullAt, rule, now + waitMs).waitMs).toBe(0);
  });

  test("never gives more than its capacity and what was refilled, whenever it is asked", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 20 }), (pauses, capacity) => {
        const own = { capacity, refillMs: 1_000 };
        let [now, given, fullAt]: [number, number, number | undefined] = [0, 0, undefined];
        for (const pause of pauses) {
          now += pause;
          const taken = take(fullAt, own, now);
          fullAt = taken.fullAt;
          if (taken.waitMs === 0) given++;
          expect(given).toBeLessThanOrEqual(capacity + now / own.refillMs);
        }
      }),
    );
  });

  test("waits no longer than a whole refill after the clock was set back", () => {
    const { fullAt } = take(undefined, rule, 9_000_000);
    expect(take(fullAt, rule, 0).waitMs).toBeLessThanOrEqual(rule.refillMs);
  });
});

describe("buckets", () => {
  test("of different keys do not touch each other", () => {
    const buckets = new Buckets();
    for (let i = 0; i < 5; i++) buckets.take("a", rule, 0);
    expect(buckets.take("b", rule, 0)).toBe(0);
    expect(buckets.take("a", rule, 0)).toBeGreaterThan(0);
  });

  test("stay as few as they may be; the one used longest ago is forgotten", () => {
    const buckets = new Buckets(2);
    for (const key of ["a", "a", "a", "b", "a", "c"]) buckets.take(key, rule, 0);
    expect(buckets.size).toBe(2);
    expect(buckets.take("a", rule, 0)).toBeGreaterThan(0);
    for (let i = 0; i < 1_000; i++) buckets.take(`${i}`, rule, 0);
    expect(buckets.size).toBe(2);
  });

  test("keep of a long key only the beginning", () => {
    const buckets = new Buckets();
    const long = "x".repeat(10_000);
    for (let i = 0; i < 3; i++) buckets.take(`${long}${i}`, rule, 0);
    expect(buckets.size).toBe(1);
    expect(buckets.take(long, rule, 0)).toBeGreaterThan(0);
  });
});
