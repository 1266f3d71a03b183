import { expect, test } from "vitest";
import { outsideSummary, outsideText } from "#lib/charts/outside.ts";

const span = (id: number, startsAt: number, endsAt: number | null, tier: string | null = null) => ({
  ...{ id, name: "Burn", tier, severity: "page", startsAt, endsAt },
});
const words = { time: (at: number) => `t${at}` };

test.each([
  [{ from: 0, at: 5 }, ""],
  [{ from: 5, at: 11 }, "Burn (page-fast)"],
  [{ from: 20, at: 25 }, "Burn (page-fast); Burn (page)"],
  [{ from: 21, at: 25 }, "Burn (page)"],
])("in %j the alerts outside were “%s”", (bin, text) => {
  expect(outsideText([span(1, 10, 20, "page-fast"), span(2, 15, null)], bin)).toBe(text);
});

test.each([
  [[], ""],
  [[span(1, 3, 4)], "A rule outside fired once, from t3."],
  [[span(1, 3, null)], "A rule outside fired once, from t3, and still fires."],
  [[span(1, 3, 4), span(2, 5, 6)], "Rules outside fired 2 times, first t3."],
])("the summary of %j is “%s”", (spans, text) => {
  expect(outsideSummary(spans, words)).toBe(text);
});
