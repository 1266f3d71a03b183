import fc from "fast-check";
import { expect, test } from "vitest";
import { gridAt, isReadable, keptStep, snapToKept } from "#lib/slo/resolution.ts";
import { START } from "#lib/slo/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = START;

test.each([
  [0, MINUTE],
  [4 * DAY, MINUTE],
  [4 * DAY + 1, 5 * MINUTE],
  [35 * DAY, 5 * MINUTE],
  [35 * DAY + 1, HOUR],
  [400 * DAY, HOUR],
  [400 * DAY + 1, null],
])("at an age of %d ms a row is kept every %s ms", (age, step) => {
  expect(keptStep(age)).toBe(step);
});

test("times snap down to a kept row, none where nothing is kept", () => {
  expect(snapToKept(NOW - 61_001, NOW)).toBe(NOW - 2 * MINUTE);
  expect(snapToKept(NOW - 10 * DAY - 1, NOW)).toBe(NOW - 10 * DAY - 5 * MINUTE);
  expect(snapToKept(NOW - 100 * DAY - 1, NOW)).toBe(NOW - 100 * DAY - HOUR);
  expect(snapToKept(NOW - 401 * DAY, NOW)).toBeNull();
});

test.each([
  [5 * MINUTE, 0, true],
  [5 * MINUTE, 10 * DAY, true],
  [5 * MINUTE, 10 * DAY + 2 * MINUTE, false],
  [5 * MINUTE, 4 * DAY - 2 * MINUTE, false],
  [5 * MINUTE, 40 * DAY, false],
  [HOUR, 10 * DAY + 2 * MINUTE, true],
  [30 * MINUTE, 40 * DAY, false],
  [HOUR, 40 * DAY, true],
  [30 * DAY, MINUTE, true],
  [30 * DAY, 390 * DAY, false],
])("a window of %d ms that ended %d ms ago is readable: %s", (windowMs, age, readable) => {
  expect(isReadable(windowMs, NOW - age, NOW)).toBe(readable);
});

test("snapping never goes forward, is at most one step, and snapping again changes nothing", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 399 * DAY }), (age) => {
      const at = NOW - age;
      const snapped = snapToKept(at, NOW) ?? Number.NaN;
      expect(at - snapped).toBeGreaterThanOrEqual(0);
      expect(at - snapped).toBeLessThan(gridAt(NOW)(snapped));
      expect(snapToKept(snapped, NOW)).toBe(snapped);
    }),
  );
});
