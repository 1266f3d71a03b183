import { expect, test } from "vitest";
import { DEFAULT_GATE_RULES, ruleFor } from "#lib/policy/gateRules.ts";

const dry = { mode: "dry-run", unknown: "closed" } as const;
const open = { mode: "enforce", unknown: "open" } as const;
const rules = {
  ...DEFAULT_GATE_RULES,
  environments: [
    { match: /^prod/, rule: open },
    { match: "prod-eu", rule: dry },
    { match: "a.c", rule: dry },
  ],
};

test.each([
  ["prod-eu", dry],
  ["prod-us", open],
  ["staging", DEFAULT_GATE_RULES.default],
  ["abc", DEFAULT_GATE_RULES.default],
])("the rule of %s is by name, then by pattern, then the default", (environment, rule) => {
  expect(ruleFor(rules, environment)).toBe(rule);
});
