import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { CostInput } from "#lib/dora/costInput.ts";
import { budgetOfRows } from "#lib/slo/budgetOfRows.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { periodOf } from "#lib/slo/period.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { DAY } from "#lib/time/duration.ts";

/** So long before a window a deployment's watch may begin, and as long again what it is compared with. */
export const LEAD_MS = 2 * DAY;

/** An SLO's window that ends at `to` (epoch ms), with what was counted in it. */
export interface BudgetWindow {
  readonly service: string;
  readonly name: string;
  readonly definition: SloDefinition;
  readonly firstCoveredAt: number | null;
  /** Ascending, from LEAD_MS before the window on. */
  readonly rows: readonly TotalsRow[];
  /** What does not count, merged; the rows are without it. */
  readonly excluded?: readonly ExcludedSpan[];
  readonly to: number;
}

/** What the costs of a window are computed from; null when its budget is not known. */
export function costInputOf(known: KnownDelivery, window: BudgetWindow): CostInput | null {
  const { definition, rows, to, firstCoveredAt, service } = window;
  const { excluded = [] } = window;
  const budget = budgetOfRows({ definition, rows, at: to, firstCoveredAt, excluded });
  if (!budget?.budgetTotal) return null;
  const { budgetTotal } = budget;
  const { from } = periodOf(definition.window, to);
  return {
    ...{ rows, from, to, budgetTotal },
    incidents: incidentsIn(known, service, { from: from - LEAD_MS, to }),
    deployments: deploymentsIn(known, service, { from: from - DAY, to }),
    burnAlerts: known.facts.burnAlerts.filter(
      (alert) => alert.service === service && alert.slo === window.name,
    ),
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Those that lasted at some time of a span, each with the deployment that caused it. */
function incidentsIn({ delivery }: KnownDelivery, service: string, { from, to }: Span) {
  return delivery.incidents
    .filter((incident) => incident.service === service && incident.startedAt < to)
    .filter(({ resolvedAt }) => resolvedAt === null || resolvedAt > from)
    .map(({ id, startedAt, resolvedAt }) => ({
      ...{ id, startedAt, resolvedAt },
      deploymentId: delivery.attributions.get(id)?.deploymentId ?? null,
    }));
}

function deploymentsIn({ delivery }: KnownDelivery, service: string, { from, to }: Span) {
  return delivery.verdicts
    .map(({ deployment }) => deployment)
    .filter((one) => one.service === service && one.finishedAt >= from && one.finishedAt < to);
}
