import { csvOf, type Row } from "#lib/dora/csv.ts";
import type { Delivery } from "#lib/dora/delivery.ts";
import { judgedIn } from "#lib/dora/failureRate.ts";
import type { DoraReport, MetricName } from "#lib/dora/report.ts";
import {
  CHANGE_COLUMNS,
  changeRows,
  DEPLOYMENT_COLUMNS,
  deploymentRows,
  EXCLUSION_COLUMNS,
  exclusionRows,
} from "#lib/dora/rows.ts";
import type { Selection } from "#lib/dora/selection.ts";

export interface MetricRows {
  readonly kind: "deployments" | "changes";
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/**
 * The rows that a number recomputes from: all changes with a lead time, else all deployments; for the
 * failure rate those of which it can be said whether they failed.
 */
export function rowsBehind(name: MetricName, selection: Selection, delivery: Delivery): MetricRows {
  if (name === "leadTime") {
    return { kind: "changes", columns: CHANGE_COLUMNS, rows: changeRows(selection) };
  }
  const verdicts = name === "changeFailureRate" ? judgedIn(selection) : selection.verdicts;
  const rows = deploymentRows({ ...selection, verdicts }, delivery.previous);
  return { kind: "deployments", columns: DEPLOYMENT_COLUMNS, rows };
}

interface CsvAsk {
  readonly metric: MetricName;
  readonly what: "rows" | "excluded";
  readonly report: DoraReport;
  readonly selection: Selection;
  readonly delivery: Delivery;
}

/** The rows behind a number, or what it leaves out, as CSV. */
export function metricCsv({ metric, what, report, selection, delivery }: CsvAsk): string {
  if (what === "excluded") {
    return csvOf(EXCLUSION_COLUMNS, exclusionRows(report.metrics[metric]));
  }
  const { columns, rows } = rowsBehind(metric, selection, delivery);
  return csvOf(columns, rows);
}
