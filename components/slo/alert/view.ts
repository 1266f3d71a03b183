import type { Severity as IncidentSeverity } from "#lib/dora/facts.ts";
import type { GateDecision } from "#lib/policy/decision.ts";
import type { Severity, SloState } from "#lib/slo/status.ts";
import type { PolicyExemption } from "#lib/spec/model.ts";

/** What the part about alerts of an SLO's page draws: JSON-safe, times in epoch ms. */

/** A firing of somebody else's rule. */
export interface OutsideAlertView {
  readonly id: number;
  readonly name: string;
  /** Where a page is about several: of which. */
  readonly slo?: string | null;
  readonly tier: string | null;
  readonly severity: string | null;
  readonly startsAt: number;
  /** Null while it fires. */
  readonly endsAt: number | null;
  readonly summary: string | null;
  /** Where the rule can be looked at, http or https. */
  readonly url: string | null;
  /** When we were last told of it. */
  readonly toldAt: number;
}

/** An SLO at one time. */
export interface Standing {
  readonly at: number;
  readonly state: SloState;
  readonly policyState: string;
  /** Share of the budget, signed. */
  readonly remaining: number | null;
  /** Burn over the two windows of the tier. */
  readonly long: number | null;
  readonly short: number | null;
}

export interface LandingTier {
  readonly tier: string;
  readonly severity: Severity;
  readonly long: string;
  readonly short: string;
  readonly factor: number;
}

/** Windows that are left out and lie over firings: without them the numbers would be others. */
export interface LeftOut {
  readonly windows: readonly {
    readonly id: number;
    readonly title: string;
    readonly from: number;
    /** Null while it goes on. */
    readonly to: number | null;
    readonly by: string;
  }[];
  readonly window: string;
  /** The newest burn over `window` if nothing were left out; null = not known. */
  readonly burn: number | null;
}

/** What the gate would say to a deployment of the service now, and which fixes go through its block. */
export interface LandingGate {
  readonly answer: Pick<GateDecision, "decision" | "mode" | "proceed">;
  readonly fixes: readonly PolicyExemption[];
}

/** What the person needs who was called by an alert. */
export interface AlertLanding {
  readonly service: string;
  readonly slo: string;
  /** Null where the alert does not say which. */
  readonly tier: LandingTier | null;
  /** What it is called by the rule that fired. */
  readonly name: string;
  /** The first start, ours or the outside rule's; null when no firing is recorded at that time. */
  readonly startedAt: number | null;
  /** Null while one of them fires. */
  readonly endedAt: number | null;
  /** How ours and the outside rule differ, one sentence; null = they agree. */
  readonly difference: string | null;
  /** What fires now and is not what is shown; null: nothing that matters more. */
  readonly firesNow: {
    readonly tier: string | null;
    readonly severity: Severity;
    readonly startedAt: number;
    /** It is the same tier, which was over meanwhile. */
    readonly again: boolean;
    readonly path: string;
  } | null;
  readonly leftOut: LeftOut | null;
  readonly before: Standing | null;
  readonly now: Standing | null;
  /** The newest before the start. */
  readonly deployment: {
    readonly id: string;
    readonly title: string;
    readonly at: number;
    readonly failed: boolean;
    /** Titles of the incidents whose cause it is taken to be. */
    readonly causeOf: readonly string[];
  } | null;
  readonly incidents: readonly {
    readonly id: string;
    readonly title: string;
    readonly severity: IncidentSeverity;
    readonly startedAt: number;
    readonly resolvedAt: number | null;
  }[];
  readonly policy: {
    readonly state: string;
    /** What it asks for; null where it asks for nothing. */
    readonly action: string | null;
    readonly blocks: boolean;
    readonly liftsAt: number | null;
    /** Fixes that the policy lets through a block. */
    readonly exempt: readonly PolicyExemption[];
    /** False of an aspirational SLO, which only would ask. */
    readonly enforced: boolean;
  } | null;
  readonly runbook: string | null;
}
