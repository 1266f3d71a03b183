import type { ChangeView, CommitView } from "#components/dora/view.ts";
import type { BudgetCost } from "#components/slo/costs/view.ts";
import type { AttributionMethod } from "#lib/dora/attribution.ts";
import type { ExclusionReason } from "#lib/dora/exclusion.ts";
import type {
  BurnAlert,
  DeploymentMark,
  DeploymentSource,
  DeploymentStatus,
  Severity,
} from "#lib/dora/facts.ts";
import type { Restoration } from "#lib/dora/restoration.ts";
import type { Confidence, ReworkKind } from "#lib/dora/rework.ts";
import type { Failure } from "#lib/dora/verdict.ts";

/** How a deployment ended. `never-reached`: it failed before users saw it, so no metric counts it. */
export type Outcome = "fine" | "failed" | "never-reached" | "running";

/** A deployment in a list. JSON-safe, times in epoch ms. */
export interface DeploymentLine {
  readonly id: string;
  readonly service: string;
  readonly environment: string;
  readonly title: string;
  readonly at: number;
  readonly outcome: Outcome;
  /** Failed, and not restored yet. */
  readonly isOpen: boolean;
  readonly isRework: boolean;
  /** How many changes it brought; null = not known. */
  readonly changes: number | null;
  readonly incidents: number;
  /** What it cost of the dearest budget; null = nothing was measured. */
  readonly cost: Pick<BudgetCost, "slo" | "spent" | "windowLabel"> | null;
}

export type ListField = "team" | "service" | "environment" | "outcome" | "from" | "to";

export interface DeploymentsView {
  readonly lines: readonly DeploymentLine[];
  /** How many the filter leaves. */
  readonly total: number;
  /** The id after which the next page begins; null on the last. */
  readonly next: string | null;
  readonly fields: Readonly<Record<ListField, string>>;
  readonly mistakes: Readonly<Partial<Record<ListField, string>>>;
  readonly choices: {
    readonly teams: readonly string[];
    readonly services: readonly string[];
    readonly environments: readonly string[];
  };
  /** Whether any deployment was ever told of. */
  readonly isEmpty: boolean;
}

/** A change that a deployment brought, with its way or why it has none. */
export type ShippedView =
  | ({ readonly kind: "timed" } & ChangeView)
  | {
      readonly kind: "untimed";
      readonly id: string;
      readonly number: number | null;
      readonly title: string;
      readonly author: string | null;
      readonly url: string | null;
      readonly reason: ExclusionReason | null;
      readonly commits: readonly CommitView[];
    };

export interface TiedIncident {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly startedAt: number;
  readonly resolvedAt: number | null;
  /** The step of the ladder that tied it. */
  readonly method: AttributionMethod;
  readonly confidence: Confidence | null;
}

/** Another deployment that is named beside this one. */
export interface Neighbour {
  readonly id: string;
  readonly title: string;
  readonly at: number;
}

export interface ReworkView {
  readonly kind: ReworkKind;
  readonly confidence: Confidence;
  /** What it mends; null = not known. */
  readonly cause: Neighbour | null;
}

/** Why it is held to have failed; `by` is an incident of the list, or the deployment that mended it. */
export interface FailureView extends Pick<Failure, "method" | "confidence"> {
  readonly incidentId: string | null;
  readonly mending: Neighbour | null;
}

export interface MarkView {
  readonly mark: DeploymentMark["mark"] | "none";
  readonly reason: string | null;
  readonly byName: string;
  readonly at: number;
}

export interface DeploymentView {
  readonly id: string;
  readonly service: string;
  readonly teams: readonly string[];
  readonly environment: string;
  readonly title: string;
  readonly sha: string | null;
  readonly ref: string | null;
  readonly createdAt: number;
  /** Null when it never succeeded. */
  readonly finishedAt: number | null;
  readonly source: DeploymentSource;
  readonly creator: string | null;
  readonly url: string | null;
  readonly statuses: readonly DeploymentStatus[];
  /** More than one: jobs and repetitions that were made one. */
  readonly records: number;
  /** Why no metric counts it; null = it counts. */
  readonly uncounted: ExclusionReason | "not-production" | null;
  readonly outcome: Outcome;
  readonly previous: Neighbour | null;
  readonly failures: readonly FailureView[];
  readonly isRework: boolean;
  readonly reworks: readonly ReworkView[];
  readonly burnAlerts: readonly BurnAlert[];
  readonly restoration: Restoration | null;
  readonly incidents: readonly TiedIncident[];
  readonly shipped: readonly ShippedView[];
  /** Why its changes have no lead times, or are not all known. */
  readonly gaps: readonly { readonly reason: ExclusionReason; readonly n: number }[];
  readonly marks: readonly MarkView[];
  readonly mayEdit: boolean;
}
