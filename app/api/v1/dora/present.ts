import type { Metric } from "#lib/dora/metric.ts";
import type { DoraReport } from "#lib/dora/report.ts";

/** A report as API v1 writes it: times as ISO 8601 in UTC, durations in ms, shares as ratios. */
export function presentDora({ window, metrics }: DoraReport) {
  return {
    window: { from: iso(window.from), to: iso(window.to), zone: window.zone },
    metrics: {
      deploymentFrequency: presentMetric(metrics.deploymentFrequency),
      leadTime: presentMetric(metrics.leadTime),
      changeFailureRate: presentMetric(metrics.changeFailureRate),
      recoveryTime: presentMetric(metrics.recoveryTime),
      reworkRate: presentMetric(metrics.reworkRate),
    },
  };
}

function presentMetric(metric: Metric) {
  return {
    ...metric,
    ...(metric.known ? { known: { from: iso(metric.known.from), to: iso(metric.known.to) } } : {}),
    excluded: metric.excluded.map((exclusion) => ({ ...exclusion, at: iso(exclusion.at) })),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
