import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  count,
  leftPercent,
  percent,
  precisePercent,
  span,
  spentPercent,
  times,
} from "#lib/format/numbers.ts";

describe("figures", () => {
  test.each([
    [percent(-1.59), "−159 %"],
    [percent(0.424), "42 %"],
    [percent(-0.001), "0 %"],
    [percent(-0.262, 1), "−26.2 %"],
    [precisePercent(0.999), "99.9 %"],
    [precisePercent(0.9995), "99.95 %"],
    [precisePercent(0.5), "50 %"],
    [precisePercent(1), "100 %"],
    [precisePercent(0.9999962), "99.99962 %"],
    [precisePercent(0.998743211), "99.874 %"],
    [precisePercent(0.99999999999), "99.999999 %"],
    [count(31870), "31,870"],
    [count(-4212.4), "−4,212"],
    [count(2.25), "2.3"],
    [count(-0.0004), "0"],
    [times(14.4), "14.4×"],
    [times(0), "0.0×"],
    [times(0.01), "<0.1×"],
    [times(720.4), "720×"],
    [span(4_320_000), "1 h 12 min"],
    [span(20_000), "20 s"],
    [span(86_400_000), "1 d"],
    [span(90_000), "2 min"],
    [span(3 * 86_400_000 + 5_400_000), "3 d 1 h"],
  ])("%s", (text, wanted) => expect(text).toBe(wanted));
});

describe("what of a budget is spent and what is left", () => {
  test.each([
    [0, "0 %", "100.0 %"],
    [0.0004, "0.1 %", "99.9 %"],
    [0.4996, "49.9 %", "50.1 %"],
    [0.9, "90 %", "10.0 %"],
    [0.9996, "99.9 %", "0.1 %"],
    [1, "100 %", "0.0 %"],
    [1.0004, "100.1 %", "−0.1 %"],
    [1.26407, "126.4 %", "−26.4 %"],
    [1.59996, "159.9 %", "−59.9 %"],
  ])("of %d is %s and %s", (consumed, spent, left) => {
    expect([spentPercent(consumed), leftPercent(1 - consumed)]).toEqual([spent, left]);
  });

  test("adds up to 100 %", () => {
    const number = (text: string) => Number.parseFloat(text.replace("−", "-"));
    fc.assert(
      fc.property(fc.double({ min: 0, max: 20, noNaN: true }), (consumed) => {
        const sum = number(spentPercent(consumed)) + number(leftPercent(1 - consumed));
        expect(sum).toBeCloseTo(100, 6);
      }),
    );
  });
});
