import type { SliFact } from "#lib/slo/facts.ts";
import type { Bucket, Counts, TotalsRow } from "#lib/slo/totals.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** The stored rows around the span `[from, to)` of a fact. */
export interface StoredRows {
  /** The newest at or before `from`. */
  readonly before: TotalsRow | null;
  /** Those in `(from, to]`, ascending. */
  readonly inside: readonly TotalsRow[];
  /** The oldest after `to`. */
  readonly after: TotalsRow | null;
}

/** What to write so that the span reads as the fact says and nothing else changes. */
export interface Splice {
  readonly put: readonly TotalsRow[];
  /** `at` of rows that go. */
  readonly drop: readonly number[];
  /** Added to each row after the span; null when they stay as they are. */
  readonly shift: Counts | null;
}

const NOTHING: Counts = { good: 0, total: 0, covered: 0 };
/** Sums of the same numbers in another order differ by less: no reason to rewrite history. */
const TOLERANCE = 1e-12;

/**
 * Replaces the span of a fact in an SLI's running totals. Rows after it move by what the span has
 * gained or lost; before the first row totals go down instead, below zero if need be. An interval
 * between two rows that the span would cut through (thinned minutes) stays as it is.
 * @example splice(fact, { before: null, inside: [], after: null }).put[0] // { at: fact.from, good: 0, total: 0, covered: 0 }
 */
export function splice(fact: Pick<SliFact, "from" | "to" | "buckets">, stored: StoredRows): Splice {
  const span = wholeSpan(fact, stored);
  if (span.from >= span.to) return { put: [], drop: [], shift: null };
  const buckets = fact.buckets.filter(({ at }) => at > span.from && at <= span.to);
  const inside = stored.inside.filter(({ at }) => at > span.from && at <= span.to);
  const start = startOf(span, inside, buckets, stored.after);
  const rows = accumulate(start, buckets);
  const end = rows.at(-1) ?? start;
  const oldEnd = inside.at(-1) ?? span.before ?? stored.after;
  const kept = new Set(rows.map(({ at }) => at));
  return {
    put: changed(start === span.before ? rows : [start, ...rows], inside),
    drop: inside.map(({ at }) => at).filter((at) => !kept.has(at)),
    shift: !stored.after || !oldEnd || isSame(oldEnd, end) ? null : subtract(end, oldEnd),
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly before: TotalsRow | null;
}

/** The part of the span that cuts through no stored interval. */
function wholeSpan({ from, to }: Pick<SliFact, "from" | "to">, stored: StoredRows): Span {
  const { before, inside, after } = stored;
  const next = inside[0] ?? after;
  const last = inside.at(-1) ?? before;
  const startCut = next !== null && isCut(before, next, from);
  const endCut = after !== null && isCut(last, after, to);
  return {
    from: startCut ? next.at : from,
    to: endCut && last ? last.at : to,
    before: startCut ? next : before,
  };
}

/** More minutes are covered between two rows than there are after `at`: some lie on either side of it. */
function isCut(row: TotalsRow | null, next: TotalsRow, at: number): boolean {
  if (row === null || at <= row.at || at >= next.at) return false;
  return next.covered - row.covered > (next.at - at) / MINUTE + 1e-6;
}

/** Running totals at the start of the span: known, or counted down from the first row there is. */
function startOf(
  { from, before }: Span,
  inside: readonly TotalsRow[],
  buckets: readonly Bucket[],
  after: TotalsRow | null,
): TotalsRow {
  if (before) return before;
  const end = inside.at(-1) ?? after;
  if (!end) return { at: from, ...NOTHING };
  return { at: from, ...subtract(end, buckets.reduce(add, NOTHING)) };
}

function accumulate(start: TotalsRow, buckets: readonly Bucket[]): TotalsRow[] {
  let row: Counts = start;
  return buckets.map((bucket) => {
    row = add(row, bucket);
    return { at: bucket.at, good: row.good, total: row.total, covered: row.covered };
  });
}

function add(a: Counts, b: Counts): Counts {
  return { good: a.good + b.good, total: a.total + b.total, covered: a.covered + b.covered };
}

function subtract(a: Counts, b: Counts): Counts {
  return { good: a.good - b.good, total: a.total - b.total, covered: a.covered - b.covered };
}

function changed(rows: readonly TotalsRow[], inside: readonly TotalsRow[]): TotalsRow[] {
  const stored = new Map(inside.map((row) => [row.at, row]));
  return rows.filter((row) => {
    const old = stored.get(row.at);
    return old === undefined || !isSame(old, row);
  });
}

function isSame(a: Counts, b: Counts): boolean {
  const near = (x: number, y: number) =>
    Math.abs(x - y) <= TOLERANCE * Math.max(1, Math.abs(x), Math.abs(y));
  return near(a.good, b.good) && near(a.total, b.total) && near(a.covered, b.covered);
}
