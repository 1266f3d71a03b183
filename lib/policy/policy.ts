import { reaches } from "#lib/slo/compare.ts";
import type { PolicyThreshold } from "#lib/spec/model.ts";

/** The policy state below the first threshold. */
export const HEALTHY = "Healthy";

/** A state is left only when consumed is this much below its threshold (absolute share of budget). */
export const HYSTERESIS = 0.01;

/** In force where a document says nothing. */
export const DEFAULT_POLICY: readonly PolicyThreshold[] = [
  {
    threshold: 0.5,
    action: "Reliability review required before next feature release",
    name: "Reliability review required before next feature release",
    gate: "allow",
  },
  {
    threshold: 1,
    action: "Feature freeze; all hands on reliability",
    name: "Feature freeze",
    gate: "block",
  },
];

export interface PolicyReading {
  readonly policyState: string;
  /** The state is the last known one: the numbers are unknown, or the first backfill is running. */
  readonly held: boolean;
  /** Changes may not ship. */
  readonly blocks: boolean;
}

export interface PolicyInput {
  readonly policy: readonly PolicyThreshold[];
  /** Share of the budget spent; null = not known, the last state is held. */
  readonly consumed: number | null;
  readonly previous: Pick<PolicyReading, "policyState" | "blocks"> | null;
  /** Aspirational, or the whole budget is less than one event: advise, never block. */
  readonly advisory: boolean;
}

/**
 * The policy state at `consumed`, with hysteresis against the previous one. While consumed is not
 * known the previous state is held, a block included; without a previous one that is Healthy, held.
 * @example policyState({ policy, consumed: 0.995, previous: frozen, advisory: false }).blocks // true
 */
export function policyState(input: PolicyInput): PolicyReading {
  const { policy, consumed, previous } = input;
  if (consumed === null) {
    return {
      policyState: previous?.policyState ?? HEALTHY,
      held: true,
      blocks: (previous?.blocks ?? false) && !input.advisory,
    };
  }
  const state = policy[policyLevel(policy, consumed, previous?.policyState ?? null)];
  return {
    policyState: state?.name ?? HEALTHY,
    held: false,
    blocks: state?.gate === "block" && !input.advisory,
  };
}

/**
 * Index of the threshold in force, -1 for Healthy. Up at once; down only past the hysteresis of each
 * threshold. A previous name that the policy no longer has gives no hysteresis.
 * @example policyLevel(DEFAULT_POLICY, 0.995, "Feature freeze") // 1
 */
export function policyLevel(
  policy: readonly PolicyThreshold[],
  consumed: number,
  previous: string | null,
): number {
  const reached = policy.findLastIndex((t) => reaches(consumed, t.threshold));
  const before = policy.findLastIndex((t) => t.name === previous);
  const kept = policy.findLastIndex(
    (t, i) => i <= before && reaches(consumed, t.threshold - HYSTERESIS),
  );
  return Math.max(reached, kept);
}

/**
 * The share of the budget below which the blocking state is left, hysteresis included; null when the
 * named state does not block. Lower thresholds that block as well keep the block up.
 * @example liftsBelow(DEFAULT_POLICY, "Feature freeze") // 0.99
 */
export function liftsBelow(policy: readonly PolicyThreshold[], state: string): number | null {
  let i = policy.findLastIndex((t) => t.name === state);
  if (policy[i]?.gate !== "block") return null;
  while (policy[i - 1]?.gate === "block") i--;
  const lowest = policy[i];
  return lowest ? lowest.threshold - HYSTERESIS : null;
}

export type TransitionCause = "budget" | "definition" | "correction";

export interface PolicyTransition {
  readonly from: string;
  readonly to: string;
  readonly cause: TransitionCause;
}

/**
 * The change of policy state to record, or null: none while the next state is held (numbers unknown,
 * or the first backfill has not ended). The first known state counts as a change from Healthy.
 * `revaluedBy` names what other than the passing of time moved the numbers.
 * @example transition(null, { policyState: "Feature freeze", held: false }) // { from: "Healthy", to: "Feature freeze", cause: "budget" }
 */
export function transition(
  previous: Pick<PolicyReading, "policyState"> | null,
  next: Pick<PolicyReading, "policyState" | "held">,
  revaluedBy: Exclude<TransitionCause, "budget"> | null = null,
): PolicyTransition | null {
  const from = previous?.policyState ?? HEALTHY;
  if (next.held || from === next.policyState) return null;
  return { from, to: next.policyState, cause: revaluedBy ?? "budget" };
}
