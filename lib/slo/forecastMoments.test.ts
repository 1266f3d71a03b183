import fc from "fast-check";
import { expect, test } from "vitest";
import { forecast } from "#lib/slo/forecast.ts";
import { closerLook, forecastMoments } from "#lib/slo/forecastMoments.ts";
import { latestAtOrBefore } from "#lib/slo/windows.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const AT = Date.UTC(2026, 0, 31) + 7 * MINUTE;

test.each([
  ["5 minutes", 5 * MINUTE, 6],
  ["a day", DAY, 100],
  ["30 days", 30 * DAY, 150],
])("of %s there are few, from the start to the end", (_, windowMs, most) => {
  const moments = forecastMoments(AT, windowMs);
  expect([moments[0], moments.at(-1)]).toEqual([AT - windowMs, AT]);
  expect(moments.length).toBeLessThanOrEqual(most);
  expect(moments.every((moment, i) => i === 0 || moment > (moments[i - 1] as number))).toBe(true);
});

test("a minute later the far ones are the same", () => {
  const far = (at: number) => forecastMoments(at, 30 * DAY).slice(-20, -1);
  expect(far(AT + MINUTE)).toEqual(far(AT));
});

const WINDOW = 2 * DAY;
const incidents = fc.array(
  fc.tuple(fc.nat({ max: WINDOW / MINUTE - 1 }), fc.integer({ min: 1, max: 50 })),
  {
    minLength: 1,
    maxLength: 12,
  },
);

test("recovery found with them is never early, and late by a tenth of the wait at most", () => {
  fc.assert(
    fc.property(incidents, fc.double({ min: 0.05, max: 1, noNaN: true }), (bursts, share) => {
      const rows = rowsOf(bursts);
      const bad = bursts.reduce((sum, [, each]) => sum + each, 0);
      const budgetTotal = bad * share;
      const input = { at: AT, windowMs: WINDOW, bad, budgetTotal, pace: 0, liftsBelow: null };
      const thin = forecastMoments(AT, WINDOW).flatMap((at) => latestAtOrBefore(rows, at) ?? []);
      const exact = forecast(input, rows).recoversAt as number;
      const found = forecast(input, thin).recoversAt as number;
      expect(found).toBeGreaterThanOrEqual(exact);
      expect(found - exact).toBeLessThanOrEqual((exact - AT) / 10 + MINUTE);
    }),
  );
});

test("a closer look finds the very minute", () => {
  fc.assert(
    fc.property(incidents, fc.double({ min: 0.05, max: 1, noNaN: true }), (bursts, share) => {
      const rows = rowsOf(bursts);
      const bad = bursts.reduce((sum, [, each]) => sum + each, 0);
      const input = {
        at: AT,
        windowMs: WINDOW,
        bad,
        budgetTotal: bad * share,
        pace: 0,
        liftsBelow: null,
      };
      const thin = forecastMoments(AT, WINDOW).flatMap((at) => latestAtOrBefore(rows, at) ?? []);
      const found = forecast(input, thin).recoversAt as number;
      const { from, to } = closerLook(AT, WINDOW, found);
      const near = rows.filter(({ at }) => at >= from && at <= to);
      const both = new Map([...thin, ...near].map((row) => [row.at, row]));
      const closer = [...both.values()].sort((a, b) => a.at - b.at);
      expect(forecast(input, closer).recoversAt).toBe(forecast(input, rows).recoversAt);
    }),
  );
});

/** A row a minute over the window and an hour before it; bursts of bad events by minute of the window. */
function rowsOf(bursts: readonly (readonly [number, number])[]) {
  const bad = new Map<number, number>();
  for (const [minute, each] of bursts) bad.set(minute, (bad.get(minute) ?? 0) + each);
  const rows = [];
  let good = 0;
  let total = 0;
  for (let n = -HOUR / MINUTE; n <= WINDOW / MINUTE; n++) {
    rows.push({ at: AT - WINDOW + n * MINUTE, good, total, covered: n + 60 });
    good += 100 - (bad.get(n) ?? 0);
    total += 100;
  }
  return rows;
}
