/** Alert policies for tests, as flow YAML. */

export const CONDITION =
  "{ metadata: { name: fast }, spec: { severity: page, condition: { kind: burnrate, threshold: 14, lookbackWindow: 1h, alertAfter: 5m } } }";

/** A list with one policy in it; its fields can be replaced. */
export function alert(spec: Readonly<Record<string, string>>): string {
  const fields = { alertWhenBreaching: "true", conditions: `[${CONDITION}]`, ...spec };
  const text = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return `[{ metadata: { name: burn }, spec: { ${text.join(", ")} } }]`;
}

/** The same with this condition, of severity page. */
export function burning(condition: string): string {
  return alert({
    conditions: `[{ metadata: { name: c }, spec: { severity: page, condition: { ${condition} } } }]`,
  });
}
