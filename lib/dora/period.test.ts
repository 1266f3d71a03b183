import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lastMonth, type Period, periodBefore, periodSpan } from "#lib/dora/period.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

const now = Date.UTC(2026, 10, 21, 14, 5);
const spanOf = (period: Period, zone = "UTC") => periodSpan({ period, zone, now });

describe("the range of a period", () => {
  test.each<[string, Period, string, string, number]>([
    ["the last day is today", { kind: "last", days: 1 }, "UTC", "2026-11-21T00:00:00Z", DAY],
    ["30 days end with today", { kind: "last", days: 30 }, "UTC", "2026-10-23T00:00:00Z", 30 * DAY],
    [
      "today is the zone's",
      { kind: "last", days: 1 },
      "Pacific/Auckland",
      "2026-11-21T11:00:00Z",
      DAY,
    ],
    [
      "a month in which clocks go forward",
      { kind: "month", month: "2026-03" },
      "Europe/Berlin",
      "2026-02-28T23:00:00Z",
      743 * HOUR,
    ],
    [
      "both days are in it",
      { kind: "days", from: "2026-02-28", to: "2026-03-01" },
      "UTC",
      "2026-02-28T00:00:00Z",
      2 * DAY,
    ],
  ])("%s", (_what, period, zone, from, lengthMs) => {
    const begin = Date.parse(from);
    expect(spanOf(period, zone)).toEqual({ from: begin, to: begin + lengthMs });
  });

  test.each<Period>([
    { kind: "month", month: "2026-13" },
    { kind: "month", month: "March" },
    { kind: "days", from: "", to: "2026-03-01" },
    { kind: "days", from: "2026-02-29", to: "2026-03-01" },
    { kind: "days", from: "2026-03-02", to: "2026-03-01" },
  ])("%j is none", (period) => {
    expect(spanOf(period)).toBeNull();
  });
});

describe("the period before", () => {
  const zones = fc.constantFrom("UTC", "Europe/Berlin", "Pacific/Apia", "America/Sao_Paulo");
  const periods = fc.oneof(
    fc.integer({ min: 1, max: 400 }).map((days): Period => ({ kind: "last", days })),
    fc.tuple(fc.integer({ min: 2020, max: 2030 }), fc.integer({ min: 1, max: 12 })).map(
      ([year, month]): Period => ({
        kind: "month",
        month: `${year}-${String(month).padStart(2, "0")}`,
      }),
    ),
  );

  test("ends where this one begins, and has as many days or is the month before", () => {
    fc.assert(
      fc.property(periods, zones, (period, zone) => {
        const before = periodBefore({ period, zone, now });
        const [span, earlier] = [spanOf(period, zone), spanOf(before, zone)];
        expect(earlier?.to).toBe(span?.from);
        expect(before.kind).toBe(period.kind === "month" ? "month" : "days");
        if (period.kind === "month" || !span || !earlier) return;
        const days = (one: { from: number; to: number }) => Math.round((one.to - one.from) / DAY);
        expect(days(earlier)).toBe(days(span));
      }),
    );
  });
});

test.each<[Period, string]>([
  [{ kind: "last", days: 30 }, "2026-11"],
  [{ kind: "month", month: "2026-03" }, "2026-03"],
  [{ kind: "days", from: "2026-02-03", to: "2026-04-30" }, "2026-04"],
  [{ kind: "days", from: "2026-11-20", to: "2026-12-24" }, "2026-11"],
])("the trend of %j ends with %s", (period, month) => {
  expect(lastMonth({ period, zone: "UTC", now })).toBe(month);
});
