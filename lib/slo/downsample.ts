/**
 * At most `max` of the points (2 or more), in order, that look like all of them: the first, the last,
 * and of each stretch between the lowest and the highest value, so that five bad minutes stay visible
 * in thirty days. A stretch without any value keeps one point, so that a line shows its hole.
 * @example downsampleMinMax(points, 600, (p) => p.remaining)
 */
export function downsampleMinMax<P>(
  points: readonly P[],
  max: number,
  value: (point: P) => number | null,
): P[] {
  if (points.length <= max) return [...points];
  const last = points.length - 1;
  const stretches = Math.max(0, Math.floor((max - 2) / 2));
  const kept = new Set<number>([0]);
  for (let i = 0; i < stretches; i++) {
    const from = 1 + Math.floor((i * (last - 1)) / stretches);
    const to = 1 + Math.floor(((i + 1) * (last - 1)) / stretches);
    for (const index of extremes(points, from, to, value)) kept.add(index);
  }
  kept.add(last);
  return [...kept].flatMap((index) => points.slice(index, index + 1));
}

/** Indexes of the lowest and highest value in `[from, to)`, in order; `from` when there is no value. */
function extremes<P>(
  points: readonly P[],
  from: number,
  to: number,
  value: (point: P) => number | null,
): number[] {
  let low: Extreme = { index: from, value: Number.POSITIVE_INFINITY };
  let high: Extreme = { index: from, value: Number.NEGATIVE_INFINITY };
  points.slice(from, to).forEach((point, i) => {
    const seen = value(point);
    if (seen === null) return;
    if (seen < low.value) low = { index: from + i, value: seen };
    if (seen > high.value) high = { index: from + i, value: seen };
  });
  return [low.index, high.index].sort((a, b) => a - b);
}

interface Extreme {
  readonly index: number;
  readonly value: number;
}
