import { badOf } from "#lib/slo/budget.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { latestIndex } from "#lib/slo/windows.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** What was counted in some time: events, or minutes. */
export interface Spend {
  readonly bad: number;
  readonly total: number;
}

/** Cumulative counts of an SLI at any moment within its rows. */
export interface Spending {
  /** Counts of `[from, to)`, epoch ms; nothing outside the rows. */
  readonly between: (from: number, to: number) => Spend;
  /** Whether anything is known of the time before `at`. */
  readonly reachesBefore: (at: number) => boolean;
}

/**
 * Reads the bad and total events of any stretch from rows ascending by `at`. Between two rows they are
 * spread evenly over the minutes that had an answer, which are the last ones: what follows a gap
 * belongs to the minutes after it.
 * @example spendingOf(rows).between(incident.startedAt, incident.resolvedAt).bad // 1_240
 */
export function spendingOf(rows: readonly TotalsRow[]): Spending {
  const at = (moment: number) => cumulative(rows, moment);
  const first = rows[0]?.at ?? Number.POSITIVE_INFINITY;
  return {
    between: (from, to) => {
      if (to <= from) return { bad: 0, total: 0 };
      const start = at(from);
      const end = at(to);
      return { bad: badOf(difference(start, end)), total: Math.max(0, end.total - start.total) };
    },
    reachesBefore: (moment) => first < moment,
  };
}

type Cumulative = Pick<TotalsRow, "good" | "total">;

function difference(start: Cumulative, end: Cumulative): Cumulative {
  return { good: end.good - start.good, total: end.total - start.total };
}

function cumulative(rows: readonly TotalsRow[], moment: number): Cumulative {
  const i = latestIndex(rows, moment);
  const row = rows[Math.max(0, i)];
  const next = rows[i + 1];
  if (!row) return { good: 0, total: 0 };
  if (i < 0 || !next) return row;
  const share = shareBefore(row, next, moment);
  return {
    good: row.good + (next.good - row.good) * share,
    total: row.total + (next.total - row.total) * share,
  };
}

function shareBefore(row: TotalsRow, next: TotalsRow, moment: number): number {
  const spanMs = next.at - row.at;
  const coveredMs = Math.min((next.covered - row.covered) * MINUTE, spanMs);
  const lengthMs = coveredMs > 0 ? coveredMs : spanMs;
  return Math.max(0, (moment - (next.at - lengthMs)) / lengthMs);
}
