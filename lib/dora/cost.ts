import type { CostInput } from "#lib/dora/costInput.ts";
import { type IncidentCost, incidentCosts, type OutsideIncidents } from "#lib/dora/incidentCost.ts";
import { clearBefore, type IncidentSpan, incidentSpans } from "#lib/dora/incidentSpans.ts";
import { type Spending, spendingOf } from "#lib/dora/spend.ts";
import { type Watch, watchesOf } from "#lib/dora/watch.ts";
import { badOf } from "#lib/slo/budget.ts";
import { between } from "#lib/slo/totals.ts";
import { latestAtOrBefore } from "#lib/slo/windows.ts";

/** One part of what was spent. `share` is of the whole budget, as `consumed` is. */
export interface CostPart {
  readonly kind: "incident" | "deployment";
  readonly id: string;
  /** The deployment that pays: the cause of an incident, or the deployment itself. */
  readonly deploymentId: string | null;
  readonly bad: number;
  readonly share: number;
}

export interface Costs {
  /** Dearest first; those that cost nothing are absent. */
  readonly parts: readonly CostPart[];
  /** What no incident and no deployment explains; always shown. */
  readonly unattributed: { readonly bad: number; readonly share: number };
  /** Deployments without an excess because no time before them is known in which traffic ran clean. */
  readonly uncompared: readonly string[];
  readonly bad: number;
  readonly consumed: number;
}

/**
 * What each incident and each deployment cost of an SLO's budget. Every bad event is spent once: by
 * the incidents that lasted at the time, else by a deployment's excess, else it is unattributed; so the
 * parts and the remainder sum to `consumed`.
 * @example costsOf(input).unattributed.share // 0.04
 */
export function costsOf(input: CostInput): Costs {
  const window = wholeRows(input);
  const spending = spendingOf(input.rows);
  const price = (bad: number) => ({ bad, share: bad / input.budgetTotal });
  const { costs, outside } = incidentCosts(input.incidents, window, spending);
  const spans = incidentSpans(input.incidents);
  const watched = watchesOf(input).map((watch) => ({
    id: watch.id,
    bad: excessOf(watch, { window, spending, outside, spans }),
  }));
  const excesses = watched.flatMap(({ id, bad }) => (bad !== null && bad > 0 ? [{ id, bad }] : []));
  const parts = [
    ...costs.map((cost) => incidentPart(cost, price)),
    ...excesses.map(({ id, bad }) => ({
      kind: "deployment" as const,
      id,
      deploymentId: id,
      ...price(bad),
    })),
  ];
  const attributed = parts.reduce((sum, { bad }) => sum + bad, 0);
  const { bad } = window;
  return {
    parts: parts.sort((a, b) => b.bad - a.bad || (a.id < b.id ? -1 : 1)),
    unattributed: price(withoutCrumbs(bad - attributed)),
    uncompared: watched.flatMap((each) => (each.bad === null ? [each.id] : [])),
    bad,
    consumed: bad / input.budgetTotal,
  };
}

function incidentPart(
  { incident, bad }: IncidentCost,
  price: (bad: number) => Pick<CostPart, "bad" | "share">,
): CostPart {
  const { id, deploymentId } = incident;
  return { kind: "incident", id, deploymentId, ...price(bad) };
}

/** The window as it is summed for `consumed`: from row to row. */
export interface CostWindow {
  readonly from: number;
  readonly to: number;
  readonly bad: number;
}

function wholeRows({ rows, from, to }: CostInput): CostWindow {
  const start = latestAtOrBefore(rows, from) ?? rows[0];
  const end = latestAtOrBefore(rows, to);
  if (!start || !end || end.at <= start.at) return { from, to: from, bad: 0 };
  return { from: start.at, to: end.at, bad: badOf(between(start, end)) };
}

interface Context {
  readonly window: CostWindow;
  readonly spending: Spending;
  readonly outside: OutsideIncidents;
  readonly spans: readonly IncidentSpan[];
}

/**
 * Bad events after a deployment above what the error ratio of as long before it makes of its traffic,
 * both outside incidents; where an incident lasted all that time, of as long before the incident. Null:
 * something went wrong, and there is nothing to compare it with.
 */
function excessOf(watch: Watch, { window, spending, outside, spans }: Context): number | null {
  const from = Math.max(watch.from, window.from);
  const to = Math.min(watch.to, window.to);
  if (to <= from) return 0;
  const after = outside(from, to);
  if (after.bad <= 0) return 0;
  const lengthMs = watch.to - watch.from;
  const end = clearBefore(spans, { at: watch.from, lengthMs });
  const before = outside(end - lengthMs, end);
  if (!spending.reachesBefore(end) || before.total <= 0) return null;
  return Math.max(0, after.bad - (before.bad / before.total) * after.total);
}

/** Sums of fractions leave crumbs: they are not a cost. */
function withoutCrumbs(bad: number): number {
  return bad < 1e-9 ? 0 : bad;
}
