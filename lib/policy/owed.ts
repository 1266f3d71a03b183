import { type IncidentCost, incidentCosts } from "#lib/dora/incidentCost.ts";
import { spendingOf } from "#lib/dora/spend.ts";
import { clausesOf } from "#lib/policy/clauses.ts";
import { budgetFor } from "#lib/slo/budget.ts";
import { exceeds } from "#lib/slo/compare.ts";
import { clipSpans, type ExcludedSpan } from "#lib/slo/excluded.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";
import type { PolicyClauses, SloDefinition } from "#lib/spec/model.ts";
import { DAY } from "#lib/time/duration.ts";
import { quarterOf, quarterSpan } from "#lib/time/quarter.ts";

/** What a clause of a policy may ask for. */
export type OwedKind = "postmortem" | "planning";

/** An SLO whose policy may have clauses. Times are epoch ms. */
export interface OwingSlo {
  readonly id: number;
  readonly service: string;
  readonly name: string;
  readonly definition: Pick<SloDefinition, "objective" | "window" | "sli" | "budgeting"> & {
    readonly clauses?: PolicyClauses;
  };
  readonly firstCoveredAt: number | null;
}

/** An incident of the SLO's service. */
export interface OwingIncident {
  readonly id: string;
  readonly startedAt: number;
  /** Null while it lasts. */
  readonly resolvedAt: number | null;
  /** What kind of trouble it was; null = not said. */
  readonly incidentClass: string | null;
}

/** A stretch of time whose budget is to be looked at: for one incident, or for a class of them. */
export type Look = { readonly from: number; readonly to: number; readonly windowMs: number } & (
  | { readonly kind: "postmortem"; readonly incidentId: string }
  | { readonly kind: "planning"; readonly incidentClass: string; readonly quarter: string }
);

/** A quarter that has just ended is looked at for so long, for what was told late. */
const LATE_MS = 7 * DAY;

/**
 * Which budgets an SLO's clauses ask about at `now` (epoch ms): for each incident of its window the
 * newest window that holds its start, for each class the quarter under way. None without clauses.
 * @example looksOf(slo, incidents, now).map(({ kind }) => kind) // ["postmortem", "planning"]
 */
export function looksOf(
  { definition }: Pick<OwingSlo, "definition">,
  incidents: readonly OwingIncident[],
  now: number,
): Look[] {
  const { postmortemAbove, planningAbove } = clausesOf(definition);
  return [
    ...(postmortemAbove === null ? [] : incidentLooks(definition.window.ms, incidents, now)),
    ...(planningAbove === null ? [] : classLooks(incidents, now)),
  ];
}

function incidentLooks(windowMs: number, incidents: readonly OwingIncident[], now: number): Look[] {
  return incidents
    .filter(({ startedAt }) => startedAt > now - windowMs && startedAt < now)
    .map(({ id, startedAt, resolvedAt }) => {
      const to = resolvedAt === null ? now : Math.min(now, startedAt + windowMs);
      return { kind: "postmortem", incidentId: id, from: to - windowMs, to, windowMs };
    });
}

function classLooks(incidents: readonly OwingIncident[], now: number): Look[] {
  const quarters = new Set([quarterOf(now), quarterOf(now - LATE_MS)]);
  return [...quarters].flatMap((quarter) => {
    const span = quarterSpan(quarter);
    if (!span) return [];
    const { from, to: end } = span;
    const to = Math.min(now, end);
    const lasted = incidents.filter(
      ({ startedAt, resolvedAt }) => startedAt < to && (resolvedAt ?? now) > from,
    );
    const classes = new Set(lasted.flatMap(({ incidentClass }) => incidentClass ?? []));
    return [...classes].map((incidentClass): Look => {
      return { kind: "planning", incidentClass, quarter, from, to, windowMs: end - from };
    });
  });
}

/** What is owed: more than `above` of the budget was spent by it. */
export interface OwedCandidate {
  /** What it is owed for, so that it is owed once. */
  readonly key: string;
  readonly look: Look;
  readonly share: number;
  readonly above: number;
}

export interface OwedInput {
  readonly slo: OwingSlo;
  readonly looks: readonly Look[];
  readonly incidents: readonly OwingIncident[];
  /** Ascending; at least around the edges of the looks, the incidents and the excluded times. */
  readonly rows: readonly TotalsRow[];
  /** Times that do not count, merged. */
  readonly excluded: readonly ExcludedSpan[];
}

/**
 * What the clauses of an SLO ask for: a postmortem for each incident, planned work for each class of
 * incidents, that spent more than the clause's share of the budget; exactly as much is not more.
 * Incidents that last at the same time share what is spent then.
 * @example owedBy(input).map(({ key }) => key) // ["postmortem:12:github:7"]
 */
export function owedBy({ slo, looks, incidents, ...counted }: OwedInput): OwedCandidate[] {
  const clauses = clausesOf(slo.definition);
  const { excluded } = counted;
  const rows = withoutSpans(counted.rows, excluded);
  const spending = spendingOf(rows);
  const bare = incidents.map((incident) => ({ ...incident, deploymentId: null }));
  return looks.flatMap((look) => {
    const above = look.kind === "postmortem" ? clauses.postmortemAbove : clauses.planningAbove;
    const budget = budgetOfLook(slo, look, { rows, excluded });
    if (above === null || !budget) return [];
    const { costs } = incidentCosts(bare, look, spending);
    const share = badOf(look, costs, incidents) / budget;
    return exceeds(share, above) ? [{ key: keyOf(slo, look), look, share, above }] : [];
  });
}

/** In events or minutes; null while nothing is known. */
function budgetOfLook(
  slo: OwingSlo,
  look: Look,
  { rows, excluded }: Pick<OwedInput, "rows" | "excluded">,
): number | null {
  const { from, to, windowMs } = look;
  const counts = countsOf(rows, to, to - from);
  if (!counts || slo.firstCoveredAt === null) return null;
  const window = { kind: "rolling", ms: windowMs, label: "" } as const;
  const firstCoveredAt = Math.max(from, slo.firstCoveredAt);
  const definition = { ...slo.definition, window };
  // Of a quarter under way the window reaches back before it: what was left out there is none of its.
  const own = clipSpans(excluded, from, to);
  return budgetFor({ definition, counts, at: to, firstCoveredAt, excluded: own }).budgetTotal;
}

function badOf(
  look: Look,
  costs: readonly IncidentCost[],
  incidents: readonly OwingIncident[],
): number {
  const classes = new Map(incidents.map(({ id, incidentClass }) => [id, incidentClass]));
  return costs
    .filter(({ incident: { id } }) =>
      look.kind === "postmortem" ? id === look.incidentId : classes.get(id) === look.incidentClass,
    )
    .reduce((sum, { bad }) => sum + bad, 0);
}

function keyOf({ id }: OwingSlo, look: Look): string {
  return look.kind === "postmortem"
    ? `postmortem:${id}:${look.incidentId}`
    : `planning:${id}:${look.incidentClass}:${look.quarter}`;
}
