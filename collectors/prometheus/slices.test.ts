import fc from "fast-check";
import { expect, test } from "vitest";
import { floorTo, sliceSpan } from "#collectors/prometheus/slices.ts";
import { keptStep } from "#lib/slo/resolution.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 2, 1, 9, 17, 23);
const TO = Date.UTC(2026, 2, 1, 9, 16);

test("60 days are four of minutes, a month of five minutes and the rest by the hour", () => {
  const slices = sliceSpan(Math.ceil((TO - 60 * DAY) / HOUR) * HOUR, TO, NOW);
  const days = (stepMs: number) =>
    slices.filter((s) => s.stepMs === stepMs).reduce((sum, s) => sum + s.to - s.from, 0) / DAY;
  expect(days(MINUTE)).toBeCloseTo(4, 1);
  expect(days(5 * MINUTE)).toBeCloseTo(31, 1);
  expect(days(HOUR)).toBeCloseTo(25, 1);
  expect(slices.length).toBeLessThan(20);
});

test("slices tile the span without overlap, aligned to their step, never finer than what is kept needs", () => {
  const minutes = fc.integer({ min: 1, max: 70 * 1440 });
  fc.assert(
    fc.property(minutes, minutes, (age, length) => {
      const from = TO - age * MINUTE;
      const to = Math.min(TO, from + length * MINUTE);
      const slices = sliceSpan(from, to, NOW);
      expect(slices.map((s) => s.from)).toEqual([from, ...slices.slice(0, -1).map((s) => s.to)]);
      expect(slices.at(-1)?.to).toBe(to);
      for (const slice of slices) {
        expect(slice.to).toBeGreaterThan(slice.from);
        expect([slice.from % slice.stepMs, slice.to % slice.stepMs]).toEqual([0, 0]);
        expect((slice.to - slice.from) / slice.stepMs).toBeLessThanOrEqual(1440);
        expect(slice.stepMs).toBeLessThanOrEqual(keptStep(NOW - slice.from) ?? HOUR);
      }
    }),
  );
});

test("time slices are cut nowhere but at the ends of the span", () => {
  const minutes = fc.integer({ min: 1, max: 70 * 1440 });
  const length = fc.constantFrom(1, 5, 7, 15, 60, 90, 360, 1440);
  fc.assert(
    fc.property(minutes, length, (age, wholeMinutes) => {
      const wholeMs = wholeMinutes * MINUTE;
      const from = floorTo(TO - age * MINUTE, wholeMs);
      const slices = sliceSpan(from, TO, NOW, wholeMs);
      expect(slices.map((s) => s.from)).toEqual([from, ...slices.slice(0, -1).map((s) => s.to)]);
      expect(slices.at(-1)?.to).toBe(TO);
      for (const slice of slices) {
        expect(slice.from % wholeMs).toBe(0);
        expect([slice.from % slice.stepMs, slice.to % slice.stepMs]).toEqual([0, 0]);
        expect((slice.to - slice.from) / slice.stepMs).toBeLessThanOrEqual(1440);
        expect(slice.stepMs).toBeLessThanOrEqual(keptStep(NOW - slice.from) ?? HOUR);
      }
    }),
  );
});

test("an empty span has no slices", () => {
  expect(sliceSpan(TO, TO, NOW)).toEqual([]);
});
