/** Comparisons of ratios. Sums of doubles miss exact values by a little: 1e-9 counts as equal. */

const TOLERANCE = 1e-9;

/**
 * `value >= limit`, where a value that misses the limit by rounding alone has reached it.
 * @example reaches(0.9999999999999991, 1) // true
 */
export function reaches(value: number, limit: number): boolean {
  return value >= limit - TOLERANCE;
}

/**
 * `value > limit`, where a value that passes the limit by rounding alone has not exceeded it.
 * @example exceeds(14.400000000000002, 14.4) // false
 */
export function exceeds(value: number, limit: number): boolean {
  return value > limit + TOLERANCE;
}

/**
 * `value`, or exactly `target` when rounding alone keeps them apart.
 * @example snap(0.9999999999999991, 1) // 1
 */
export function snap(value: number, target: number): number {
  return Math.abs(value - target) <= TOLERANCE ? target : value;
}
