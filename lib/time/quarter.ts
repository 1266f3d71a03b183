/** `[from, to)` in epoch ms. */
export interface QuarterSpan {
  readonly from: number;
  readonly to: number;
}

/**
 * The calendar quarter of UTC that holds `at` (epoch ms); its first millisecond is in.
 * @example quarterOf(Date.UTC(2026, 9, 1)) // "2026-Q4"
 */
export function quarterOf(at: number): string {
  const date = new Date(at);
  return named(date.getUTCFullYear() * 4 + Math.floor(date.getUTCMonth() / 3));
}

/**
 * From when to when a quarter of UTC lasts; null for what is none.
 * @example quarterSpan("2026-Q4")?.from // Date.UTC(2026, 9, 1)
 */
export function quarterSpan(quarter: string): QuarterSpan | null {
  const n = numberOf(quarter);
  return n === null ? null : { from: startOf(n), to: startOf(n + 1) };
}

/**
 * The `count` quarters that end with `quarter`, newest first; empty for what is none.
 * @example quartersThrough("2026-Q1", 2) // ["2026-Q1", "2025-Q4"]
 */
export function quartersThrough(quarter: string, count: number): string[] {
  const n = numberOf(quarter);
  return n === null ? [] : Array.from({ length: count }, (_, i) => named(n - i));
}

/** Quarters since the year 0. */
function numberOf(quarter: string): number | null {
  const parts = /^([12]\d{3})-Q([1-4])$/.exec(quarter);
  return parts ? Number(parts[1]) * 4 + Number(parts[2]) - 1 : null;
}

function named(n: number): string {
  return `${String(Math.floor(n / 4)).padStart(4, "0")}-Q${(n % 4) + 1}`;
}

function startOf(n: number): number {
  return Date.UTC(Math.floor(n / 4), (n % 4) * 3, 1);
}
