import fc from "fast-check";
import { expect, test } from "vitest";
import { downsampleMinMax } from "#lib/slo/downsample.ts";

interface Point {
  readonly at: number;
  readonly value: number | null;
}
const ofPoint = (p: Point) => p.value;
const line = (length: number, of: (i: number) => number | null): Point[] =>
  Array.from({ length }, (_, at) => ({ at, value: of(at) }));

test("a five-minute outage is visible in thirty days", () => {
  const points = line(43_200, (i) => (i >= 20_000 && i < 20_005 ? 0 : 1));
  const kept = downsampleMinMax(points, 600, ofPoint);
  expect(kept.length).toBeLessThanOrEqual(600);
  expect(kept.some((p) => p.value === 0)).toBe(true);
});

test("few points stay as they are", () => {
  const points = line(600, () => 1);
  expect(downsampleMinMax(points, 600, ofPoint)).toEqual(points);
});

test("a stretch without values stays a hole", () => {
  const points = line(6000, (i) => (i >= 2000 && i < 3000 ? null : 1));
  expect(downsampleMinMax(points, 100, ofPoint).some((p) => p.value === null)).toBe(true);
});

test("keeps order, both ends, the highest and the lowest value, and the limit", () => {
  const values = fc.array(fc.option(fc.integer({ min: -5, max: 5 }), { nil: null }), {
    minLength: 4,
    maxLength: 500,
  });
  fc.assert(
    fc.property(values, fc.integer({ min: 4, max: 20 }), (list, max) => {
      const points = line(list.length, (i) => list[i] ?? null);
      const kept = downsampleMinMax(points, max, ofPoint);
      const known = (of: readonly Point[]) =>
        of.flatMap((p) => (p.value === null ? [] : [p.value]));
      expect(kept.length).toBeLessThanOrEqual(max);
      expect(kept.map((p) => p.at)).toEqual(
        [...new Set(kept.map((p) => p.at))].sort((a, b) => a - b),
      );
      expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
      expect(Math.min(...known(kept))).toBe(Math.min(...known(points)));
      expect(Math.max(...known(kept))).toBe(Math.max(...known(points)));
    }),
  );
});
