import type { Step } from "#lib/explain/explanation.ts";
import { count, exact, percent, times } from "#lib/explain/figures.ts";
import { type Budget, badOf, unitOf } from "#lib/slo/budget.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import type { Tier } from "#lib/slo/tiers.ts";
import type { Counts } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const UNKNOWN = "not known";

type Defined = Pick<SloDefinition, "objective" | "window" | "sli" | "budgeting">;

/**
 * Good of total, with the figures of these counts; no traffic has no SLI.
 * @example sliSteps({ good: 99, total: 100, covered: 1 })[1]?.result // "99 %"
 */
export function sliSteps(counts: Counts): Step[] {
  const { good, total } = counts;
  return [
    badStep(counts),
    {
      name: "SLI",
      formula: "good / total",
      filled: `${count(good)} / ${count(total)}`,
      result: total > 0 ? percent(good / total) : `${UNKNOWN}: nothing was counted`,
    },
  ];
}

function badStep({ good, total }: Counts): Step {
  return {
    name: "bad",
    formula: "total − good",
    filled: `${count(total)} − ${count(good)}`,
    result: count(badOf({ good, total })),
  };
}

/**
 * From the counts of the SLO's window to what is left of its budget.
 * @example remainingSteps(definition, budget).at(-1)?.result // "−26.2 %"
 */
export function remainingSteps(definition: Defined, budget: Budget): Step[] {
  const { bad, budgetTotal, consumed, remaining } = budget;
  return [
    badStep({ ...budget, covered: 0 }),
    expectedStep(definition, budget),
    {
      name: "budget",
      formula: "(1 − objective) × expected",
      filled: `${exact(budgetOf(definition.objective))} × ${known(budget.expected, count)}`,
      result: known(budgetTotal, count),
    },
    {
      name: "spent",
      formula: "bad / budget",
      filled: `${count(bad)} / ${known(budgetTotal, count)}`,
      result: known(consumed, percent),
    },
    {
      name: "left",
      formula: "1 − spent",
      filled: `1 − ${known(consumed, exact)}`,
      result: known(remaining, percent),
    },
  ];
}

/** What the whole window is expected to hold: a young SLO is not judged by its first minutes. */
function expectedStep(definition: Defined, { total, basis, expected }: Budget): Step {
  const { wholeMs, countedMs, ratePerMs } = basis;
  const result = known(expected, count);
  if (unitOf(definition) === "minutes") {
    const formula = "minutes of the window";
    return { name: "expected", formula, filled: `${days(wholeMs)} × 1,440`, result };
  }
  if (definition.window.kind === "calendar") {
    const rate = known(ratePerMs === null ? null : ratePerMs * DAY, count);
    return {
      name: "expected",
      formula: "total + time left × daily total of the last 28 d",
      filled: `${count(total)} + ${days(wholeMs - countedMs)} × ${rate}`,
      result,
    };
  }
  return {
    name: "expected",
    formula: "total × window / known history",
    filled: `${count(total)} × ${days(wholeMs)} / ${days(countedMs)}`,
    result,
  };
}

/**
 * The burn rate over one window: the share that failed, in multiples of the share that may.
 * @example burnSteps(0.999, { good: 98, total: 100, covered: 60 }).at(-1)?.result // "20×"
 */
export function burnSteps(objective: number, counts: Counts): Step[] {
  const { good, total } = counts;
  const ratio = total > 0 ? badOf({ good, total }) / total : 0;
  const budget = budgetOf(objective);
  return [
    badStep(counts),
    {
      name: "error ratio",
      formula: "bad / total",
      filled: `${count(badOf({ good, total }))} / ${count(total)}`,
      result: total > 0 ? exact(ratio) : "0: no traffic",
    },
    {
      name: "burn",
      formula: "error ratio / (1 − objective)",
      filled: `${exact(ratio)} / ${exact(budget)}`,
      result: times(ratio / budget),
    },
  ];
}

/**
 * Where a tier's factor comes from.
 * @example tierStep(pageFast, window).result // "14.4×"
 */
export function tierStep(tier: Tier, window: SloDefinition["window"]): Step {
  return {
    name: `${tier.tier} fires above`,
    formula: "budget share × SLO window / long window",
    filled: `${percent(tier.budgetShare)} × ${days(window.ms)} / ${tier.long}`,
    result: times(tier.factor),
  };
}

/**
 * Minutes with an answer, of the minutes since the first one.
 * @example coverageSteps(counts, budget)[0]?.result // "99.4 %"
 */
export function coverageSteps(
  covered: number,
  budget: Pick<Budget, "knownMs" | "coverage">,
): Step[] {
  return [
    {
      name: "coverage",
      formula: "minutes with an answer / known minutes",
      filled: `${count(covered)} / ${count(budget.knownMs / MINUTE)}`,
      result: percent(budget.coverage),
    },
  ];
}

function known(value: number | null, write: (value: number) => string): string {
  return value === null ? UNKNOWN : write(value);
}

function days(ms: number): string {
  return `${count(ms / DAY)} d`;
}
