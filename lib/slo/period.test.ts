import { describe, expect, test } from "vitest";
import { elapsedMs, periodOf, periodStarts } from "#lib/slo/period.ts";
import { calendarWindow } from "#lib/spec/calendar.ts";
import type { CalendarUnit } from "#lib/spec/model.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

const window = (
  unit: CalendarUnit,
  zone = "UTC",
  more: { count?: number; startsAt?: string } = {},
) => calendarWindow({ unit, zone, count: 1, startsAt: null, ...more });
const iso = (ms: number) => new Date(ms).toISOString().replace(":00.000Z", "Z");
const period = (of: ReturnType<typeof window>, at: string) => {
  const { from, to } = periodOf(of, Date.parse(at));
  return [iso(from), iso(to)];
};

describe("the period that a time belongs to", () => {
  test.each([
    [
      "a week begins on Monday",
      window("week"),
      "2026-03-04T10:00Z",
      "2026-03-02T00:00Z",
      "2026-03-09T00:00Z",
    ],
    ["a month", window("month"), "2026-02-28T23:59Z", "2026-02-01T00:00Z", "2026-03-01T00:00Z"],
    [
      "a leap day's month",
      window("month"),
      "2028-02-29T12:00Z",
      "2028-02-01T00:00Z",
      "2028-03-01T00:00Z",
    ],
    ["a quarter", window("quarter"), "2026-05-15T00:00Z", "2026-04-01T00:00Z", "2026-07-01T00:00Z"],
    ["a year", window("year"), "2026-12-31T23:00Z", "2026-01-01T00:00Z", "2027-01-01T00:00Z"],
    [
      "before the anchor",
      window("month"),
      "1999-12-31T12:00Z",
      "1999-12-01T00:00Z",
      "2000-01-01T00:00Z",
    ],
    [
      "a month of 743 hours",
      window("month", "Europe/Berlin"),
      "2026-03-15T00:00Z",
      "2026-02-28T23:00Z",
      "2026-03-31T22:00Z",
    ],
    [
      "a zone at a quarter to",
      window("month", "Asia/Kathmandu"),
      "2026-03-15T00:00Z",
      "2026-02-28T18:15Z",
      "2026-03-31T18:15Z",
    ],
    [
      "where midnight is skipped",
      window("week", "America/Santiago"),
      "2026-09-06T12:00Z",
      "2026-08-31T04:00Z",
      "2026-09-07T03:00Z",
    ],
    [
      "two weeks from a start",
      window("week", "UTC", { count: 2, startsAt: "2026-01-07T12:00:00" }),
      "2026-01-30T00:00Z",
      "2026-01-21T12:00Z",
      "2026-02-04T12:00Z",
    ],
    [
      "months from the 31st",
      window("month", "UTC", { startsAt: "2026-01-31T00:00:00" }),
      "2026-02-28T12:00Z",
      "2026-02-28T00:00Z",
      "2026-03-31T00:00Z",
    ],
  ])("%s", (_, of, at, from, to) => {
    expect(period(of, at)).toEqual([from, to]);
  });

  test("ends with it: at its very end a period is still the old one, and whole", () => {
    expect(period(window("month"), "2026-03-01T00:00Z")).toEqual([
      "2026-02-01T00:00Z",
      "2026-03-01T00:00Z",
    ]);
    expect(period(window("month"), "2026-03-01T00:01Z")[0]).toBe("2026-03-01T00:00Z");
  });

  test("a rolling window ends where it is asked for", () => {
    const rolling = { kind: "rolling", ms: 30 * DAY, label: "30d" } as const;
    expect(periodOf(rolling, 40 * DAY)).toEqual({ from: 10 * DAY, to: 40 * DAY });
    expect(elapsedMs(rolling, 5)).toBe(30 * DAY);
    expect(periodStarts(rolling, { from: 0, to: 90 * DAY })).toEqual([]);
  });
});

/** An independent calendar: the local date of each hour, as the platform writes it. */
function localHours(zone: string, from: number, to: number) {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    weekday: "short",
  });
  const hours = [];
  for (let at = from; at < to; at += HOUR / 4) hours.push({ at, date: format.format(at) });
  return hours;
}

describe("agrees with the dates that the platform writes", () => {
  const ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Santiago",
  ];
  const from = Date.UTC(2027, 11, 1);
  const to = Date.UTC(2028, 11, 1);
  test.each(ZONES)("over a leap year in %s", (zone) => {
    const hours = localHours(zone, from, to);
    const months = hours.filter(
      ({ date }, i) => i > 0 && date.slice(-5, -3) !== hours[i - 1]?.date.slice(-5, -3),
    );
    const weeks = hours.filter(
      ({ date }, i) => i > 0 && date.startsWith("Mon") && !hours[i - 1]?.date.startsWith("Mon"),
    );
    expect(months.length).toBeGreaterThanOrEqual(11);
    expect(weeks.length).toBeGreaterThanOrEqual(51);
    const starts = (unit: CalendarUnit) =>
      periodStarts(window(unit, zone), { from: from + DAY, to });
    expect(starts("month").map(iso)).toEqual(
      months.filter(({ at }) => at >= from + DAY).map(({ at }) => iso(at)),
    );
    expect(starts("week").map(iso)).toEqual(
      weeks.filter(({ at }) => at >= from + DAY).map(({ at }) => iso(at)),
    );
  });
});
