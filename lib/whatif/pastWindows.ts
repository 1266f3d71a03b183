import { type Budget, budgetFor } from "#lib/slo/budget.ts";
import { reaches } from "#lib/slo/compare.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { elapsedMs, periodOf, periodStarts } from "#lib/slo/period.ts";
import { MIN_COVERAGE } from "#lib/slo/state.ts";
import type { Counts, TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";
import type { SloDefinition, SloWindow } from "#lib/spec/model.ts";
import { DAY } from "#lib/time/duration.ts";

const LONGEST_MS = 400 * DAY;

/**
 * The ends (epoch ms, ascending) of the windows that lie in what is known: of a rolling window one
 * each day at midnight UTC, where a row is always kept; of a calendar window every period that is
 * over. The one that runs now, at `to`, is the last.
 * @example windowEnds(days(30), { firstCoveredAt, to }).length // 62 in 90 days of history
 */
export function windowEnds(
  window: SloWindow,
  { firstCoveredAt, to }: { readonly firstCoveredAt: number | null; readonly to: number },
): number[] {
  if (firstCoveredAt === null) return [];
  const from = Math.max(firstCoveredAt, to - LONGEST_MS);
  const last = Math.floor(to / DAY) * DAY;
  const ends =
    window.kind === "calendar"
      ? periodStarts(window, { from, to: to + 1 })
      : Array.from({ length: 1 + Math.floor((last - from) / DAY) }, (_, i) => last - i * DAY);
  return [...new Set([...ends, to])]
    .filter((end) => end > from && periodOf(window, end).from >= from)
    .toSorted((a, b) => a - b);
}

/**
 * The moments (epoch ms, ascending, each once) at which running totals are needed to read windows
 * that end at `ends`, with the edges of what does not count.
 * @example windowEdges(days(30), [end], []) // [end - 30 * DAY, end]
 */
export function windowEdges(
  window: SloWindow,
  ends: readonly number[],
  excluded: readonly ExcludedSpan[],
): number[] {
  if (ends.length === 0) return [];
  const own = ends.flatMap((end) => [end - elapsedMs(window, end), end]);
  const spans = excluded.flatMap(({ from, to }) => [from, to]);
  return [...new Set([...own, ...spans])].sort((a, b) => a - b);
}

/** One window of the past. */
export interface PastWindow {
  /** Exclusive end, epoch ms. */
  readonly end: number;
  /** False of a calendar period that is not over: what has failed in it is only a beginning. */
  readonly whole: boolean;
  readonly counts: Counts;
  /** Share of what was counted that failed. */
  readonly failed: number;
}

export interface PastInput {
  readonly definition: Pick<SloDefinition, "objective" | "window" | "sli" | "budgeting">;
  /** Ascending, at least those of `windowEdges`, without what does not count. */
  readonly rows: readonly TotalsRow[];
  readonly excluded: readonly ExcludedSpan[];
  readonly firstCoveredAt: number | null;
  readonly ends: readonly number[];
}

/**
 * The past windows of which enough is known: at least 0.9 of their minutes, and some traffic.
 * @example pastWindows(input).length // 62
 */
export function pastWindows(input: PastInput): PastWindow[] {
  const { definition, rows, ends } = input;
  return ends.flatMap((end) => {
    const counts = countsOf(rows, end, elapsedMs(definition.window, end));
    if (!counts) return [];
    const { coverage, expected, bad } = pastBudget(definition.objective, { end, counts }, input);
    if (!reaches(coverage, MIN_COVERAGE) || expected === null) return [];
    const whole = periodOf(definition.window, end).to <= end;
    return [{ end, whole, counts, failed: bad / expected }];
  });
}

/**
 * The budget that a past window would have had at an objective.
 * @example pastBudget(0.999, window, input).consumed // 0.71
 */
export function pastBudget(
  objective: number,
  { end, counts }: Pick<PastWindow, "end" | "counts">,
  { definition, firstCoveredAt, excluded }: Omit<PastInput, "rows" | "ends">,
): Budget {
  const at = { at: end, firstCoveredAt, excluded };
  return budgetFor({ definition: { ...definition, objective }, counts, lately: null, ...at });
}
