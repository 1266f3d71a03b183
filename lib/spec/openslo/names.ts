import type { Findings } from "#lib/spec/findings.ts";
import { isSlug, slugOf } from "#lib/spec/names.ts";
import type { Envelope } from "#lib/spec/openslo/envelope.ts";
import type { Objective } from "#lib/spec/openslo/objectives.ts";

/**
 * The name of each objective's own SLO: the document's name, and with several objectives also what
 * each is called, else its number. Null where that cannot be a name.
 * @example nameObjectives(envelope of "api", [{ displayName: "Strict" }, {}], findings) // ["api-Strict", "api-2"]
 */
export function nameObjectives(
  { name }: Envelope,
  objectives: readonly Objective[],
  findings: Findings,
): (string | null)[] {
  const [only] = objectives;
  if (name === null) return objectives.map(() => null);
  if (objectives.length === 1 && only) {
    if (only.displayName) tellLost(only, findings);
    return [name];
  }
  return objectives.map((objective, i) => {
    const own = `${name}-${slugOf(objective.displayName ?? "") ?? i + 1}`;
    if (!isSlug(own)) return findings.error(objective.node, "bad-name", TOO_LONG);
    findings.loss(objective.node, "objective-named", `becomes an SLO of its own, ${own}`);
    return own;
  });
}

const TOO_LONG = "gives a name of more than 100 characters; shorten displayName";

function tellLost({ node }: Objective, findings: Findings): void {
  findings.loss(node, "not-carried", "the objective's displayName is not carried over");
}
