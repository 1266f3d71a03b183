/** Order statistics of durations (ms) and proportions. */

/** A value that is known, or of which only a lower bound is. */
export interface Observation {
  readonly value: number;
  /** True while it still grows: the value is at least this. */
  readonly open: boolean;
}

export interface Quantile {
  readonly value: number;
  /** True when something still open may move it: print ">=". */
  readonly atLeast: boolean;
}

/**
 * The `q`-quantile, `q` in [0,1], of observations ascending by value, interpolated between neighbours;
 * null when there are none. It is a lower bound as soon as something open stands at or below it, since
 * that may yet end up above.
 * @example quantileOf([{ value: 60_000, open: true }], 0.5) // { value: 60_000, atLeast: true }
 */
export function quantileOf(ascending: readonly Observation[], q: number): Quantile | null {
  const position = (ascending.length - 1) * q;
  const lower = ascending[Math.floor(position)];
  const upper = ascending[Math.ceil(position)];
  if (!lower || !upper) return null;
  const value = lower.value + (upper.value - lower.value) * (position % 1);
  const firstOpen = ascending.find(({ open }) => open);
  return { value, atLeast: firstOpen !== undefined && firstOpen.value <= upper.value };
}

/**
 * The `q`-quantile, `q` in [0,1], of known values in any order; null when there are none.
 * @example quantile([3, 1, 2, 4], 0.5) // 2.5
 */
export function quantile(values: readonly number[], q: number): number | null {
  const ascending = [...values].sort((a, b) => a - b);
  return quantileOf(asKnown(ascending), q)?.value ?? null;
}

function asKnown(values: readonly number[]): Observation[] {
  return values.map((value) => ({ value, open: false }));
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of the standard normal distribution, two-sided 95 %. */
const Z = 1.959963984540054;

/**
 * Wilson's 95 % interval of `hits` out of `n`, as shares in [0,1]; null when `n` is 0.
 * @example wilson(1, 6) // { low: 0.0301, high: 0.5635 }, rounded
 */
export function wilson(hits: number, n: number): Interval | null {
  if (n === 0) return null;
  const share = hits / n;
  const spread = Z ** 2 / n;
  const centre = share + spread / 2;
  const half = Z * Math.sqrt((share * (1 - share)) / n + spread / (4 * n));
  const low = hits === 0 ? 0 : (centre - half) / (1 + spread);
  const high = hits === n ? 1 : (centre + half) / (1 + spread);
  return { low, high };
}
