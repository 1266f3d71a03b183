import { badOf } from "#lib/slo/budget.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";

/** What was counted in a time that is counted apart; in events or minutes. */
export interface CountedApart {
  readonly bad: number;
  readonly total: number;
  /** Of the budget that the whole window may spend; null while that is not known. */
  readonly share: number | null;
}

/**
 * What is counted in `[from, to)` (epoch ms) as far as `end`, of rows from which nothing was left out;
 * a null `to` still runs. Null before it begins, and where history is too coarse to tell.
 * @example countApart(rows, { from, to, end, budgetTotal: 1000 })?.share // 0.25
 */
export function countApart(
  rows: readonly TotalsRow[],
  span: {
    readonly from: number;
    readonly to: number | null;
    readonly end: number;
    readonly budgetTotal: number | null;
  },
): CountedApart | null {
  const until = Math.min(span.to ?? span.end, span.end);
  const [first] = rows;
  if (!first || until <= span.from || until <= first.at) return null;
  const counts = countsOf(rows, until, until - span.from);
  if (!counts) return null;
  const bad = badOf(counts);
  return { bad, total: counts.total, share: span.budgetTotal ? bad / span.budgetTotal : null };
}
