import { DEFAULT_POLICY, HEALTHY } from "#lib/policy/policy.ts";
import {
  openMap,
  readList,
  readNumber,
  readText,
  requireField,
  wrongKind,
} from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { PolicyThreshold, SloDefinition } from "#lib/spec/model.ts";
import { CLAUSES, readClauses } from "#lib/spec/plain/clauses.ts";
import { shareOfPercent } from "#lib/spec/share.ts";

const FIELDS = ["threshold", "action", "name", "gate"];

/** More than ten budgets spent is a percentage that was meant. */
const MAX_THRESHOLD = 10;

/** As an SLO's definition holds it: without clauses where the default ones are meant. */
export type BudgetPolicy = Pick<SloDefinition, "policy" | "clauses">;

/**
 * An error budget policy: a list of thresholds, or a map of them and of clauses; the default policy
 * when the field is absent.
 * @example readPolicy(null, findings).policy === DEFAULT_POLICY // true
 */
export function readPolicy(node: Located | null, findings: Findings): BudgetPolicy {
  if (node?.kind !== "map") return { policy: readThresholds(node, findings) };
  const fields = openMap(node, ["thresholds", ...CLAUSES], findings);
  if (!fields) return { policy: DEFAULT_POLICY };
  const clauses = readClauses(fields, findings);
  return { policy: readThresholds(fields.get("thresholds"), findings), ...clauses };
}

function readThresholds(node: Located | null, findings: Findings): readonly PolicyThreshold[] {
  if (node === null) return DEFAULT_POLICY;
  const items = readList(node, findings);
  if (items?.length === 0) findings.error(node, "empty-field", EMPTY);
  const read = (items ?? []).map((item) => ({ item, threshold: readThreshold(item, findings) }));
  const seen: PolicyThreshold[] = [];
  for (const { item, threshold } of read) {
    if (threshold === null) continue;
    const twice = repeated(threshold, seen);
    if (twice) findings.error(item, "policy-repeated", twice);
    seen.push(threshold);
  }
  return seen.toSorted((a, b) => a.threshold - b.threshold);
}

const EMPTY = "must hold at least one threshold; take the field out for the default policy";

function readThreshold(item: Located, findings: Findings): PolicyThreshold | null {
  const fields = openMap(item, FIELDS, findings);
  if (!fields) return null;
  const write = (example: string) => ({ write: example, findings });
  const threshold = readLevel(requireField(fields, "threshold", write("threshold: 1.0")), findings);
  const action = readText(
    requireField(fields, "action", write("action: what is to be done")),
    findings,
  );
  const name = readText(fields.get("name"), findings);
  const gate = readGate(fields.get("gate"), findings);
  if (threshold === null || action === null) return null;
  return {
    threshold,
    action,
    name: name ?? (action.split(";")[0]?.trim() || action),
    gate: gate ?? (threshold >= 1 ? "block" : "allow"),
  };
}

/**
 * The level of a threshold as a share of the budget, above 0 and at most 10.
 * @example readLevel(node of "50", findings) // null, and an error that says: write 0.5
 */
export function readLevel(node: Located | null, findings: Findings): number | null {
  const value = readNumber(node, findings);
  if (value === null || node === null || (value > 0 && value <= MAX_THRESHOLD)) return value;
  const meant = value > MAX_THRESHOLD ? `; write ${shareOfPercent(value)}` : "";
  const message = `must be a share of the budget above 0 and at most ${MAX_THRESHOLD}, got ${describe(node)}${meant}`;
  return findings.error(node, "policy-range", message);
}

function readGate(node: Located | null, findings: Findings): PolicyThreshold["gate"] | null {
  if (node === null) return null;
  if (node.kind === "text" && (node.value === "allow" || node.value === "block")) return node.value;
  return wrongKind(node, "allow or block", findings);
}

function repeated(threshold: PolicyThreshold, seen: readonly PolicyThreshold[]): string | null {
  if (seen.some((t) => t.threshold === threshold.threshold)) {
    return `is the second threshold at ${threshold.threshold}; put both actions into one`;
  }
  if (threshold.name !== HEALTHY && !seen.some((t) => t.name === threshold.name)) return null;
  return `has the same state name as another threshold, “${threshold.name}”; give it its own “name”`;
}
