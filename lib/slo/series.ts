import { budgetFor, LATELY } from "#lib/slo/budget.ts";
import { burnOf } from "#lib/slo/burn.ts";
import { reaches } from "#lib/slo/compare.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import { elapsedMs } from "#lib/slo/period.ts";
import { type Grid, pointsOf, windowReader } from "#lib/slo/range.ts";
import { MAX_LATE_MS, MIN_COVERAGE } from "#lib/slo/state.ts";
import type { Counts, TotalsRow } from "#lib/slo/totals.ts";
import type { SloDefinition, SloWindow } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Which points of a series to compute. Epoch ms. */
export interface SeriesSpan {
  readonly from: number;
  readonly to: number;
  /** A minute by default; `gridAt(now)` where rows are thinned. */
  readonly grid?: Grid;
  /** Times that do not count, merged; the rows are without them already. */
  readonly excluded?: readonly ExcludedSpan[];
}

/** One point of the burndown. */
export interface BudgetPoint extends Counts {
  /** Exclusive end, epoch ms. The counts are those since the point before. */
  readonly at: number;
  /** Of the SLO window that ends here, signed; null = not known then. */
  readonly remaining: number | null;
  /** What the whole window may spend, in events or minutes; null = not known then. */
  readonly budgetTotal: number | null;
}

/**
 * The remaining budget at each point of the span, and what was counted since the point before. Null
 * where the state would be Unknown: a budget is not drawn through minutes without data. `rows` ascend
 * and reach back to `from` minus the SLO window.
 * @example remainingSeries(definition, rows, firstCoveredAt, { from, to }).at(-1)?.remaining // 0.41
 */
export function remainingSeries(
  definition: Pick<SloDefinition, "objective" | "window" | "sli" | "budgeting">,
  rows: readonly TotalsRow[],
  firstCoveredAt: number | null,
  span: SeriesSpan,
): BudgetPoint[] {
  const window = budgetReader(rows, definition.window);
  const fresh = freshness(rows);
  const step = stepReader(rows);
  return [...pointsOf(span.from, span.to, span.grid ?? MINUTE)].map((at) => {
    const { counts, lately } = window(at);
    const known = counts !== null && fresh(at);
    const input = { definition, at, firstCoveredAt, lately, excluded: span.excluded ?? [] };
    const budget = known ? budgetFor({ ...input, counts }) : null;
    const trusted = budget && reaches(budget.coverage, MIN_COVERAGE) ? budget : null;
    const { remaining = null, budgetTotal = null } = trusted ?? {};
    return { at, ...step(at), remaining, budgetTotal };
  });
}

/** What a budget is computed from, for ascending `at`. */
function budgetReader(rows: readonly TotalsRow[], window: SloWindow) {
  if (window.kind === "rolling") {
    const read = windowReader(rows, window.ms);
    return (at: number) => ({ counts: read(at), lately: null });
  }
  const since = windowReader(rows, (at) => elapsedMs(window, at));
  const lately = windowReader(rows, LATELY.ms);
  return (at: number) => ({ counts: since(at), lately: lately(at) });
}

/** Counts since the point before; zero for the first one, which has none. */
function stepReader(rows: readonly TotalsRow[]): (at: number) => Counts {
  const sinceStart = windowReader(rows, Number.POSITIVE_INFINITY);
  const nothing: Counts = { good: 0, total: 0, covered: 0 };
  let before: Counts | null = null;
  return (at) => {
    const sum = sinceStart(at) ?? nothing;
    const last = before ?? sum;
    before = sum;
    return {
      good: sum.good - last.good,
      total: sum.total - last.total,
      covered: sum.covered - last.covered,
    };
  };
}

/** Whether the newest covered minute before `at`, for ascending `at`, is at most 5 min old. */
function freshness(rows: readonly TotalsRow[]): (at: number) => boolean {
  let next = 0;
  let covered = Number.NEGATIVE_INFINITY;
  let newest = Number.NEGATIVE_INFINITY;
  return (at) => {
    for (let row = rows[next]; row && row.at <= at; row = rows[++next]) {
      if (row.covered > covered) newest = row.at;
      covered = row.covered;
    }
    return at - newest <= MAX_LATE_MS;
  };
}

/** One point of a burn rate's line. `at` is the exclusive end of its window, epoch ms. */
export interface BurnPoint {
  readonly at: number;
  /** Null where too much of the window is missing, or it is finer than the rows. */
  readonly burn: number | null;
}

/**
 * The burn rate over one window (ms) at each point of the span, from rows ascending by `at` that
 * reach back to `from - windowMs`.
 * @example burnSeries(0.999, rows, HOUR, { from, to })[0]?.burn // 14.4
 */
export function burnSeries(
  objective: number,
  rows: readonly TotalsRow[],
  windowMs: number,
  span: SeriesSpan,
): BurnPoint[] {
  const budget = budgetOf(objective);
  const read = windowReader(rows, windowMs);
  return [...pointsOf(span.from, span.to, span.grid ?? MINUTE)].map((at) => ({
    at,
    burn: burnOf(read(at), windowMs, budget),
  }));
}
