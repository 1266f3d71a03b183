import { type Fields, requireField } from "#lib/spec/fields.ts";
import type { Findings } from "#lib/spec/findings.ts";
import type { Located } from "#lib/spec/located.ts";
import { readShare, shareOfPercent } from "#lib/spec/share.ts";

/** For threshold SLIs whose document gives only the threshold. */
const ASSUMED = 0.99;

/**
 * The objective of a share of events: `target`, or `objective`. With a metric in percent (`scale`
 * 100) the target may be one as well.
 * @example readObjective(fields of "{ target: 0.995 }", findings) // 0.995
 */
export function readObjective(slo: Fields, findings: Findings, scale: 1 | 100 = 1): number | null {
  const node =
    onlyOne(slo, findings) ?? requireField(slo, "target", { write: "target: 0.995", findings });
  if (scale === 100 && node?.kind === "number" && node.value > 1 && node.value < 100) {
    const share = shareOfPercent(node.value);
    findings.loss(node, "target-percent", `read as ${share}, because the metric is in percent`);
    return share;
  }
  return readShare(node, findings);
}

/**
 * The objective in minutes of a threshold SLI; what is assumed is told.
 * @example readMinutesObjective(fields of "{ target: 0.5 }", true, findings) // 0.99, and a note
 */
export function readMinutesObjective(
  slo: Fields,
  targetIsThreshold: boolean,
  findings: Findings,
): number | null {
  const node = targetIsThreshold ? slo.get("objective") : onlyOne(slo, findings);
  if (node) return readShare(node, findings);
  const message = `no objective is given: ${ASSUMED} of the minutes must be good; write objective: to say otherwise`;
  findings.loss(slo.get("target") ?? slo.node, "objective-assumed", message);
  return ASSUMED;
}

function onlyOne(slo: Fields, findings: Findings): Located | null {
  const [target, objective] = [slo.get("target"), slo.get("objective")];
  if (target && objective) {
    findings.error(objective, "target-twice", "says the same as target; keep one of them");
  }
  return target ?? objective;
}
