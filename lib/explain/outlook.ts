import type { Step } from "#lib/explain/explanation.ts";
import { count, utc } from "#lib/explain/figures.ts";
import type { Budget } from "#lib/slo/budget.ts";
import { lastWords } from "#lib/slo/pace.ts";
import type { BurnWindow } from "#lib/slo/tiers.ts";
import { HOUR } from "#lib/time/duration.ts";

/** What the evaluation said, epoch ms; null = does not happen. */
export interface OutlookFigures {
  readonly budget: Budget;
  /** The window that shows the pace, and its bad events; null = not known. */
  readonly over: BurnWindow;
  readonly recentBad: number | null;
  readonly when: number | null;
}

export interface RecoverFigures extends Pick<OutlookFigures, "budget" | "when"> {
  /** Share of the budget below which the state is left. */
  readonly below: number;
}

/**
 * Why the budget runs out when it does: the pace of the window, while old bad events roll off.
 * @example exhaustSteps(figures).at(-1)?.result // "2026-07-01 10:00 UTC"
 */
export function exhaustSteps({ budget, over, recentBad, when }: OutlookFigures): Step[] {
  const hours = over.ms / HOUR;
  const left = budget.budgetTotal === null ? null : budget.budgetTotal - budget.bad;
  return [
    {
      name: "left",
      formula: "budget − bad",
      filled: `${maybe(budget.budgetTotal)} − ${count(budget.bad)}`,
      result: maybe(left),
    },
    {
      name: "pace",
      formula: `bad events of the last ${lastWords(over.label)} / ${count(hours)}`,
      filled: `${maybe(recentBad)} / ${count(hours)}`,
      result: recentBad === null ? "not known" : `${count(recentBad / hours)} per hour`,
    },
    {
      name: "runs out",
      formula: "first minute at which pace × time − rolled off ≥ left",
      filled: `${maybe(left)} left`,
      result: when === null ? "not within one window" : utc(when),
    },
  ];
}

/**
 * Why the budget is back, or a block lifts, when it is: so many bad events must have left the window.
 * @example recoverSteps(figures)[0]?.name // "must roll off"
 */
export function recoverSteps({ budget, when, below }: RecoverFigures): Step[] {
  const limit = budget.budgetTotal === null ? null : budget.budgetTotal * below;
  const excess = limit === null ? null : Math.max(0, budget.bad - limit);
  return [
    {
      name: "must roll off",
      formula: below === 1 ? "bad − budget" : `bad − budget × ${below}`,
      filled: `${count(budget.bad)} − ${maybe(limit)}`,
      result: maybe(excess),
    },
    {
      name: "happens",
      formula: "first minute at which more than that many have left the window, if nothing fails",
      filled: `of ${count(budget.bad)} bad in the window`,
      result: when === null ? "not known" : utc(when),
    },
  ];
}

function maybe(value: number | null): string {
  return value === null ? "not known" : count(value);
}
