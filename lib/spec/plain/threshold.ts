import type { MetricKind } from "#lib/promql/kind.ts";
import { lintThreshold } from "#lib/promql/quantile.ts";
import { type Fields, readNumber, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { SliDefinition, ThresholdOp } from "#lib/spec/model.ts";
import { readMinutesObjective } from "#lib/spec/plain/objective.ts";

export interface ThresholdFields {
  readonly slo: Fields;
  readonly sli: Fields;
  readonly metric: Located;
  readonly query: string;
  readonly kind: Exclude<MetricKind, { kind: "events" }>;
}

/**
 * A minute is good when `value op threshold`; the objective is the share of good minutes.
 * @example readThreshold(fields of "{ sli: { metric: q, op: lt }, target: 5 }", findings)?.sli // { kind: "threshold", op: "lt", … }
 */
export function readThreshold(
  given: ThresholdFields,
  findings: Findings,
): { sli: SliDefinition; objective: number } | null {
  const { slo, metric, query } = given;
  const op = readOp(given, findings);
  const own = either(given, "threshold", findings);
  const write = { write: "target: with the limit in the metric's unit", findings };
  const threshold = readNumber(own ?? requireField(slo, "target", write), findings);
  const objective = readMinutesObjective(slo, own === null, findings);
  if (op === null || threshold === null || objective === null) return null;
  const message = `counted in minutes: one is good when the value is ${SAID[op]} ${threshold}`;
  findings.loss(metric, "threshold-minutes", message);
  for (const { code, message } of lintThreshold(query)) findings.lint(metric, code, message);
  return { sli: { kind: "threshold", query, op, threshold }, objective };
}

/** A field that may stand in the SLI or in the SLO, but not in both. */
function either({ slo, sli }: ThresholdFields, name: string, findings: Findings): Located | null {
  const [inner, outer] = [sli.get(name), slo.get(name)];
  if (inner && outer)
    findings.error(outer, "field-twice", `stands in sli.${name} as well; keep one of them`);
  return inner ?? outer;
}

const SAID: Readonly<Record<ThresholdOp, string>> = {
  lt: "below",
  lte: "at most",
  gt: "above",
  gte: "at least",
};
const SIGNS: Readonly<Record<string, ThresholdOp>> = {
  "<": "lt",
  "<=": "lte",
  ">": "gt",
  ">=": "gte",
};

function readOp(given: ThresholdFields, findings: Findings): ThresholdOp | null {
  const node = either(given, "op", findings);
  if (node === null) return assumedOp(given, findings);
  const written = node.kind === "text" ? node.value : "";
  const op = (Object.keys(SAID) as ThresholdOp[]).find((name) => name === written);
  if (op) return op;
  const sign = Object.hasOwn(SIGNS, written) ? `; write ${SIGNS[written]}` : "";
  return findings.error(node, "bad-op", `must be lt, lte, gt or gte, got ${describe(node)}${sign}`);
}

function assumedOp({ kind, metric, slo }: ThresholdFields, findings: Findings): ThresholdOp | null {
  if (kind.kind === "quantile") return "lte";
  const { line, column } = metric;
  const at = { line, column, path: `${slo.node.path}.op` };
  const message = `is missing: ${kind.why}; write op: lte (good up to the target) or op: gte (good from it on)`;
  return findings.error(at, "missing-op", message);
}
