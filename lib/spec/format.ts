import type { Finding } from "#lib/spec/model.ts";

/**
 * A finding as one line of text: `file:line:column path: message`, what is not an error marked as such.
 * @example formatFinding(finding) // "slos/api.yaml:14:13 slos[0].target: must be between 0 and 1, got 99.5; write 0.995 [target-range]"
 */
export function formatFinding(finding: Finding): string {
  const { file, line, column, path, severity, code, message } = finding;
  const place = `${file}:${line}:${column}${path === "" ? "" : ` ${path}`}`;
  return `${place}: ${MARKS[severity]}${message} [${code}]`;
}

const MARKS = { error: "", lint: "warning: ", loss: "note: " } as const;

/**
 * Findings as lines, in the order given; "" when there are none.
 * @example formatFindings([]) // ""
 */
export function formatFindings(findings: readonly Finding[]): string {
  return findings.map(formatFinding).join("\n");
}
