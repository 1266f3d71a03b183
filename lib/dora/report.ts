import { knownPart } from "#lib/dora/absence.ts";
import type { Delivery } from "#lib/dora/delivery.ts";
import { changeFailureRate, deploymentReworkRate } from "#lib/dora/failureRate.ts";
import { deploymentFrequency, type Rhythm, rhythmOf } from "#lib/dora/frequency.ts";
import { type IncidentSummary, incidentSummary } from "#lib/dora/incidents.ts";
import type { FactKind } from "#lib/dora/knowledge.ts";
import { leadTime } from "#lib/dora/leadTime.ts";
import type { Metric } from "#lib/dora/metric.ts";
import { recoveryTime } from "#lib/dora/recovery.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import { type Selection, select } from "#lib/dora/selection.ts";

export type MetricName =
  | "deploymentFrequency"
  | "leadTime"
  | "changeFailureRate"
  | "recoveryTime"
  | "reworkRate";

export type Metrics = Readonly<Record<MetricName, Metric>>;

/** Attempts that ended: apart from the metrics, since users never saw the failed ones. */
export interface PipelineSummary {
  readonly succeeded: number;
  readonly failed: number;
}

/** The numbers of one range. JSON-safe: epoch ms, no maps. */
export interface DoraReport {
  readonly window: { readonly from: number; readonly to: number; readonly zone: string };
  readonly metrics: Metrics;
  readonly rhythm: Rhythm;
  readonly incidents: IncidentSummary;
  readonly pipeline: PipelineSummary;
}

/**
 * The five delivery metrics of `[from, to)`, what stands beside them, and why what is missing is; of
 * all services, or of some. Medians over several are flagged "pooled".
 * @example doraReport(delivery, scope).metrics.leadTime.value // 86_400_000
 */
export function doraReport(
  delivery: Delivery,
  scope: ReportScope,
  services: ReadonlySet<string> | null = null,
): DoraReport {
  const selection = select(delivery, scope, services);
  const { from, to, zone } = scope;
  return {
    window: { from, to, zone },
    metrics: metricsOf(selection),
    rhythm: rhythmOf(selection),
    incidents: incidentSummary(selection),
    pipeline: {
      succeeded: selection.verdicts.length,
      failed: selection.excluded.filter(({ reason }) => reason === "never-succeeded").length,
    },
  };
}

/**
 * The five metrics of a selection of facts.
 * @example metricsOf(selection).changeFailureRate.interval // { low: 0.03, high: 0.56 }, rounded
 */
export function metricsOf(selection: Selection): Metrics {
  const told = (metric: Metric, kinds: readonly FactKind[]) => withKnown(metric, selection, kinds);
  return {
    deploymentFrequency: told(deploymentFrequency(selection), ["deployments"]),
    leadTime: told(leadTime(selection), ["deployments", "changes"]),
    changeFailureRate: told(changeFailureRate(selection), ["deployments", "incidents"]),
    recoveryTime: told(recoveryTime(selection), ["deployments", "incidents"]),
    reworkRate: told(deploymentReworkRate(selection), ["deployments", "changes", "incidents"]),
  };
}

/** A number over facts of which a part is missing says of which time they are there. */
function withKnown(metric: Metric, { scope }: Selection, kinds: readonly FactKind[]): Metric {
  if (!metric.flags.includes("partly-synced")) return metric;
  const known = knownPart(scope, kinds);
  return known ? { ...metric, known } : metric;
}
