/** Where the gate was asked. */
export type GateSurface = "http" | "cli" | "github";

/** What is to be shipped: a policy may let fixes for the worst kinds of trouble through a block. */
export type GateChange = "feature" | "p0" | "security";

/** Why the gate says what it says, one for each SLO that has a say. */
export interface GateReason {
  readonly slo: string;
  /** The clause in force, as `consumed >= 1`. */
  readonly clause: string;
  readonly policyState: string;
  /** Share of the budget spent; null = not known. */
  readonly consumed: number | null;
  readonly link: string;
}

export interface GateException {
  readonly id: number;
  readonly expiresAt: string;
  readonly approvedBy: string;
  readonly link: string;
}

/** The one answer to "may I ship?", the same on every surface. Times are ISO 8601 UTC. */
export interface GateDecision {
  readonly decision: "allow" | "block" | "unknown";
  /** In `dry-run` the decision is told and nothing is held up. */
  readonly mode: "enforce" | "dry-run";
  /** Whether the deployment may go on: `allow`; anything in dry run; `unknown` where that is open. */
  readonly proceed: boolean;
  readonly service: string;
  readonly environment: string;
  readonly change: GateChange;
  readonly sha: string | null;
  readonly policyState: string;
  readonly policyVersion: number | null;
  readonly asOf: string;
  readonly watermark: string | null;
  readonly coverage: number | null;
  /** One sentence for people. */
  readonly summary: string;
  readonly reasons: readonly GateReason[];
  /** The exception that let it through a block. */
  readonly exception: GateException | null;
  readonly liftsAt: string | null;
}
