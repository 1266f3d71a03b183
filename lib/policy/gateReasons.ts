import type { GateReason } from "#lib/policy/decision.ts";
import type { Judged } from "#lib/policy/gateSlo.ts";
import { HEALTHY, HYSTERESIS } from "#lib/policy/policy.ts";
import { reaches } from "#lib/slo/compare.ts";

/**
 * Every SLO that blocks, is not Healthy or not known, the strictest first; none where all are well.
 * @example reasonsOf(judged)[0]?.clause // "consumed >= 1"
 */
export function reasonsOf(judged: readonly Judged[]): GateReason[] {
  return judged
    .filter(({ known, blocks, policyState }) => !known || blocks || policyState !== HEALTHY)
    .toSorted((a, b) => levelOf(b) - levelOf(a))
    .map((one) => {
      const { slo, policyState, consumed, link } = one;
      return { slo, clause: clauseOf(one), policyState, consumed, link };
    });
}

/**
 * How much an SLO stands against shipping: blocks before what is not known before what only asks for
 * something, and among them by the threshold reached.
 * @example levelOf(healthy) // 0
 */
export function levelOf(judged: Judged): number {
  const at = thresholdOf(judged)?.at ?? 0;
  return at + (judged.blocks ? 2_000 : judged.known ? 0 : 1_000);
}

function clauseOf(judged: Judged): string {
  const { known, consumed } = judged;
  const threshold = thresholdOf(judged);
  if (!known) return "not known";
  if (!threshold) return "of an earlier policy";
  const clause = `consumed >= ${threshold.at}`;
  if (consumed === null) return `${clause} when last known`;
  if (reaches(consumed, threshold.at)) return clause;
  return `${clause}, left below ${Number((threshold.at - HYSTERESIS).toFixed(6))}`;
}

function thresholdOf({ thresholds, policyState }: Judged) {
  return thresholds.find(({ name }) => name === policyState);
}
