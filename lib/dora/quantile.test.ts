import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { summarize } from "#lib/dora/durations.ts";
import { quantile, quantileOf, wilson } from "#lib/dora/quantile.ts";

describe("quantile", () => {
  test.each([
    [[], 0.5, null],
    [[7], 0.9, 7],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[1, 2, 3, 4, 5], 0.75, 4],
    [[0, 10], 0.9, 9],
    [[5, 1], 0, 1],
    [[5, 1], 1, 5],
  ])("of %j at %d is %s", (values, q, expected) => {
    expect(quantile(values, q)).toBe(expected);
  });
});

describe("what is still open", () => {
  const values = (...list: (number | string)[]) =>
    list.map((v) => ({ value: Number.parseFloat(String(v)), open: String(v).endsWith("+") }));

  test.each([
    ["the median falls on it", values(1, "5+", 9), 5, true],
    ["it is shorter so far, and may yet be longest", values("1+", 5, 9), 5, true],
    ["it is longer already, whatever it becomes", values(1, 5, "9+"), 5, false],
    ["the median lies between it and a known one", values(1, 3, "5+", 9), 4, true],
    ["only open ones", values("2+"), 2, true],
  ])("%s", (_, list, value, atLeast) => {
    expect(quantileOf(list, 0.5)).toEqual({ value, atLeast });
  });

  test("a bound that is not marked never moves, however long the open ones last", () => {
    const observation = fc.record({ value: fc.nat(1000), open: fc.boolean() });
    const list = fc.array(observation, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(list, fc.nat(5000), fc.constantFrom(0.5, 0.75, 0.9), (observed, more, q) => {
        const ascending = observed.toSorted((a, b) => a.value - b.value);
        const later = observed
          .map(({ value, open }, i) => ({ value: open ? value + more * (i + 1) : value, open }))
          .sort((a, b) => a.value - b.value);
        const now = quantileOf(ascending, q);
        const then = quantileOf(later, q);
        expect(then?.value).toBeGreaterThanOrEqual(now?.value ?? 0);
        if (!now?.atLeast) expect(then?.value).toBe(now?.value);
      }),
    );
  });

  test("is summarized with its number and its length so far", () => {
    expect(summarize(values("8+", 1, 2))).toEqual({
      value: 2,
      p75: 5,
      p90: expect.closeTo(6.8, 9),
      open: { n: 1, longestMs: 8, atLeast: ["p75", "p90"] },
      flags: ["too-few"],
    });
    expect(summarize([])).toEqual({ value: null, flags: [] });
  });
});

describe("wilson", () => {
  /** Newcombe (1998), table I, method 3. */
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [1, 6, 0.0301, 0.5635],
  ])("%d of %d", (hits, n, low, high) => {
    expect(wilson(hits, n)?.low).toBeCloseTo(low, 4);
    expect(wilson(hits, n)?.high).toBeCloseTo(high, 4);
  });

  test("all of them reach 1, and of nothing nothing is known", () => {
    expect(wilson(20, 20)?.high).toBe(1);
    expect(wilson(0, 0)).toBeNull();
  });
});
