import { describe, expect, test } from "vitest";
import { alertingWindow, lastWords, paceOf, paceWindow } from "#lib/slo/pace.ts";
import { sloOf } from "#lib/slo/testing.ts";
import { HOUR } from "#lib/time/duration.ts";

const HOUR_WINDOW = { label: "1h", ms: HOUR };
const counts = {
  "6h": { good: 359_400, total: 360_000, covered: 360 },
  "1h": { good: 59_500, total: 60_000, covered: 60 },
  "1d": { good: 1_439_000, total: 1_440_000, covered: 1440 },
};

describe("the pace", () => {
  test("is that of the last six hours while nothing fires", () => {
    expect(paceOf(counts, null)).toEqual({
      perMs: 600 / (6 * HOUR),
      over: { label: "6h", ms: 6 * HOUR },
    });
  });

  test("is that of the firing tier's long window where it is faster", () => {
    expect(paceOf(counts, HOUR_WINDOW)).toEqual({ perMs: 500 / HOUR, over: HOUR_WINDOW });
  });

  test("never reads as calmer than the last six hours", () => {
    expect(paceOf(counts, { label: "1d", ms: 24 * HOUR })?.over.label).toBe("6h");
  });

  test("is that of the window that is known, or not known", () => {
    const gap = { ...counts, "6h": { ...counts["6h"], covered: 300 } };
    expect(paceOf(gap, HOUR_WINDOW)?.over.label).toBe("1h");
    expect(paceOf(gap, null)).toBeNull();
    expect(paceOf({ ...counts, "1h": null }, HOUR_WINDOW)?.over.label).toBe("6h");
  });
});

describe("the window of the alert", () => {
  const quiet = { long: "1h", since: null };

  test("is the long one of the worst tier that fires", () => {
    const tiers = [quiet, { long: "6h", since: "2026-07-01T10:00:00Z" }];
    expect(alertingWindow(sloOf({}), tiers)).toEqual({ label: "6h", ms: 6 * HOUR });
  });

  test("is none while nothing fires", () => {
    expect(alertingWindow(sloOf({}), [quiet])).toBeNull();
  });
});

test.each([
  ["1h", "hour"],
  ["6h", "6 h"],
  ["1d", "day"],
  ["3d", "3 d"],
  ["30m", "30 min"],
])("the last %s reads as the last %s", (label, words) => {
  expect(lastWords(label)).toBe(words);
});

test("an evaluation that does not say is one of the last six hours", () => {
  expect(paceWindow(null)).toEqual({ label: "6h", ms: 6 * HOUR });
  expect(paceWindow({ paceOver: "1h" })).toEqual(HOUR_WINDOW);
});
