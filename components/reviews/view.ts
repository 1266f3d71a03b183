import type { MetricView } from "#components/dora/view.ts";
import type { Severity } from "#lib/dora/facts.ts";
import type { Cadence } from "#lib/dora/frequency.ts";
import type { Gap } from "#lib/dora/gaps.ts";
import type { GateDecision } from "#lib/policy/decision.ts";
import type { ExceptionNeed } from "#lib/policy/exception.ts";
import type { OwedKind } from "#lib/policy/owed.ts";
import type { SloState } from "#lib/slo/status.ts";

/** What a monthly review draws: JSON-safe, times in epoch ms, shares as ratios. */

/** An SLO as it stood when the month ended, and when it began. */
export interface ReviewSlo {
  readonly service: string;
  readonly slo: string;
  readonly team: string | null;
  readonly objective: number;
  readonly windowLabel: string;
  /** Over its own window; null = not measured then. */
  readonly sli: number | null;
  /** Share of its budget that was spent; above 1 it is overspent. */
  readonly consumed: number | null;
  readonly consumedBefore: number | null;
  /** Share of the minutes that have an answer. */
  readonly coverage: number;
  /** As recorded then; null = nothing was recorded yet. */
  readonly state: SloState | null;
}

export interface ReviewTransition {
  readonly service: string;
  readonly slo: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly consumed: number | null;
}

export interface ReviewIncident {
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly severity: Severity;
  readonly startedAt: number;
  readonly resolvedAt: number | null;
  readonly postmortemUrl: string | null;
}

/**
 * A deployment or incident of the month, and what it cost of the budget that it hurt most, in the newest
 * window that holds it and ends with the month. No event is counted in two of them.
 */
export interface ReviewSpender {
  readonly kind: "deployment" | "incident";
  readonly id: string;
  readonly title: string;
  readonly at: number;
  readonly service: string;
  readonly slo: string;
  readonly windowLabel: string;
  readonly share: number;
  /** Of a deployment: the incidents that its share holds. */
  readonly incidentIds: readonly string[];
}

/** What was decided in a month, or is owed of it. */
export interface ReviewDecisions {
  /** Changes of policy state, oldest first. */
  readonly transitions: readonly ReviewTransition[];
  /** What happened to exceptions from policies. */
  readonly exceptions: readonly ReviewException[];
  /** What clauses of policies ask for: found or done in the month. */
  readonly owed: readonly ReviewOwed[];
  /** How often the gate gave which answer; no part of the facts, since its log is thinned. */
  readonly gate: readonly ReviewGateCount[];
}

export interface ReviewException {
  readonly id: number;
  readonly service: string;
  /** Null: every SLO. */
  readonly slo: string | null;
  /** Null: every environment. */
  readonly environment: string | null;
  readonly need: ExceptionNeed;
  readonly turn: "asked" | "approved" | "rejected" | "withdrawn" | "revoked" | "expired";
  readonly at: number;
}

export interface ReviewOwed {
  readonly kind: OwedKind;
  readonly service: string;
  readonly slo: string;
  /** Of the budget. */
  readonly share: number;
  /** Null when it was not in this month. */
  readonly opened: number | null;
  readonly done: number | null;
}

export interface ReviewGateCount {
  readonly service: string;
  readonly decision: GateDecision["decision"];
  readonly proceed: boolean;
  readonly n: number;
}

/** Hashes of what the numbers were made of. */
export interface ReviewInputs {
  readonly delivery: string;
  readonly slos: string;
  /** Of incidents, spenders and decisions. */
  readonly events: string;
  readonly actions: string;
}

/** The numbers of a month, as publishing freezes them. */
export interface ReviewNumbers {
  /** Of this form; what was frozen in an older one stays readable by it. */
  readonly version: 2;
  readonly month: string;
  readonly team: string;
  readonly zone: string;
  readonly from: number;
  readonly to: number;
  /** When they were computed. */
  readonly readAt: number;
  readonly metrics: readonly MetricView[];
  readonly cadence: Cadence | null;
  /** Worst first. */
  readonly slos: readonly ReviewSlo[];
  /** The SLOs' windows end at full hours, since no finer rows are kept for long. */
  readonly sloEdges: { readonly from: number; readonly to: number };
  readonly decisions: ReviewDecisions;
  readonly incidents: readonly ReviewIncident[];
  /** Dearest first. */
  readonly spenders: readonly ReviewSpender[];
  /** "suspected": of very many deployments, only those with an incident or near a burn alert. */
  readonly spendersAmong: "all" | "suspected";
  /** As they stood; they go on afterwards. */
  readonly actions: readonly Omit<ReviewAction, "isLate">[];
  /** What is missing of the month. */
  readonly gaps: readonly Gap[];
  /** Whether it was published although something was missing. */
  readonly despiteGaps: boolean;
  readonly inputs: ReviewInputs;
  readonly notes: string;
}

/** A number that is not what it was when the review was published. */
export interface Difference {
  readonly what: string;
  readonly published: string;
  readonly present: string;
}

export interface ReviewAction {
  readonly id: string;
  /** The month in whose review it was written. */
  readonly month: string;
  readonly text: string;
  readonly owner: string | null;
  /** A day, as "2026-04-30". */
  readonly due: string | null;
  readonly doneAt: number | null;
  readonly doneBy: string | null;
  /** Its day has passed, and it is not done. */
  readonly isLate: boolean;
}

export interface PublishedState {
  readonly at: number;
  readonly by: string;
  readonly hash: string;
  /** Whether the stored numbers still give this hash. */
  readonly isIntact: boolean;
  /** Whether the facts of the month are not those of then. */
  readonly hasChanged: boolean;
  readonly differences: readonly Difference[];
  /** Markdown: what was said to be wrong since. */
  readonly corrections: string;
}

export interface ReviewView {
  readonly numbers: ReviewNumbers;
  /** Null while it is a draft. */
  readonly published: PublishedState | null;
  /** False while the month lasts. */
  readonly isOver: boolean;
  readonly actions: readonly ReviewAction[];
  readonly mayEdit: boolean;
  /** Sent along with each change; null = nothing was written yet. */
  readonly updatedAt: number | null;
  readonly teams: readonly string[];
}

/** A month in the list. */
export interface ReviewLine {
  readonly month: string;
  readonly state: "lasts" | "open" | "draft" | "published";
  readonly publishedAt: number | null;
  readonly publishedBy: string | null;
  /** Teams that have begun a review of it, and all = "". */
  readonly others: readonly { readonly team: string; readonly isPublished: boolean }[];
}

export interface ReviewsView {
  readonly team: string;
  readonly teams: readonly string[];
  readonly lines: readonly ReviewLine[];
}
