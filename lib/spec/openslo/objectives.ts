import {
  type Fields,
  openMap,
  readNote,
  readNumber,
  readText,
  requireField,
} from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { Budgeting, ThresholdOp } from "#lib/spec/model.ts";
import { present } from "#lib/spec/names.ts";
import { readFixed } from "#lib/spec/openslo/durations.ts";
import { readPercentTarget, readTarget } from "#lib/spec/openslo/target.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

export type Method = "Occurrences" | "Timeslices" | "RatioTimeslices";

export interface Objective {
  readonly node: Located;
  readonly displayName: string | null;
  /** A ratio in (0,1). */
  readonly objective: number | null;
  readonly comparison: { readonly op: ThresholdOp; readonly value: number } | null;
  readonly budgeting: Budgeting | null;
}

export interface ObjectiveContext {
  readonly method: Method | null;
  /** The SLI gives a value, so the objective says what is good; null when the SLI is not known. */
  readonly isValue: boolean | null;
}

const COMPOSITE = ["indicator", "indicatorRef", "compositeWeight"];
const KNOWN = [
  "displayName",
  "op",
  "value",
  "target",
  "targetPercent",
  "timeSliceTarget",
  "timeSliceWindow",
  ...COMPOSITE,
];

/**
 * One objective of an SLO.
 * @example readObjective(node of "{ target: 0.99 }", { method: "Occurrences", isValue: false }, findings)?.objective // 0.99
 */
export function readObjective(
  node: Located,
  context: ObjectiveContext,
  findings: Findings,
): Objective | null {
  const fields = openMap(node, KNOWN, findings);
  if (!fields) return null;
  for (const name of COMPOSITE) {
    const part = fields.get(name);
    if (part) findings.error(part, "not-supported", COMPOSITES);
  }
  return {
    node,
    displayName: readNote(fields.get("displayName"), findings),
    objective: readShare(fields, findings),
    comparison: readComparison(fields, context.isValue, findings),
    budgeting: readBudgeting(fields, context.method, findings),
  };
}

const COMPOSITES = "SLOs made of several SLIs are not supported; write one SLO for each SLI";

function readShare(fields: Fields, findings: Findings): number | null {
  const [target, percent] = [fields.get("target"), fields.get("targetPercent")];
  if (target && percent) {
    findings.error(percent, "target-twice", "says the same as target; keep one of them");
  }
  if (percent) return readPercentTarget(percent, findings);
  return readTarget(requireField(fields, "target", { write: "target: 0.995", findings }), findings);
}

const OPS: readonly ThresholdOp[] = ["lt", "lte", "gt", "gte"];

function readComparison(
  fields: Fields,
  isValue: boolean | null,
  findings: Findings,
): Objective["comparison"] {
  if (isValue === false) {
    for (const name of present(fields, ["op", "value"])) {
      const node = fields.get(name);
      if (node) findings.error(node, "sli-shape", "goes with a thresholdMetric; take it out");
    }
    return null;
  }
  const [opNode, valueNode] = [fields.get("op"), fields.get("value")];
  if (isValue) {
    requireField(fields, "op", { write: "op: lte (good up to value) or op: gte", findings });
    requireField(fields, "value", { write: "value: with the limit", findings });
  }
  const value = readNumber(valueNode, findings);
  const written = readText(opNode, findings);
  const op = OPS.find((name) => name === written);
  if (written !== null && !op && opNode) {
    findings.error(opNode, "bad-op", `must be lt, lte, gt or gte, got ${describe(opNode)}`);
  }
  return op && value !== null ? { op, value } : null;
}

/** Null for occurrences, and when it has errors. */
function readBudgeting(
  fields: Fields,
  method: Method | null,
  findings: Findings,
): Budgeting | null {
  const [target, window] = [fields.get("timeSliceTarget"), fields.get("timeSliceWindow")];
  for (const node of [
    method === "Timeslices" ? null : target,
    method === "Occurrences" ? window : null,
  ]) {
    if (!node || method === null) continue;
    findings.error(node, "slice-range", `does not go with budgetingMethod: ${method}; take it out`);
  }
  if (method === null || method === "Occurrences") return null;
  const need = (name: string, example: string) =>
    requireField(fields, name, { write: `${name}: ${example}`, findings });
  const windowMs = readSliceWindow(need("timeSliceWindow", "5m"), findings);
  if (method === "RatioTimeslices") {
    return windowMs === null ? null : { method: "ratioTimeslices", windowMs };
  }
  const share = readSliceTarget(need("timeSliceTarget", "0.95"), findings);
  if (windowMs === null || share === null) return null;
  return { method: "timeslices", target: share, windowMs };
}

function readSliceTarget(node: Located | null, findings: Findings): number | null {
  const value = readNumber(node, findings);
  if (value === null || node === null || (value > 0 && value <= 1)) return value;
  return findings.error(
    node,
    "slice-range",
    `must be above 0 and at most 1, got ${describe(node)}`,
  );
}

/** A bare number is minutes. */
function readSliceWindow(node: Located | null, findings: Findings): number | null {
  const ms = node?.kind === "number" ? node.value * MINUTE : readFixed(node, findings);
  if (ms === null || node === null) return null;
  if (ms >= MINUTE && ms <= DAY && ms % MINUTE === 0) return ms;
  const message = `must be from 1m to 1d, in whole minutes, got ${describe(node)}`;
  return findings.error(node, "slice-range", message);
}
