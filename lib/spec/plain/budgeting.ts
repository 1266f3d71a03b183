import { readFixedDuration } from "#lib/spec/durations.ts";
import { type Fields, openMap, readNumber, readText, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { Budgeting } from "#lib/spec/model.ts";
import { DAY } from "#lib/time/duration.ts";

/**
 * How the budget is spent: by time slices, or (null) by occurrences.
 * @example readBudgeting(node of "{ method: timeslices, target: 0.95, window: 5m }", findings)?.method // "timeslices"
 */
export function readBudgeting(node: Located | null, findings: Findings): Budgeting | null {
  const fields = node && openMap(node, ["method", "target", "window"], findings);
  if (!fields) return null;
  const methodNode = requireField(fields, "method", { write: "method: timeslices", findings });
  const method = readText(methodNode, findings);
  if (method === "timeslices" || method === "ratio_timeslices") {
    return readSlices(fields, method, findings);
  }
  for (const part of [fields.get("target"), fields.get("window")]) {
    if (part && method === "occurrences")
      findings.error(part, "slice-range", "goes with time slices; take it out");
  }
  if (method === null || methodNode === null || method === "occurrences") return null;
  const message = `must be occurrences, timeslices or ratio_timeslices, got ${describe(methodNode)}`;
  return findings.error(methodNode, "wrong-type", message);
}

function readSlices(
  fields: Fields,
  method: "timeslices" | "ratio_timeslices",
  findings: Findings,
): Budgeting | null {
  const windowNode = requireField(fields, "window", { write: "window: 5m", findings });
  const windowMs = readFixedDuration(windowNode, findings);
  if (windowNode && windowMs !== null && windowMs > DAY) {
    const message = `must be at most 1d, got ${describe(windowNode)}`;
    return findings.error(windowNode, "slice-range", message);
  }
  if (method === "ratio_timeslices") {
    const target = fields.get("target");
    if (target) findings.error(target, "slice-range", "goes with timeslices; take it out");
    return windowMs === null ? null : { method: "ratioTimeslices", windowMs };
  }
  const targetNode = requireField(fields, "target", { write: "target: 0.95", findings });
  const target = readNumber(targetNode, findings);
  if (targetNode && target !== null && (target <= 0 || target > 1)) {
    const message = `must be above 0 and at most 1, got ${describe(targetNode)}`;
    return findings.error(targetNode, "slice-range", message);
  }
  if (windowMs === null || target === null) return null;
  return { method: "timeslices", target, windowMs };
}
