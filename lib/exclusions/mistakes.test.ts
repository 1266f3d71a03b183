import { describe, expect, test } from "vitest";
import { type ToldTimes, timeMistakes } from "#lib/exclusions/mistakes.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const GOOD: ToldTimes = {
  ...{ kind: "maintenance", startsAt: NOW - HOUR, endsAt: NOW + HOUR },
  ...{ rrule: null, zone: "UTC", excluded: false },
};
const marked = (parts: Partial<ToldTimes>) =>
  timeMistakes({ ...GOOD, ...parts }, NOW).map(({ field }) => field);

describe("the times of an exclusion", () => {
  test.each<[string, Partial<ToldTimes>]>([
    ["now", {}],
    ["planned", { startsAt: NOW + 30 * DAY, endsAt: NOW + 30 * DAY + HOUR }],
    ["as long as may be", { startsAt: NOW, endsAt: NOW + 31 * DAY }],
    ["as far back as history", { startsAt: NOW - 400 * DAY, endsAt: NOW - 399 * DAY }],
    ["each Sunday", { rrule: "FREQ=WEEKLY;BYDAY=SU", zone: "Europe/Berlin" }],
    ["an experiment that runs", { kind: "experiment", endsAt: null }],
    ["a clock that is ahead", { kind: "experiment", startsAt: NOW + 5 * MINUTE, endsAt: null }],
  ])("%s is taken", (_, parts) => expect(marked(parts)).toEqual([]));

  test.each<[string, Partial<ToldTimes>, string[]]>([
    ["an end at its start", { endsAt: GOOD.startsAt }, ["endsAt"]],
    ["a maintenance without end", { endsAt: null }, ["endsAt"]],
    [
      "what is left out without end",
      { kind: "experiment", endsAt: null, excluded: true },
      ["endsAt"],
    ],
    [
      "what comes again without end",
      { kind: "experiment", endsAt: null, rrule: "FREQ=DAILY" },
      ["endsAt"],
    ],
    ["a month and more", { startsAt: NOW, endsAt: NOW + 31 * DAY + 1 }, ["endsAt"]],
    ["before history", { startsAt: NOW - 400 * DAY - 1, endsAt: NOW - 399 * DAY }, ["startsAt"]],
    [
      "a running one in the future",
      { kind: "experiment", startsAt: NOW + 5 * MINUTE + 1, endsAt: null },
      ["startsAt"],
    ],
    ["each hour", { rrule: "FREQ=HOURLY" }, ["rrule"]],
    ["a zone that is none", { zone: "Mars/Olympus" }, ["zone"]],
    ["several at once", { endsAt: 0, rrule: "x", zone: "x" }, ["endsAt", "rrule", "zone"]],
  ])("%s is refused, and where", (_, parts, fields) => expect(marked(parts)).toEqual(fields));
});
