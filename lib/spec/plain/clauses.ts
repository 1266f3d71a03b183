import { DEFAULT_CLAUSES } from "#lib/policy/clauses.ts";
import { type Fields, readList, readNumber, wrongKind } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import type { PolicyClauses, PolicyExemption, SloDefinition } from "#lib/spec/model.ts";
import { shareOfPercent } from "#lib/spec/share.ts";

/** What a policy may say beside its thresholds. */
export const CLAUSES = ["postmortem_above", "planning_above", "exempt", "experiments"];

/**
 * The clauses of a policy; nothing where none of their fields is there.
 * @example readClauses(fields of "{ postmortem_above: 0.2 }", findings).clauses?.exempt // ["p0", "security"]
 */
export function readClauses(fields: Fields, findings: Findings): Pick<SloDefinition, "clauses"> {
  const given = CLAUSES.filter((name) => fields.get(name) !== null);
  if (given.length === 0) return {};
  return {
    clauses: {
      postmortemAbove: readAbove(fields.get("postmortem_above"), findings),
      planningAbove: readAbove(fields.get("planning_above"), findings),
      exempt: readExempt(fields.get("exempt"), findings) ?? DEFAULT_CLAUSES.exempt,
      ...readExperiments(fields.get("experiments"), findings),
    },
  };
}

function readAbove(node: Located | null, findings: Findings): number | null {
  const share = readNumber(node, findings);
  if (share === null || node === null || (share > 0 && share <= 1)) return share;
  const meant = share > 1 && share <= 100 ? `; write ${shareOfPercent(share)}` : "";
  const message = `must be a share of the budget above 0 and at most 1, got ${describe(node)}${meant}`;
  return findings.error(node, "policy-range", message);
}

function readExempt(node: Located | null, findings: Findings): PolicyExemption[] | null {
  const items = readList(node, findings);
  return items && [...new Set(items.flatMap((item) => exemption(item, findings) ?? []))];
}

function exemption(item: Located, findings: Findings): PolicyExemption | null {
  if (item.kind === "text" && (item.value === "p0" || item.value === "security")) return item.value;
  return wrongKind(item, "p0 or security", findings);
}

/** `count` is what goes without saying. */
function readExperiments(
  node: Located | null,
  findings: Findings,
): Pick<PolicyClauses, "experiments"> {
  if (node === null) return {};
  const said = node.kind === "text" ? node.value : "";
  if (said === "exclude") return { experiments: "exclude" };
  if (said !== "count") wrongKind(node, "count or exclude", findings);
  return {};
}
