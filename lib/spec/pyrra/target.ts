import { readText } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import { shareOfPercent } from "#lib/spec/share.ts";

/**
 * Pyrra's target: a percentage as a text, above 0 and below 100, as a ratio.
 * @example readPercentText(node of "'99.9'", findings) // 0.999
 */
export function readPercentText(node: Located | null, findings: Findings): number | null {
  if (node?.kind === "number") {
    const message = `must be a text, got ${node.written}; put it in quotes`;
    return findings.error(node, "wrong-type", message);
  }
  const text = readText(node, findings);
  if (text === null || node === null) return null;
  const got = `must be a percentage between 0 and 100, got ${describe(node)}`;
  if (!/^\d+(\.\d+)?$/.test(text)) {
    const bare = /^(\d+(\.\d+)?)\s*%$/.exec(text)?.[1];
    return findings.error(node, "target-range", `${got}; write '${bare ?? "99.5"}'`);
  }
  const percent = Number(text);
  if (percent === 100) {
    return findings.error(
      node,
      "target-range",
      `${got}; that leaves no error budget to spend, write for example '99.99'`,
    );
  }
  if (percent <= 0 || percent > 100) {
    return findings.error(node, "target-range", `${got}; write for example '99.5'`);
  }
  if (percent < 50) tellLow(percent, node, findings);
  return shareOfPercent(percent);
}

function tellLow(percent: number, node: Located, findings: Findings): void {
  const hint = percent < 1 ? `; write '${Number(`${percent}e2`)}' if a ratio is meant` : "";
  findings.lint(node, "low-objective", `lets more than half of the events fail${hint}`);
}
