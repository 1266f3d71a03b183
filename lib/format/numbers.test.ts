import { describe, expect, test } from "vitest";
import { count, percent, precisePercent, span, times } from "#lib/format/numbers.ts";

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
