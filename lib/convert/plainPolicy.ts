import { isDefaultPolicy } from "#lib/convert/lost.ts";
import type { PolicyClauses, PolicyThreshold, SloDefinition } from "#lib/spec/model.ts";

/**
 * The error budget policy of a plain document; nothing where the default one counts.
 * @example writeBudgetPolicy({ policy: DEFAULT_POLICY }) // {}
 */
export function writeBudgetPolicy({
  policy,
  clauses,
}: Pick<SloDefinition, "policy" | "clauses">): object {
  const thresholds = isDefaultPolicy(policy) ? null : policy.map(writeThreshold);
  if (!clauses) return thresholds ? { error_budget_policy: thresholds } : {};
  const said = { ...(thresholds ? { thresholds } : {}), ...writeClauses(clauses) };
  return { error_budget_policy: said };
}

/** The name is left out where it follows from the action, and the gate where it follows from the level. */
function writeThreshold({ threshold, action, name, gate }: PolicyThreshold): object {
  const ownName = name === (action.split(";")[0]?.trim() || action) ? {} : { name };
  const ownGate = gate === (threshold >= 1 ? "block" : "allow") ? {} : { gate };
  return { threshold, action, ...ownName, ...ownGate };
}

function writeClauses({ postmortemAbove, planningAbove, exempt, experiments }: PolicyClauses) {
  return {
    ...(postmortemAbove === null ? {} : { postmortem_above: postmortemAbove }),
    ...(planningAbove === null ? {} : { planning_above: planningAbove }),
    exempt,
    ...(experiments ? { experiments } : {}),
  };
}
