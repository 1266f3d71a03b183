import { expect, test } from "vitest";
import { reachableStart, toldFiring } from "#lib/alerts/told.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 10, 21, 20);

test.each([
  ["now", NOW, true],
  ["in three minutes, by another clock", NOW + 3 * MINUTE, true],
  ["next year", NOW + 365 * DAY, false],
  ["400 days ago", NOW - 400 * DAY, true],
  ["three years ago", Date.UTC(2023, 10, 14), false],
])("a start %s can be shown or not", (_, startsAt, isShown) => {
  expect(reachableStart(startsAt, NOW)).toBe(isShown ? startsAt : null);
});

test("of a firing that nobody saw a day is shown at most", () => {
  const told = (agoMs: number) => toldFiring({ startsAt: NOW - agoMs, tier: null }, NOW).endsAt;
  expect([told(80 * DAY), told(HOUR)]).toEqual([NOW - 79 * DAY, null]);
});
