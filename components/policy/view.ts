import type { GateDecision, GateSurface } from "#lib/policy/decision.ts";
import type { ExceptionNeed, ExceptionState } from "#lib/policy/exception.ts";
import type { OwedKind } from "#lib/policy/owed.ts";
import type { PolicyExemption } from "#lib/spec/model.ts";
import type { ServiceDuty } from "#lib/team/duties.ts";

/** What the pages about policy draw: JSON-safe, times in epoch ms. */

/** An exception as lists show it. */
export interface ExceptionLine {
  readonly id: number;
  readonly service: string;
  /** Null: every SLO of the service. */
  readonly slo: string | null;
  /** Null: every environment. */
  readonly environment: string | null;
  readonly need: ExceptionNeed;
  readonly justification: string;
  readonly askedByName: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly state: ExceptionState;
  readonly decidedByName: string | null;
  readonly decidedAt: number | null;
  readonly teams: readonly string[];
}

/** One thing that was done about an exception. */
export interface ExceptionEvent {
  readonly at: number;
  readonly what: string;
  readonly by: string;
}

/** Whether the reader may decide it; if not, why not. */
export type Deciding = "may" | "own" | "not-editor" | "program" | "sign-in-off" | "over";

/** An exception with all that was written about it. */
export interface ExceptionView extends ExceptionLine {
  readonly risk: string;
  readonly mitigations: string;
  readonly decision: "approved" | "rejected" | null;
  readonly decisionNote: string | null;
  readonly endedAt: number | null;
  readonly endedByName: string | null;
  readonly follows: number | null;
  /** Oldest first. */
  readonly history: readonly ExceptionEvent[];
  readonly deciding: Deciding;
  /** The reader may withdraw it, revoke it, or ask for it anew. */
  readonly isEditor: boolean;
  readonly readAt: number;
}

/** What a clause of a policy asks for. */
export interface OwedLine {
  readonly id: number;
  readonly kind: OwedKind;
  readonly service: string;
  readonly slo: string;
  readonly incident: { readonly id: string; readonly title: string } | null;
  readonly incidentClass: string | null;
  readonly quarter: string | null;
  /** Shares of the budget. */
  readonly share: number;
  readonly above: number;
  readonly openedAt: number;
  /** Null while it is owed. */
  readonly doneAt: number | null;
  readonly doneByName: string | null;
  readonly doneUrl: string | null;
  readonly doneNote: string | null;
  readonly isEditor: boolean;
}

/** A service of which its policy asks something. */
export interface StateLine {
  readonly duty: ServiceDuty;
  /** What the policy in force asks, as its document says it; null where only numbers are missing. */
  readonly action: string | null;
  /** Fixes that go through the block; empty also where nothing blocks. */
  readonly exempt: readonly PolicyExemption[];
  /** Of this service, in force now. */
  readonly exceptions: readonly ExceptionLine[];
}

/** How many services are in a policy state. */
export interface StateCount {
  readonly name: string;
  readonly services: number;
  readonly blocks: boolean;
}

export interface TransitionLine {
  readonly id: number;
  readonly at: number;
  readonly service: string;
  readonly slo: string;
  /** False: aspirational, so its state asked for nothing. */
  readonly enforced: boolean;
  readonly from: string;
  readonly to: string;
  readonly cause: "budget" | "definition" | "correction";
  readonly consumed: number | null;
}

/** One answer of the gate, as it was given. */
export interface GateLine {
  readonly id: number;
  readonly at: number;
  readonly surface: GateSurface;
  readonly askedByName: string;
  readonly answer: GateDecision;
}

/** Exceptions that wait for a decision, the longest first, and those in force, the next to end first. */
export interface OpenExceptions {
  readonly asked: readonly ExceptionLine[];
  readonly inForce: readonly ExceptionLine[];
}

/** What a team's page says of policy. */
export interface TeamPolicyView extends OpenExceptions {
  readonly team: string;
  readonly owed: readonly OwedLine[];
  readonly readAt: number;
}

export interface PolicyView extends OpenExceptions {
  /** Empty: every team. */
  readonly team: string;
  readonly teams: readonly string[];
  /** The services of which something is asked, the most urgent first. */
  readonly states: readonly StateLine[];
  readonly counts: readonly StateCount[];
  readonly owed: readonly OwedLine[];
  readonly transitions: readonly TransitionLine[];
  readonly gate: readonly GateLine[];
  /** The reader may ask for an exception for some service. */
  readonly mayAsk: boolean;
  /** Of the newest evaluation; null before the first. */
  readonly evaluatedAt: number | null;
  readonly readAt: number;
}

/** How often a kind of need was asked for in a quarter. */
export interface NeedCount {
  readonly need: ExceptionNeed;
  readonly asked: number;
  readonly teams: readonly string[];
}

/** The exceptions that were asked for in a quarter. */
export interface QuarterView {
  /** "2026-Q4", in UTC. */
  readonly quarter: string;
  /** The newest first. */
  readonly quarters: readonly string[];
  readonly team: string;
  readonly teams: readonly string[];
  readonly lines: readonly ExceptionLine[];
  /** The most frequent first. */
  readonly needs: readonly NeedCount[];
  readonly mayAsk: boolean;
  readonly readAt: number;
}

/** The gate log's filter, as it stands in the address. */
export type GateFields = Readonly<Record<"service" | "decision", string>>;

export interface GateLogView {
  readonly fields: GateFields;
  readonly mistakes: Readonly<Partial<Record<keyof GateFields, string>>>;
  readonly services: readonly string[];
  readonly lines: readonly GateLine[];
  /** Where this page ends, for the address of the next; null on the last. */
  readonly older: string | null;
  /** Not the newest page. */
  readonly isLater: boolean;
  /** Whether the gate was ever asked. */
  readonly isEmpty: boolean;
}

/** What an exception may be asked for, and what the form begins with. */
export interface AskView {
  readonly services: readonly AskService[];
  readonly given: AskGiven;
  /** Nobody can approve what is asked here. */
  readonly signInOff: boolean;
  readonly readAt: number;
}

interface AskService {
  readonly service: string;
  readonly slos: readonly string[];
  /** Where it is deployed to, and production. */
  readonly environments: readonly string[];
}

export interface AskGiven {
  readonly service: string;
  readonly slo: string;
  readonly environment: string;
  readonly need: ExceptionNeed | "";
  readonly justification: string;
  readonly risk: string;
  readonly mitigations: string;
  readonly follows: number | null;
}
