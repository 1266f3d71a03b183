/**
 * Running totals: what is stored for each SLI. A window's counts are the difference of two rows, so
 * their cost does not depend on the window's length.
 */

/** Counts over some window. Events, or minutes for threshold and ratio SLIs; `covered` in minutes. */
export interface Counts {
  readonly good: number;
  readonly total: number;
  /** Minutes in the window for which the source had an answer. */
  readonly covered: number;
}

/** Cumulative counts of all minutes that ended at or before `at` (epoch ms, exclusive end). May be negative. */
export interface TotalsRow extends Counts {
  readonly at: number;
}

/** Increments of `[at - stepMs, at)`. A minute without an answer has no bucket. */
export interface Bucket extends Counts {
  readonly at: number;
  /** Growth found after a scrape gap of at most 30 min and spread over the missing minutes. */
  readonly bridged?: boolean;
}

/** The counts of `[start.at, end.at)`. Only the difference of two rows means anything. */
export function between(start: TotalsRow, end: TotalsRow): Counts {
  return {
    good: end.good - start.good,
    total: end.total - start.total,
    covered: end.covered - start.covered,
  };
}
