import { slackMinutes } from "#lib/slo/burn.ts";
import { between, type Counts, type TotalsRow } from "#lib/slo/totals.ts";
import { MINUTE } from "#lib/time/duration.ts";

/**
 * Index of the latest row at or before `at` (epoch ms) in rows ascending by `at`; -1 when all are later.
 * @example latestIndex(rows, at) // 1439
 */
export function latestIndex(rows: readonly TotalsRow[], at: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The latest row at or before `at` (epoch ms) in rows ascending by `at`; null when all are later.
 * @example latestAtOrBefore(rows, at)?.good // 8121
 */
export function latestAtOrBefore(rows: readonly TotalsRow[], at: number): TotalsRow | null {
  return rows[latestIndex(rows, at)] ?? null;
}

/**
 * Counts of `[at - windowMs, at)` from rows ascending by `at`; a window that starts before the first
 * row starts at it. Null when the rows are too coarse: an edge falls between two rows with more
 * covered minutes between them than the window may miss. All zero before the first row.
 * @example countsOf(rows, at, HOUR) // { good: 5990, total: 6000, covered: 60 }
 */
export function countsOf(rows: readonly TotalsRow[], at: number, windowMs: number): Counts | null {
  return countsAt(
    rows,
    { start: latestIndex(rows, at - windowMs), end: latestIndex(rows, at) },
    at,
    windowMs,
  );
}

/** Indexes of the latest rows at or before both edges of a window; -1 = before the first row. */
export interface Edges {
  readonly start: number;
  readonly end: number;
}

const NOTHING: Counts = { good: 0, total: 0, covered: 0 };

/**
 * As `countsOf`, for edges that the caller has found, e.g. by pointers that move along the rows.
 * @example countsAt(rows, { start: 0, end: 60 }, at, HOUR)
 */
export function countsAt(
  rows: readonly TotalsRow[],
  edges: Edges,
  at: number,
  windowMs: number,
): Counts | null {
  const start = rows[Math.max(0, edges.start)];
  const end = rows[edges.end];
  if (!start || !end) return NOTHING;
  const uncertain =
    uncertainMinutes(rows, edges.start, at - windowMs) + uncertainMinutes(rows, edges.end, at);
  return uncertain > slackMinutes(windowMs) ? null : between(start, end);
}

/** Covered minutes around `edge` of which the rows do not say on which side of it they lie. */
function uncertainMinutes(rows: readonly TotalsRow[], index: number, edge: number): number {
  const row = rows[index];
  const next = rows[index + 1];
  if (!row || !next || row.at === edge) return 0;
  const before = (edge - row.at) / MINUTE;
  return Math.min(before, next.covered - row.covered);
}
