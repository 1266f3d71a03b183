import { sloRules } from "#lib/rules/group.ts";
import type { RuleLoss } from "#lib/rules/losses.ts";
import type { RuleGroup, RuleOptions } from "#lib/rules/model.ts";
import type { Finding, LocatedSlo } from "#lib/spec/model.ts";

/** The rules of many SLOs, and a loss for everything that they cannot say. */
export interface ExportedRules {
  readonly groups: readonly ServiceGroup[];
  readonly losses: readonly Finding[];
}

/** A rule group and whose it is. */
export interface ServiceGroup extends RuleGroup {
  readonly service: string;
}

/**
 * Rules of every SLO, in the order of their names, so that the same documents give the same text. An
 * SLO that cannot be exported is a loss that says so.
 * @example exportRules(document.slos, options).groups.length // 2
 */
export function exportRules(slos: readonly LocatedSlo[], options: RuleOptions): ExportedRules {
  const ordered = slos.toSorted((a, b) => compare(keyOf(a), keyOf(b)));
  const written = ordered.map(({ definition, place }) => {
    const { group, losses } = sloRules(definition, options);
    const groups = group ? [{ service: definition.service, ...group }] : [];
    return { groups, losses: losses.map((loss) => findingOf(loss, place)) };
  });
  return {
    groups: written.flatMap(({ groups }) => groups),
    losses: written.flatMap(({ losses }) => losses),
  };
}

function keyOf({ definition }: LocatedSlo): string {
  return `${definition.service}/${definition.name}`;
}

/** By code unit: no machine's language changes the order. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function findingOf({ code, message }: RuleLoss, place: LocatedSlo["place"]): Finding {
  return { ...place, severity: "loss", code, message };
}
