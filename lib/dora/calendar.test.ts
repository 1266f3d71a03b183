import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  calendarMonths,
  elapsedDays,
  isoWeeks,
  monthAt,
  monthSpan,
  monthsThrough,
} from "#lib/dora/calendar.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";
import { dayNumber, dayOf, isZone, startOfDay } from "#lib/time/zone.ts";

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/Sao_Paulo",
  "America/St_Johns",
  "Pacific/Apia",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
];

describe("a day begins", () => {
  test.each([
    ["UTC", 2026, 3, 29, "2026-03-29T00:00:00Z"],
    ["Europe/Berlin", 2026, 3, 29, "2026-03-28T23:00:00Z"],
    ["Europe/Berlin", 2026, 3, 30, "2026-03-29T22:00:00Z"],
    ["America/New_York", 2026, 11, 2, "2026-11-02T05:00:00Z"],
    ["Asia/Kathmandu", 2026, 1, 1, "2025-12-31T18:15:00Z"],
    // Clocks went from 23:59:59 to 01:00: this day began at 1 in the morning.
    ["America/Sao_Paulo", 2018, 11, 4, "2018-11-04T03:00:00Z"],
    // Clocks went back from 01:00 to midnight, which came twice.
    ["Asia/Amman", 2021, 10, 29, "2021-10-28T21:00:00Z"],
    // Clocks went back from midnight to 23:00.
    ["America/Sao_Paulo", 2018, 2, 18, "2018-02-18T03:00:00Z"],
    // The zone left this day out: it begins with the next one.
    ["Pacific/Apia", 2011, 12, 30, "2011-12-30T10:00:00Z"],
    ["Pacific/Apia", 2011, 12, 31, "2011-12-30T10:00:00Z"],
  ])("in %s, %d-%d-%d", (zone, year, month, day, expected) => {
    const start = startOfDay(dayNumber(year, month, day), zone);
    expect(new Date(start).toISOString()).toBe(new Date(expected).toISOString());
  });

  test("at its first moment, and the moment before belongs to another", () => {
    const from = dayNumber(1975, 1, 1);
    fc.assert(
      fc.property(
        fc.integer({ min: from, max: 25_000 }),
        fc.constantFrom(...ZONES),
        (day, zone) => {
          const start = startOfDay(day, zone);
          fc.pre(dayOf(start, zone) === day);
          expect(dayOf(start - 1, zone)).toBeLessThan(day);
          expect(startOfDay(day + 1, zone) - start).toBeLessThanOrEqual(25 * HOUR);
        },
      ),
    );
  });

  test("only in zones that exist", () => {
    expect([isZone("Europe/Berlin"), isZone("Europe/Atlantis"), isZone("")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("months", () => {
  test.each([
    ["2026-03", "UTC", 744],
    ["2026-03", "Europe/Berlin", 743],
    ["2026-10", "Europe/Berlin", 745],
    ["2024-02", "America/New_York", 696],
    ["2011-12", "Pacific/Apia", 720],
  ])("%s in %s has %d hours, and its days are days", (month, zone, hours) => {
    const span = monthSpan(month, zone);
    expect(span && (span.to - span.from) / HOUR).toBe(hours);
    expect(span && monthAt(span.from, zone)).toBe(month);
    expect(span && monthAt(span.to - 1, zone)).toBe(month);
    const days = new Date(`${month}-01`);
    days.setUTCMonth(days.getUTCMonth() + 1, 0);
    const skipped = zone === "Pacific/Apia" ? 1 : 0;
    expect(span && elapsedDays(span, zone)).toBeCloseTo(days.getUTCDate() - skipped, 9);
  });

  test.each(["2026-13", "2026-3", "March", ""])("%j is none", (text) => {
    expect(monthSpan(text, "UTC")).toBeNull();
    expect(monthsThrough(text, 3)).toEqual([]);
  });

  test("run through the turn of the year", () => {
    expect(monthsThrough("2026-02", 4)).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
  });

  test("of a range are whole, and complete only when all of them lies in it", () => {
    const range = { from: Date.UTC(2026, 0, 15), to: Date.UTC(2026, 2, 1) };
    expect(calendarMonths(range, "UTC").map(({ complete }) => complete)).toEqual([false, true]);
  });
});

describe("ISO weeks", () => {
  test("run from Monday to Monday, also through a night that clocks change", () => {
    const range = { from: Date.UTC(2026, 2, 25), to: Date.UTC(2026, 3, 6) };
    const weeks = isoWeeks(range, "Europe/Berlin");
    expect(weeks.map(({ to, from, complete }) => [(to - from) / HOUR, complete])).toEqual([
      [167, false],
      [168, true],
      [168, false],
    ]);
    expect(new Date(weeks[0]?.from ?? 0).toISOString()).toBe("2026-03-22T23:00:00.000Z");
  });

  test("follow each other without a gap and cover the range", () => {
    const start = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2030, 0, 1) });
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 1, max: 60 * DAY }),
        fc.constantFrom(...ZONES),
        (from, length, zone) => {
          const range = { from, to: from + length };
          for (const periods of [isoWeeks(range, zone), calendarMonths(range, zone)]) {
            expect(periods[0]?.from).toBeLessThanOrEqual(range.from);
            expect(periods.at(-1)?.to).toBeGreaterThanOrEqual(range.to);
            periods.slice(1).forEach((period, i) => {
              expect(period.from).toBe(periods[i]?.to);
            });
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

test("elapsed days count a day of 23 hours as one, and a part as its share", () => {
  const berlin = (from: string, to: string) =>
    elapsedDays({ from: Date.parse(from), to: Date.parse(to) }, "Europe/Berlin");
  expect(berlin("2026-03-29T00:00+01:00", "2026-03-30T00:00+02:00")).toBe(1);
  expect(berlin("2026-03-27T12:00+01:00", "2026-03-28T00:00+01:00")).toBe(0.5);
  expect(berlin("2026-03-28T00:00+01:00", "2026-03-28T00:00+01:00")).toBe(0);
});
