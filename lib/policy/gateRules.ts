import type { GateRule } from "#lib/policy/gateInput.ts";

/** Rules of environments by their names; the first that matches counts. */
export interface GateRules {
  readonly default: GateRule;
  readonly environments: readonly { readonly match: string | RegExp; readonly rule: GateRule }[];
}

/** In force where nothing is configured. */
export const DEFAULT_GATE_RULES: GateRules = {
  default: { mode: "enforce", unknown: "closed" },
  environments: [],
};

/**
 * The rule of an environment: one with its very name, else the first whose pattern is found in it,
 * else the default.
 * @example ruleFor(DEFAULT_GATE_RULES, "production") // { mode: "enforce", unknown: "closed" }
 */
export function ruleFor(rules: GateRules, environment: string): GateRule {
  const named = rules.environments.find(({ match }) => match === environment);
  const like = rules.environments.find(
    ({ match }) => match instanceof RegExp && match.test(environment),
  );
  return (named ?? like)?.rule ?? rules.default;
}
