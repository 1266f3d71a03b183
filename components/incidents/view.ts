import type { AttributionMethod } from "#lib/dora/attribution.ts";
import type { Severity } from "#lib/dora/facts.ts";
import type { Confidence } from "#lib/dora/rework.ts";

/** What the pages about incidents draw: JSON-safe, times in epoch ms. */

export type Origin = "github" | "pagerduty" | "api" | "hand" | "alert";

/** Which deployment caused an incident, and how that is known. */
export interface CauseView {
  /** Null: none is known, or a person said that none did. */
  readonly deployment: { readonly id: string; readonly name: string; readonly at: number } | null;
  readonly method: AttributionMethod;
  readonly confidence: Confidence | null;
}

/** A window of maintenance or an experiment that lies over the incident and is left out of its cost. */
export interface LeftOutWindow {
  readonly id: number;
  readonly title: string;
  readonly from: number;
  /** Null while it goes on. */
  readonly to: number | null;
  readonly by: string;
  /** Null: every SLO of the service. */
  readonly slo: string | null;
}

export interface IncidentLine {
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly teams: readonly string[];
  readonly severity: Severity;
  readonly startedAt: number;
  /** Null while it is open. */
  readonly resolvedAt: number | null;
  readonly cause: CauseView;
}

/** The fields of the filter, as they stand in the address. */
export const FILTER_FIELDS = ["service", "team", "severity", "state", "from", "to"] as const;
export type FilterField = (typeof FILTER_FIELDS)[number];
export type FilterFields = Readonly<Record<FilterField, string>>;
export type FilterMistakes = Readonly<Partial<Record<FilterField, string>>>;

export interface IncidentsView {
  readonly lines: readonly IncidentLine[];
  /** How many the filter leaves, on all pages. */
  readonly matching: number;
  readonly open: number;
  readonly page: number;
  readonly pages: number;
  readonly fields: FilterFields;
  readonly mistakes: FilterMistakes;
  readonly services: readonly string[];
  readonly teams: readonly string[];
  /** The services for which the reader may open one. */
  readonly editable: readonly string[];
  /** Classes to choose from. */
  readonly classes: readonly string[];
  /** Whether any incident was ever told of. */
  readonly isEmpty: boolean;
  readonly readAt: number;
}

/** The fields that a source tells, and that a person may set instead. */
export type ToldField =
  | "service"
  | "title"
  | "url"
  | "severity"
  | "startedAt"
  | "detectedAt"
  | "mitigatedAt"
  | "resolvedAt"
  | "incidentClass";

export interface IncidentTimes {
  readonly startedAt: number;
  readonly detectedAt: number | null;
  readonly mitigatedAt: number | null;
  readonly resolvedAt: number | null;
}

/** One thing that happened; `at` is when. */
export type StoryEntry =
  | { readonly kind: "milestone"; readonly at: number; readonly text: string }
  | {
      readonly kind: "note";
      readonly at: number;
      readonly text: string;
      readonly by: string | null;
      /** Written down by a person, rather than what became of the incident. */
      readonly isWritten: boolean;
    }
  | {
      readonly kind: "alert";
      readonly at: number;
      readonly slo: string;
      readonly tier: string;
      readonly turn: "began" | "cleared";
    }
  /** Of a rule outside. */
  | {
      readonly kind: "outside";
      readonly at: number;
      readonly name: string;
      readonly severity: string | null;
      /** Null where its labels do not say. */
      readonly tier: string | null;
      readonly slo: string | null;
      readonly turn: "began" | "cleared";
    }
  | {
      readonly kind: "deployment";
      readonly at: number;
      readonly id: string;
      readonly name: string;
      readonly isCause: boolean;
    }
  | {
      readonly kind: "policy";
      readonly at: number;
      readonly slo: string;
      readonly from: string;
      readonly to: string;
    };

export const REVIEW_PARTS = [
  "detection",
  "triage",
  "mitigation",
  "rootCause",
  "followUps",
] as const;
export type ReviewPart = (typeof REVIEW_PARTS)[number];

/** Something to choose by its id. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** When it finished, or began. */
  readonly at: number;
}

/** An incident that was merged into the one that is shown. */
export interface MergedView {
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly startedAt: number;
  readonly updatedAt: number;
}

/** What only those who may edit need. */
export interface IncidentChoices {
  readonly services: readonly string[];
  readonly classes: readonly string[];
  /** Deployments that may have caused it, the likely ones first. */
  readonly deployments: readonly Choice[];
  /** Incidents that it may turn out to be. */
  readonly incidents: readonly Choice[];
}

export interface IncidentView extends IncidentTimes {
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly teams: readonly string[];
  readonly severity: Severity;
  /** What kind of trouble it was, in the team's own words. */
  readonly incidentClass: string | null;
  readonly origin: Origin;
  /** When its source took it back: it is counted no more. */
  readonly withdrawnAt: number | null;
  readonly url: string | null;
  readonly runbookUrl: string | null;
  readonly postmortemUrl: string | null;
  readonly review: Readonly<Partial<Record<ReviewPart, string>>>;
  readonly byHand: readonly ToldField[];
  /** Sent along with each change. */
  readonly updatedAt: number;
  readonly cause: CauseView;
  /** Who set the cause by hand, and when. */
  readonly causeBy: { readonly name: string; readonly at: number } | null;
  readonly story: readonly StoryEntry[];
  /** What its cost is told without. */
  readonly leftOut: readonly LeftOutWindow[];
  readonly merged: readonly MergedView[];
  /** Runbooks that the SLOs of the service name. */
  readonly runbooks: readonly { readonly slo: string; readonly url: string }[];
  /** Null for those who may not edit it. */
  readonly choices: IncidentChoices | null;
  readonly readAt: number;
}
