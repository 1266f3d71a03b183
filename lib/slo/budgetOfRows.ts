import { type Budget, type BudgetInput, budgetFor, LATELY } from "#lib/slo/budget.ts";
import { elapsedMs } from "#lib/slo/period.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";

export interface RowsInput extends Omit<BudgetInput, "counts" | "lately"> {
  /** Ascending, back to the start of the window, and 28 d where it is a calendar period; without what does not count. */
  readonly rows: readonly TotalsRow[];
}

/**
 * How far before `at` (ms) the rows of a budget must reach.
 * @example budgetReachMs({ kind: "rolling", ms: 30 * DAY, label: "30d" }, at) // 2_592_000_000
 */
export function budgetReachMs(window: RowsInput["definition"]["window"], at: number): number {
  const ownMs = elapsedMs(window, at);
  return window.kind === "calendar" ? Math.max(ownMs, LATELY.ms) : ownMs;
}

/**
 * The error budget of the window that ends at `at`, from stored rows; null where they are too coarse.
 * @example budgetOfRows({ definition, rows, at, firstCoveredAt })?.remaining // 0.41
 */
export function budgetOfRows({ rows, ...input }: RowsInput): Budget | null {
  const { definition, at } = input;
  const { window } = definition;
  const counts = countsOf(rows, at, elapsedMs(window, at));
  if (!counts) return null;
  const lately = window.kind === "calendar" ? countsOf(rows, at, LATELY.ms) : null;
  return budgetFor({ ...input, counts, lately });
}
