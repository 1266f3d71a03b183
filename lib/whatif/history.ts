import { budgetReachMs } from "#lib/slo/budgetOfRows.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { periodOf } from "#lib/slo/period.ts";
import { burnWindowsOf } from "#lib/slo/tiers.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { DAY } from "#lib/time/duration.ts";

/** What was measured, and the part of it that a what-if goes through again. Times in epoch ms. */
export interface History {
  /** Ascending, without what does not count, back to `from` minus `reachMs` where there is that much. */
  readonly rows: readonly TotalsRow[];
  /** Times that do not count, merged. */
  readonly excluded: readonly ExcludedSpan[];
  readonly firstCoveredAt: number | null;
  readonly lastCoveredAt: number | null;
  /** The part that is gone through: `[from, to)`; `to` is the present of the numbers. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** The policy state at `from`, as recorded; null = none was. */
  readonly before: { readonly policyState: string; readonly blocks: boolean } | null;
  /** Since when nothing is asked of the SLI although it was a week before; null = it is. */
  readonly noTrafficSince: number | null;
}

/** History is kept for so long. */
const LONGEST_MS = 400 * DAY;

/**
 * How far back a comparison goes (epoch ms): the longest window of the definitions before `to`, or
 * the whole present period where it is a calendar one, and no further than there is history.
 * @example comparedFrom([present, asked], { to, firstCoveredAt: null }) // to, nothing is known
 */
export function comparedFrom(
  definitions: readonly Pick<SloDefinition, "window">[],
  { to, firstCoveredAt }: { readonly to: number; readonly firstCoveredAt: number | null },
): number {
  const starts = definitions.map(({ window }) =>
    Math.min(to - window.ms, periodOf(window, to).from),
  );
  return Math.max(firstCoveredAt ?? to, to - LONGEST_MS, Math.min(...starts));
}

/**
 * How far before `from` (ms) rows must reach, so that budgets and burn rates are whole from there on.
 * @example reachMs(definition, from) // 2_592_000_000 for a window of 30 d
 */
export function reachMs(
  definition: Pick<SloDefinition, "window" | "objective" | "alerting">,
  from: number,
): number {
  const burns = burnWindowsOf(definition).map(({ ms }) => ms);
  return Math.max(budgetReachMs(definition.window, from), ...burns);
}
