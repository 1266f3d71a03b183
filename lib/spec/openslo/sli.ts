import { lintThreshold } from "#lib/promql/quantile.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import type { Indicator } from "#lib/spec/openslo/indicator.ts";
import type { Objective } from "#lib/spec/openslo/objectives.ts";

/**
 * What is measured: of a value, with what the objective says is good. Null when that is missing.
 * @example sliOf(indicator of a thresholdMetric, objective with "op: lte, value: 1", findings)?.kind // "threshold"
 */
export function sliOf(
  { measured }: Indicator,
  { comparison, node }: Objective,
  findings: Findings,
): SliDefinition | null {
  if (measured.kind !== "value") return measured;
  if (comparison === null) return null;
  const { op, value } = comparison;
  findings.loss(
    node,
    "threshold-minutes",
    `counted in minutes: one is good when the value is ${op} ${value}`,
  );
  for (const { code, message } of lintThreshold(measured.query)) findings.lint(node, code, message);
  return { kind: "threshold", query: measured.query, op, threshold: value };
}
