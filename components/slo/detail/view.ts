import type { OutsideAlertView } from "#components/slo/alert/view.ts";
import type { AlertSpan } from "#lib/charts/view.ts";
import type { SloDetail, SloState, SloStatus, TierReading } from "#lib/slo/status.ts";
import type { Budgeting, Finding, PolicyExemption, SliDefinition } from "#lib/spec/model.ts";

/** Everything on an SLO's page but its charts: JSON-safe, times in epoch ms. */
export interface SloHead {
  readonly service: string;
  readonly name: string;
  /** Its document was taken away then; null = it is in force. */
  readonly retiredAt: number | null;
  /** When this was read. */
  readonly readAt: number;
  readonly asOf: AsOf | null;
  readonly status: SloStatus | null;
  readonly detail: SloDetail | null;
  readonly definition: DefinitionView;
  /** Since when the present policy state is in force; null = not recorded. */
  readonly policySince: number | null;
  /** Since when states and policy states are recorded; null before the first evaluation. */
  readonly recordedSince: number | null;
  readonly tiers: readonly TierView[];
  /** Newest first. */
  readonly transitions: readonly TransitionView[];
  /** Newest first. */
  readonly alerts: readonly AlertSpan[];
  /** Of rules outside, newest first. */
  readonly outside: readonly OutsideAlertView[];
  readonly source: SourceView | null;
}

/** The page shows an earlier moment. */
export interface AsOf {
  readonly at: number;
  /** What was recorded then; null = nothing was evaluated yet, so the states are computed now. */
  readonly recorded: RecordedThen | null;
}

export interface RecordedThen {
  readonly at: number;
  readonly state: SloState;
  readonly policyState: string;
  readonly held: boolean;
  readonly consumed: number | null;
  /** The state that today's data gives for then, where a correction has made it another. */
  readonly computed: SloState | null;
}

export interface DefinitionView {
  readonly version: number;
  readonly versionFrom: number | null;
  readonly objective: number;
  readonly windowMs: number;
  readonly windowLabel: string;
  /** Of a calendar window: whose calendar; null: a rolling one. */
  readonly zone: string | null;
  readonly sli: SliDefinition;
  /** Absent = occurrences. */
  readonly budgeting?: Budgeting;
  readonly description: string | null;
  readonly team: string | null;
  readonly enforced: boolean;
  readonly runbook: string | null;
  readonly dashboard: string | null;
  readonly labels: Readonly<Record<string, string>>;
  /** Set where it is one label set of a grouped SLO: of which. */
  readonly instanceOf: string | null;
  readonly formerly: readonly string[];
  readonly documentPath: string;
  /** Where the document stands on the web; null for a file of the folder. */
  readonly documentUrl: string | null;
  /** The commit that this version was read at, and its place there. */
  readonly commit: { readonly sha: string; readonly url: string } | null;
  readonly findings: readonly Finding[];
  /** What the policy says of experiments that are told in time. */
  readonly experiments: "count" | "exclude";
  /** Fixes that its policy lets through a block. */
  readonly exempt: readonly PolicyExemption[];
  readonly policy: readonly PolicyStep[];
}

export interface PolicyStep {
  readonly at: number;
  readonly name: string;
  readonly action: string;
  readonly gate: "allow" | "block";
}

export interface TierView extends TierReading {
  /** Why it can never fire, or where its factor comes from; null = nothing to say. */
  readonly note: string | null;
  /** Share of the budget that is spent when it has fired for its long window. */
  readonly budgetShare: number;
  /** The document has switched this severity off. */
  readonly off: boolean;
}

export interface TransitionView {
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly cause: "budget" | "definition" | "correction";
  readonly consumed: number | null;
  readonly version: number;
}

export interface SourceView {
  readonly name: string;
  readonly state: "starting" | "ok" | "no-data" | "failed";
  readonly error: string | null;
  readonly errorSince: number | null;
  readonly lastSuccessAt: number | null;
  /** What the server says of this SLI's query, while it refuses it. */
  readonly queryError: string | null;
  /** Share of this SLI's first backfill that is done; null = it has ended. */
  readonly backfill: number | null;
}
