import type {
  ExplainedQuery,
  ExplainedSource,
  ExplainedWindow,
  Explanation,
  NumberId,
  Step,
} from "#lib/explain/explanation.ts";
import { queryLink } from "#lib/explain/link.ts";
import { exhaustSteps, recoverSteps } from "#lib/explain/outlook.ts";
import { type CountingWay, explainQueries, type UnlinkedQuery } from "#lib/explain/queries.ts";
import { sliceSteps } from "#lib/explain/slices.ts";
import {
  burnSteps,
  coverageSteps,
  remainingSteps,
  sliSteps,
  tierStep,
} from "#lib/explain/steps.ts";
import { wordsOf } from "#lib/explain/words.ts";
import { liftsBelow } from "#lib/policy/policy.ts";
import { badOf, budgetFor, unitOf } from "#lib/slo/budget.ts";
import { windowsOf } from "#lib/slo/evaluate.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { paceWindow } from "#lib/slo/pace.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import { type BurnWindow, tiersOf } from "#lib/slo/tiers.ts";
import { between, type Counts, type TotalsRow } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** All that an explanation is made of. Times in epoch ms. */
export interface ExplainInput {
  readonly id: NumberId;
  readonly definition: SloDefinition;
  /** Exclusive end of the number's window. */
  readonly at: number;
  readonly firstCoveredAt: number | null;
  /** Stored rows at or before both edges of the number's window. */
  readonly start: TotalsRow | null;
  readonly end: TotalsRow | null;
  /** Of a calendar window: counts of the last 28 d. */
  readonly lately?: Counts | null;
  /** Times that do not count, merged; the rows are without them already. */
  readonly excluded?: readonly ExcludedSpan[];
  /** Counts of the window whose pace the forecast goes by (`paceWindow`); null = not known. */
  readonly recent: Counts | null;
  readonly status: SloStatus;
  readonly detail: Pick<SloDetail, "liftsAt" | "paceOver">;
  /** `link`: the template of its links; null = people cannot open queries there. */
  readonly source: ExplainedSource & CountingWay & { readonly link: string | null };
}

/**
 * The window over which a number is counted at `at` (epoch ms); null when the SLO has none of that name.
 * @example windowOfNumber("burn-1h", definition, at)?.ms // 3_600_000
 */
export function windowOfNumber(
  id: NumberId,
  definition: SloDefinition,
  at: number,
): BurnWindow | null {
  const label = id.startsWith("burn-") ? id.slice("burn-".length) : definition.window.label;
  return windowsOf(definition, at).find((window) => window.label === label) ?? null;
}

const NOTHING: Counts = { good: 0, total: 0, covered: 0 };

/**
 * How a number came about, from the rows it was made of, in figures a person can check; null when
 * the SLO has no such number.
 * @example explain({ id: "remaining", … })?.steps.at(-1)?.result // "−26.2 %"
 */
export function explain(input: ExplainInput): Explanation | null {
  const { id, definition, at, start, end, source } = input;
  const window = windowOfNumber(id, definition, at);
  if (!window) return null;
  const span = { label: window.label, from: at - window.ms, to: at };
  const difference = end ? between(start ?? end, end) : NOTHING;
  return {
    id,
    ...wordsOf(id, window.label),
    unit: unitOf(definition),
    window: span,
    steps: stepsOf(input, difference),
    rows: { start, end },
    difference,
    queries: explainQueries(definition.sli, source).map((query) => linked(query, source, span)),
    source: { name: source.name, flavour: source.flavour },
  };
}

function linked(
  query: UnlinkedQuery,
  { link }: ExplainInput["source"],
  { from, to }: ExplainedWindow,
): ExplainedQuery {
  const open = (text: string | null) =>
    link && text !== null ? queryLink(link, { query: text, from, to }) : null;
  return { ...query, links: { written: open(query.written), asked: open(query.asked) } };
}

function stepsOf(input: ExplainInput, counts: Counts): Step[] {
  const { id, definition, at, firstCoveredAt, status } = input;
  const slices = sliceSteps(definition);
  if (id === "sli") return [...slices, ...sliSteps(counts)];
  if (id.startsWith("burn-")) return [...slices, ...burnAndTiers(input, counts)];
  const { lately = null, excluded = [] } = input;
  const budget = budgetFor({ definition, counts, at, firstCoveredAt, lately, excluded });
  if (id === "remaining") return [...slices, ...remainingSteps(definition, budget)];
  if (id === "coverage") return coverageSteps(counts.covered, budget);
  if (id === "exhausts") {
    const recentBad = input.recent ? badOf(input.recent) : null;
    const over = paceWindow(input.detail);
    return exhaustSteps({ budget, over, recentBad, when: msOf(status.exhaustsAt) });
  }
  if (id === "recovers") {
    return recoverSteps({ budget, when: msOf(status.recoversAt), below: 1 });
  }
  const below = liftsBelow(definition.policy, status.policyState) ?? 1;
  return recoverSteps({ budget, when: msOf(input.detail.liftsAt), below });
}

function burnAndTiers({ id, definition }: ExplainInput, counts: Counts): Step[] {
  const label = id.slice("burn-".length);
  const tiers = tiersOf(definition);
  const used = tiers.filter((tier) => tier.long === label || tier.short === label);
  return [
    ...burnSteps(definition.objective, counts),
    ...used.map((tier) => tierStep(tier, definition.window)),
  ];
}

function msOf(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}
