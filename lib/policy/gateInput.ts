import type { GateChange } from "#lib/policy/decision.ts";
import type { PolicyException } from "#lib/policy/exception.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";
import type { PolicyExemption } from "#lib/spec/model.ts";

export interface GateAsk {
  /** Its name now. */
  readonly service: string;
  readonly environment: string;
  readonly change: GateChange;
  readonly sha: string | null;
}

/** What an environment does with the answer. */
export interface GateRule {
  readonly mode: "enforce" | "dry-run";
  /** Whether a deployment goes on while the answer is unknown. */
  readonly unknown: "open" | "closed";
}

/** An SLO in force of the service that is asked about, as its newest evaluation left it. */
export interface GateSlo {
  readonly service: string;
  readonly slo: string;
  /** Its earlier names: exceptions may have been granted under them. */
  readonly formerly: readonly SloName[];
  readonly enforced: boolean;
  /** One label set of a grouped SLO of which the source has no series any more. */
  readonly isGone?: boolean;
  readonly exempt: readonly PolicyExemption[];
  /** Of the definition in force. */
  readonly version: number;
  /** Null until the first evaluation. */
  readonly status: Pick<
    SloStatus,
    "state" | "policyState" | "held" | "consumed" | "coverage" | "watermark" | "asOf" | "instance"
  > | null;
  readonly detail: Pick<SloDetail, "blocks" | "liftsAt" | "thresholds"> | null;
}

export interface SloName {
  readonly service: string;
  readonly slo: string;
}

export interface GateInput {
  readonly ask: GateAsk;
  readonly rule: GateRule;
  readonly slos: readonly GateSlo[];
  /** Of the service, whatever they cover and wherever they stand. */
  readonly exceptions: readonly PolicyException[];
  /** Epoch ms. */
  readonly now: number;
  /** How links to us begin: "https://plimsoll.example". */
  readonly linkPrefix: string;
}
