import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SliFact } from "#lib/slo/facts.ts";
import { NO_PROGRESS, progressAfter, recedes } from "#lib/slo/progress.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

function fact(from: number, to: number, total = 10): SliFact {
  const buckets = Array.from({ length: to - from }, (_, i) => ({
    at: (from + i + 1) * MINUTE,
    good: total,
    total,
    covered: 1,
  }));
  const span = { from: from * MINUTE, to: to * MINUTE, stepMs: MINUTE };
  return { sliKey: "x", ...span, purpose: "tick", buckets, suspects: [] };
}

describe("progress", () => {
  test("head and tail hold everything that was asked", () => {
    const after = progressAfter(progressAfter(NO_PROGRESS, fact(10, 20), 0), fact(5, 10), 0);
    expect(after).toMatchObject({ tailAt: 5 * MINUTE, headAt: 20 * MINUTE });
    expect(after).toMatchObject({ firstCoveredAt: 5 * MINUTE, lastCoveredAt: 20 * MINUTE });
  });

  test("a span without an answer is asked and not covered", () => {
    const after = progressAfter(NO_PROGRESS, { ...fact(5, 9), buckets: [] }, 0);
    expect(after).toMatchObject({ headAt: 9 * MINUTE, firstCoveredAt: null, lastCoveredAt: null });
  });

  test("the first backfill ends once, when the tail is where it was to end", () => {
    const goal = { ...NO_PROGRESS, backfillFrom: 5 * MINUTE };
    const half = progressAfter(goal, fact(6, 10), 1);
    expect(half.backfilledAt).toBeNull();
    const whole = progressAfter(half, fact(5, 6), 2);
    expect(whole.backfilledAt).toBe(2);
    expect(progressAfter(whole, fact(10, 11), 3).backfilledAt).toBe(2);
  });

  test("the trailing maximum is of one minute, whatever the step, and halves in a day", () => {
    const coarse = {
      ...fact(0, 5),
      stepMs: 5 * MINUTE,
      buckets: [{ at: 5 * MINUTE, good: 50, total: 50, covered: 5 }],
    };
    const first = progressAfter(NO_PROGRESS, coarse, 0);
    expect(first.trailingMax).toBe(10);
    const dayLater = { ...fact(0, 0), from: DAY, to: DAY + 5 * MINUTE };
    expect(progressAfter(first, dayLater, 0).trailingMax).toBeCloseTo(5);
  });

  test("where buckets hold slices, the maximum is of the events behind them", () => {
    const slices = { ...fact(0, 5, 1), peakPerMinute: 400 };
    expect(progressAfter(NO_PROGRESS, slices, 0).trailingMax).toBe(400);
  });

  test("order, repetition and cuts do not matter", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 19 }), fc.boolean(), (cut, swap) => {
        const whole = progressAfter(NO_PROGRESS, fact(0, 20), 7);
        const parts = [fact(0, cut), fact(cut, 20), fact(0, cut)];
        if (swap) parts.reverse();
        const pieces = parts.reduce((before, part) => progressAfter(before, part, 7), NO_PROGRESS);
        expect({ ...pieces, trailingMax: 0 }).toEqual({ ...whole, trailingMax: 0 });
        expect(pieces.trailingMax).toBeCloseTo(whole.trailingMax ?? 0);
      }),
    );
  });

  test("a fact that takes the newest or first covered minute away recedes, others do not", () => {
    const known = progressAfter(NO_PROGRESS, fact(0, 10), 0);
    expect(recedes(known, { ...fact(5, 10), buckets: [] })).toBe(true);
    expect(recedes(known, { ...fact(0, 5), buckets: [] })).toBe(true);
    expect(recedes(known, { ...fact(3, 7), buckets: [] })).toBe(false);
    expect(recedes(known, { ...fact(10, 12), buckets: [] })).toBe(false);
    expect(recedes(known, fact(0, 10))).toBe(false);
  });
});
