import { type Budget, unitOf } from "#lib/slo/budget.ts";
import { reaches } from "#lib/slo/compare.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import {
  type PastInput,
  type PastWindow,
  pastBudget,
  pastWindows,
} from "#lib/whatif/pastWindows.ts";

/** Objectives that people write, ascending. */
const USUAL = [
  0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9999, 0.99995, 0.99999,
] as const;

/** Kept with a margin: even the worst window leaves a quarter of its budget. */
const MOST_SPENT = 0.75;

/** With less to spend in a window, in events or minutes, one failure decides. */
const LEAST_BUDGET = 5;

/** What one past window would have been at the objective. */
export interface WindowAtObjective {
  /** Exclusive end, epoch ms. */
  readonly end: number;
  readonly sli: number;
  /** Share of the budget. */
  readonly consumed: number;
  /** What might have failed in it, in events or minutes. */
  readonly budgetTotal: number;
}

/** An objective that the past would have kept, or why there is none to suggest. */
export type Suggestion = {
  readonly window: string;
  readonly unit: "events" | "minutes";
  /** Past windows that were looked at, a calendar period that is not over included. */
  readonly windows: number;
  /** How many windows the history holds one after the other. */
  readonly inARow: number;
} & (
  | {
      readonly kind: "objective";
      readonly objective: number;
      readonly worst: WindowAtObjective;
      readonly typical: WindowAtObjective;
      /** What keeps it from the next higher one. */
      readonly limit: "spent" | "traffic" | "highest";
    }
  | { readonly kind: "short"; readonly knownMs: number; readonly neededMs: number }
  | { readonly kind: "traffic"; readonly budgetTotal: number }
  | { readonly kind: "missed"; readonly worstSli: number }
);

export interface SuggestionInput extends PastInput {
  readonly definition: Pick<SloDefinition, "objective" | "window" | "sli" | "budgeting">;
  /** Time since the first covered minute (ms). */
  readonly knownMs: number;
}

/**
 * The highest usual objective that every window of the past would have kept with a quarter of its
 * budget left, and whose budget in a typical whole window is at least 5 events or minutes. A calendar
 * period that is not over may be the worst, but says nothing for an objective.
 * @example suggestObjective(input).kind // "short": no whole window is known yet
 */
export function suggestObjective(input: SuggestionInput): Suggestion {
  const { definition, knownMs } = input;
  const past = pastWindows(input).toSorted((a, b) => a.failed - b.failed);
  const worst = past.at(-1);
  const whole = past.filter((each) => each.whole);
  const typical = whole[(whole.length - 1) >> 1];
  const window = { window: definition.window.label, unit: unitOf(definition) };
  const of = { ...window, windows: past.length, inARow: knownMs / definition.window.ms };
  if (!worst || !typical) {
    return { ...of, kind: "short", knownMs, neededMs: definition.window.ms };
  }
  return { ...of, ...chosen({ worst, typical }, input) };
}

interface Pair {
  readonly worst: PastWindow;
  readonly typical: PastWindow;
}

type Chosen = Suggestion extends infer S
  ? S extends Suggestion
    ? Omit<S, "window" | "unit" | "windows" | "inARow">
    : never
  : never;

function chosen({ worst, typical }: Pair, input: SuggestionInput): Chosen {
  const at = (objective: number) => ({
    objective,
    worst: pastBudget(objective, worst, input),
    typical: pastBudget(objective, typical, input),
  });
  const tried = USUAL.map(at);
  const lowest = at(USUAL[0]);
  const best = tried.findLastIndex((each) => limitOf(each) === null);
  const found = tried[best];
  if (!found) {
    return limitOf(lowest) === "traffic"
      ? { kind: "traffic", budgetTotal: lowest.typical.budgetTotal ?? 0 }
      : { kind: "missed", worstSli: 1 - worst.failed };
  }
  const next = tried[best + 1];
  return {
    kind: "objective",
    objective: found.objective,
    worst: windowAt(worst, found.worst),
    typical: windowAt(typical, found.typical),
    limit: (next ? limitOf(next) : null) ?? "highest",
  };
}

/** What stands against an objective; null = nothing. Too little traffic is told first: it is no verdict. */
function limitOf(of: { readonly worst: Budget; readonly typical: Budget }) {
  if (!reaches(of.typical.budgetTotal ?? 0, LEAST_BUDGET)) return "traffic";
  const spent = of.worst.consumed ?? Number.POSITIVE_INFINITY;
  return reaches(MOST_SPENT, spent) ? null : "spent";
}

function windowAt({ end, failed }: PastWindow, budget: Budget): WindowAtObjective {
  const { consumed, budgetTotal } = budget;
  return { end, sli: 1 - failed, consumed: consumed ?? 0, budgetTotal: budgetTotal ?? 0 };
}
