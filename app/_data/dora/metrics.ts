import { METRIC_NAMES } from "#app/_data/dora/ask.ts";
import type { MetricFigures, MetricView } from "#components/dora/view.ts";
import { levelOf } from "#lib/dora/level.ts";
import type { Metric } from "#lib/dora/metric.ts";
import type { DoraReport, Metrics } from "#lib/dora/report.ts";
import type { TrendMonth } from "#lib/dora/trend.ts";

interface MetricsAsk {
  readonly report: DoraReport;
  readonly before: DoraReport;
  readonly months: readonly TrendMonth[];
  readonly year: number;
}

/** The five metrics, each with the period before, its level and the line behind it. */
export function metricViews({ report, before, months, year }: MetricsAsk): MetricView[] {
  const deployments = report.metrics.deploymentFrequency.n;
  const { cadence } = report.rhythm;
  return METRIC_NAMES.map((name) => ({
    name,
    now: figuresOf(report.metrics[name]),
    before: figuresOf(before.metrics[name]),
    excluded: report.metrics[name].excluded.reduce((sum, { n }) => sum + n, 0),
    level:
      name === "reworkRate"
        ? null
        : levelOf(name, { metric: report.metrics[name], deployments, cadence, year }),
    trend: months.map(({ month, complete, metrics }) => ({
      month,
      complete,
      ...(metrics[name].flags.includes("partly-synced") ? { partly: true } : {}),
      value: trendValue(name, metrics),
    })),
  }));
}

/** Months differ in length, so their line is one of deployments per day. */
function trendValue(name: keyof Metrics, metrics: Metrics): number | null {
  const { value, perDay } = metrics[name];
  return name === "deploymentFrequency" && value !== null ? (perDay ?? null) : value;
}

export function figuresOf({ rows: _rows, excluded: _excluded, ...figures }: Metric): MetricFigures {
  return figures;
}

/** The five metrics of a service, for a line of a table. */
export function lineOf(metrics: Metrics): Readonly<Record<keyof Metrics, MetricFigures>> {
  return {
    deploymentFrequency: figuresOf(metrics.deploymentFrequency),
    leadTime: figuresOf(metrics.leadTime),
    changeFailureRate: figuresOf(metrics.changeFailureRate),
    recoveryTime: figuresOf(metrics.recoveryTime),
    reworkRate: figuresOf(metrics.reworkRate),
  };
}
