import { readNumber } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import { describe, type Located } from "#lib/spec/located.ts";
import { readShare, shareOfPercent } from "#lib/spec/share.ts";

/**
 * `target`: a ratio in [0,1) by the specification, of which 0 promises nothing and is refused.
 * @example readTarget(node of "0.99", findings) // 0.99
 */
export function readTarget(node: Located | null, findings: Findings): number | null {
  if (node?.kind === "number" && node.value === 0) return tellNothing(node, findings);
  return readShare(node, findings);
}

/**
 * `targetPercent`: the same in percent, in [0,100).
 * @example readPercentTarget(node of "99.9", findings) // 0.999
 */
export function readPercentTarget(node: Located | null, findings: Findings): number | null {
  const percent = readNumber(node, findings);
  if (percent === null || node === null) return null;
  if (percent === 0) return tellNothing(node, findings);
  if (percent > 0 && percent < 100) return shareOf(percent, node, findings);
  const write =
    percent === 100
      ? "that leaves no error budget to spend, write for example 99.99"
      : "write for example 99.5";
  const message = `must be a percentage below 100, got ${describe(node)}; ${write}`;
  return findings.error(node, "target-range", message);
}

function shareOf(percent: number, node: Located, findings: Findings): number {
  if (percent < 50) {
    const hint = percent < 1 ? `; write ${Number(`${percent}e2`)} if a ratio is meant` : "";
    findings.lint(node, "low-objective", `lets more than half of the events fail${hint}`);
  }
  return shareOfPercent(percent);
}

function tellNothing(node: Located, findings: Findings): null {
  const message = "is 0, which every service meets; write what is promised, for example 99.5 %";
  return findings.error(node, "target-range", message);
}
