import type { Rule, RuleGroup } from "#lib/rules/model.ts";
import { yamlString } from "#lib/rules/text.ts";

/**
 * Groups as a rule file of Prometheus: YAML that promtool accepts, the same text for the same groups.
 * @example rulesText([]) // "groups: []\n"
 */
export function rulesText(groups: readonly RuleGroup[]): string {
  return `${groupLines(groups).join("\n")}\n`;
}

/**
 * The `groups` of a rule file as lines of YAML, for whatever they stand in.
 * @example groupLines([])[0] // "groups: []"
 */
export function groupLines(groups: readonly RuleGroup[]): string[] {
  if (groups.length === 0) return ["groups: []"];
  return ["groups:", ...groups.flatMap(groupOf).map((line) => `  ${line}`)];
}

function groupOf({ name, interval, rules }: RuleGroup): string[] {
  return [
    `- name: ${yamlString(name)}`,
    `  interval: ${interval}`,
    "  rules:",
    ...rules.flatMap(ruleOf).map((line) => `    ${line}`),
  ];
}

function ruleOf(rule: Rule): string[] {
  const head = "record" in rule ? ["record", rule.record] : ["alert", rule.alert];
  const alert = "alert" in rule ? rule : null;
  return [
    `- ${head[0]}: ${yamlString(head[1] ?? "")}`,
    ...exprOf(rule.expr),
    ...(alert?.for ? [`  for: ${alert.for}`] : []),
    ...mapOf("labels", rule.labels),
    ...(alert ? mapOf("annotations", alert.annotations) : []),
  ];
}

const ONE_PLAIN_LINE = /^[!-~][ -~]*[!-~]$/;

/** As a block, so that people can read it; quoted where a block could be misread. */
function exprOf(expr: string): string[] {
  return ONE_PLAIN_LINE.test(expr)
    ? ["  expr: |-", `    ${expr}`]
    : [`  expr: ${yamlString(expr)}`];
}

function mapOf(name: string, values: Readonly<Record<string, string>>): string[] {
  const lines = Object.entries(values).map(([key, value]) => `    ${key}: ${yamlString(value)}`);
  return lines.length === 0 ? [] : [`  ${name}:`, ...lines];
}
