import { describe, expect, test } from "vitest";
import { occurrences, refusedRecurrence } from "#lib/exclusions/recurrence.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

const YEAR = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1) };
const first = Date.UTC(2026, 2, 1, 1);
/** Two hours from 02:00 in Berlin, on 1 March 2026, a Sunday. */
const NIGHT = { startsAt: first, endsAt: first + 2 * HOUR, zone: "Europe/Berlin", rrule: null };
const startsOf = (rrule: string, range = YEAR, more = {}) =>
  occurrences({ ...NIGHT, rrule, ...more }, range).map(({ from }) => new Date(from).toISOString());

describe("when it comes again", () => {
  test("once, where no rule is given", () => {
    expect(occurrences(NIGHT, YEAR)).toEqual([{ from: first, to: first + 2 * HOUR }]);
    expect(occurrences(NIGHT, { from: first + 2 * HOUR, to: YEAR.to })).toEqual([]);
    expect(occurrences(NIGHT, { from: first + HOUR, to: YEAR.to })).toHaveLength(1);
  });

  test("at the same time on the wall, later on the night in which clocks skip it", () => {
    expect(startsOf("FREQ=WEEKLY;BYDAY=SU;COUNT=6")).toEqual([
      "2026-03-01T01:00:00.000Z",
      "2026-03-08T01:00:00.000Z",
      "2026-03-15T01:00:00.000Z",
      "2026-03-22T01:00:00.000Z",
      "2026-03-29T01:00:00.000Z",
      "2026-04-05T00:00:00.000Z",
    ]);
  });

  test("a count is counted from the first, wherever one looks", () => {
    const range = { from: Date.UTC(2026, 2, 20), to: YEAR.to };
    expect(startsOf("FREQ=WEEKLY;COUNT=4", range)).toEqual(["2026-03-22T01:00:00.000Z"]);
  });

  test("until a moment, the last one included", () => {
    expect(startsOf("FREQ=DAILY;UNTIL=20260303T010000Z")).toHaveLength(3);
    expect(startsOf("FREQ=DAILY;UNTIL=20260303T005959Z")).toHaveLength(2);
  });

  test("every last Friday of a month", () => {
    const range = { from: YEAR.from, to: Date.UTC(2026, 5, 1) };
    expect(startsOf("FREQ=MONTHLY;BYDAY=-1FR", range)).toEqual([
      "2026-03-27T01:00:00.000Z",
      "2026-04-24T00:00:00.000Z",
      "2026-05-29T00:00:00.000Z",
    ]);
  });

  test("for ever, and only what is asked for is written out", () => {
    const far = { from: Date.UTC(2040, 0, 1), to: Date.UTC(2040, 0, 8) };
    expect(startsOf("FREQ=DAILY", far)).toHaveLength(7);
    expect(startsOf("FREQ=YEARLY", { from: first - DAY, to: first + 800 * DAY })).toHaveLength(3);
  });
});

describe("a rule that cannot be followed is refused", () => {
  test.each([
    ["FREQ=HOURLY", "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, got HOURLY."],
    ["INTERVAL=2", "FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, got nothing."],
    [
      "weekly",
      "Write parts as NAME=VALUE with a semicolon between them, as FREQ=WEEKLY;BYDAY=SU for every Sunday.",
    ],
    [
      "FREQ=DAILY;",
      "Write parts as NAME=VALUE with a semicolon between them, as FREQ=WEEKLY;BYDAY=SU for every Sunday.",
    ],
    ["FREQ=DAILY;FREQ=DAILY", "FREQ is given twice."],
    ["FREQ=DAILY;COUNT=2;UNTIL=20260303T000000Z", "Give COUNT or UNTIL, not both."],
    [
      "FREQ=DAILY;BYHOUR=2",
      "BYHOUR is not supported; use FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST.",
    ],
  ])("%s", (rule, message) => expect(refusedRecurrence(rule)).toBe(message));

  test.each([
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=WEEKLY;BYDAY=XX",
    "FREQ=DAILY;COUNT=-1",
    "FREQ=DAILY;UNTIL=soon",
  ])("%s", (rule) => expect(refusedRecurrence(rule)).not.toBeNull());

  test.each(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,SU;INTERVAL=2", "FREQ=MONTHLY;BYMONTHDAY=-1"])(
    "%s is followed",
    (rule) => expect(refusedRecurrence(rule)).toBeNull(),
  );
});
