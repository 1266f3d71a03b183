import type { RuleOptions } from "#lib/rules/model.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

type Labels = Readonly<Record<string, string>>;

/** Labels that the rules, or Prometheus, set themselves. */
const OWN = new Set(["service", "slo", "team", "tier", "severity", "alertname", "alertstate"]);
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Whether a label may be added to the rules: named as in Prometheus, and not one of their own.
 * @example isFreeLabel("cluster") // true
 */
export function isFreeLabel(name: string): boolean {
  return NAME.test(name) && !name.startsWith("__") && !OWN.has(name);
}

/**
 * Labels of the document that the rules cannot carry, as they have that name for something else.
 * @example clashingLabels({ labels: { team: "shop", tier: "1" } }) // ["tier"], when the team is shop
 */
export function clashingLabels({ labels, team }: Pick<SloDefinition, "labels" | "team">): string[] {
  const same = (name: string, value: string) => name === "team" && value === team;
  return Object.entries(labels).flatMap(([name, value]) =>
    isFreeLabel(name) || same(name, value) ? [] : [name],
  );
}

/**
 * The labels of an SLO's rules: `identity` tells its series from all others, `recordings` add the
 * team, `alerts` the document's own labels.
 * @example labelsOf(definition, options).identity // { service: "checkout", slo: "availability" }
 */
export function labelsOf(
  { service, name, team, labels }: SloDefinition,
  { extraLabels }: Pick<RuleOptions, "extraLabels">,
): { readonly identity: Labels; readonly recordings: Labels; readonly alerts: Labels } {
  const identity = { ...extraLabels, service, slo: name };
  const recordings = team === null ? identity : { ...identity, team };
  const free = Object.entries(labels).filter(([label]) => isFreeLabel(label));
  return { identity, recordings, alerts: { ...Object.fromEntries(free), ...recordings } };
}
