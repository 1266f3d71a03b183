import { readList, readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";

/**
 * The labels that an SLO is grouped by, each once; empty when the field is absent.
 * @example readGrouping(node of "[handler]", findings) // ["handler"]
 */
export function readGrouping(node: Located | null, findings: Findings): string[] {
  const labels: string[] = [];
  for (const item of readList(node, findings) ?? []) {
    const label = readText(item, findings);
    if (label === null) continue;
    if (!/^[a-zA-Z_]\w*$/.test(label) || label.startsWith("__")) {
      findings.error(item, "bad-label", `must be the name of a label, got ${describe(item)}`);
    } else if (labels.includes(label)) {
      findings.error(item, "repeated-field", "stands there twice; keep one of them");
    } else labels.push(label);
  }
  return labels;
}
