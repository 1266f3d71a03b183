/**
 * The one internal model of an SLO document. Every dialect is read into it; everything else in the
 * product (numbers, pages, exported rules) reads only this.
 */

/** A window of a fixed length, ending now, or one that begins anew with each calendar period. */
export type SloWindow = RollingWindow | CalendarWindow;

export interface RollingWindow {
  readonly kind: "rolling";
  readonly ms: number;
  /** As people write it: "30d", "28d". */
  readonly label: string;
}

export type CalendarUnit = "week" | "month" | "quarter" | "year";

export interface CalendarWindow {
  readonly kind: "calendar";
  readonly unit: CalendarUnit;
  /** How many units one period has; at least 1. */
  readonly count: number;
  /** IANA name of the zone whose calendar counts. */
  readonly zone: string;
  /** Wall time in `zone` ("2026-01-21T12:30:00") at which a period began; null = Monday, the 1st, 1 January. */
  readonly startsAt: string | null;
  /** Nominal length: 7, 30, 91 or 365 days for each unit. Periods themselves are longer or shorter. */
  readonly ms: number;
  /** As people write it: "month", "2 weeks". */
  readonly label: string;
}

export type ThresholdOp = "lt" | "lte" | "gt" | "gte";

/**
 * What is measured. Queries are PromQL as the author wrote it, with `{{.window}}` replaced by `5m`;
 * `lib/promql/` rewrites them for counting.
 */
export type SliDefinition =
  /** `numerator` counts good or bad events, `total` all of them. Both are sums of rates. */
  | {
      readonly kind: "events";
      readonly counts: "good" | "bad";
      readonly numerator: string;
      readonly total: string;
    }
  /** A quantile or a gauge: a minute is good when `value op threshold`, in the metric's own unit. */
  | {
      readonly kind: "threshold";
      readonly query: string;
      readonly op: ThresholdOp;
      readonly threshold: number;
    }
  /** Only a ratio is known (Sloth `raw`): a minute counts 1, good = the clamped ratio. */
  | { readonly kind: "ratio"; readonly query: string; readonly counts: "good" | "bad" };

/** How a budget is spent where it is not event by event. */
export type Budgeting =
  /** Each event (or minute) counts by itself. */
  | { readonly method: "occurrences" }
  /** A slice of `windowMs` is good when the share of good in it reaches `target` (0,1]. */
  | { readonly method: "timeslices"; readonly target: number; readonly windowMs: number }
  /** Each slice counts 1; its good part is the ratio in it. */
  | { readonly method: "ratioTimeslices"; readonly windowMs: number };

export type Slicing = Exclude<Budgeting, { readonly method: "occurrences" }>;

/** An SLI as it is counted and stored: what is measured, and the slices in which it is judged. */
export type CountedSli = SliDefinition & { readonly slices?: Slicing };

/** One burn-rate alert that a document asks for: fires when both windows burn faster than `factor`. */
export interface BurnTier {
  /** At most one of each; the shorter long window of a severity is the fast one. */
  readonly tier: `${"page" | "ticket"}-${"fast" | "slow"}`;
  readonly severity: "page" | "ticket";
  /** A multiple of an even spend; above 0. */
  readonly factor: number;
  readonly longMs: number;
  readonly shortMs: number;
}

/** One threshold of an error budget policy: from `threshold` (share of the budget consumed) on, `action`. */
export interface PolicyThreshold {
  readonly threshold: number;
  readonly action: string;
  /** Shown as the policy state: the `name` of the document, else the action up to its first `;`. */
  readonly name: string;
  readonly gate: "allow" | "block";
}

/** What a change may be so that a block lets it through. */
export type PolicyExemption = "p0" | "security";

/** What a policy asks for beside its thresholds. */
export interface PolicyClauses {
  /** One incident that spends more than this share of the budget owes a postmortem; null = never. */
  readonly postmortemAbove: number | null;
  /** A class of incidents that spends more than this share in a quarter owes planned work; null = never. */
  readonly planningAbove: number | null;
  readonly exempt: readonly PolicyExemption[];
  /** Whether experiments that are told in time are left out of the budget; absent = they count. */
  readonly experiments?: "count" | "exclude";
}

/** A time of maintenance that a document leaves out of the budget. Epoch ms. */
export interface SaidExclusion {
  /** This SLO alone, or every SLO of its service. */
  readonly of: "slo" | "service";
  readonly title: string;
  readonly reason: string;
  readonly startsAt: number;
  /** Of the first time; all last as long. */
  readonly endsAt: number;
  /** RFC 5545; null: once. */
  readonly rrule: string | null;
  /** IANA name: it comes again at the same time on the wall. */
  readonly zone: string;
  /** The document that says it; not always the SLO's own. */
  readonly file: string;
}

export interface AlertingOptions {
  /** A tier needs this many bad events in its long window; 0 for minutes. Default 5. */
  readonly minBadEvents: number;
  readonly page: boolean;
  readonly ticket: boolean;
  /** Worst first; absent = the standard four, which follow from the window. */
  readonly tiers?: readonly BurnTier[];
}

/** One SLO as its document says it, after defaults. */
export interface SloDefinition {
  readonly service: string;
  readonly name: string;
  readonly team: string | null;
  readonly description: string | null;
  /** A ratio in (0,1), both exclusive. */
  readonly objective: number;
  readonly window: SloWindow;
  readonly sli: SliDefinition;
  /** Absent = occurrences. */
  readonly budgeting?: Budgeting;
  /** Labels each set of whose values is an instance of the SLO; absent = one instance. */
  readonly grouping?: readonly string[];
  /** Set where it is an instance of a grouped SLO of its service: of which, and of which label values. */
  readonly instance?: { readonly of: string; readonly labels: Readonly<Record<string, string>> };
  /** Ascending by threshold, never empty. */
  readonly policy: readonly PolicyThreshold[];
  /** Absent = the default clauses: nothing is owed, P0 and security fixes are exempt. */
  readonly clauses?: PolicyClauses;
  readonly alerting: AlertingOptions;
  /** Absent = none. Kept beside the versions of a definition, which it does not change. */
  readonly exclusions?: readonly SaidExclusion[];
  /** False marks an aspirational SLO: shown, never counted in its service's state. */
  readonly enforced: boolean;
  /** Earlier names, each `service/slo`. */
  readonly formerly: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly runbook: string | null;
  readonly dashboard: string | null;
  /** Name of a Prometheus source; null = the only or first one. */
  readonly datasource: string | null;
}

/** A place in a document: 1-based line and column, and the property path (`slos[0].target`). */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly path: string;
}

/**
 * What reading found. `error`: the SLO at that place is not loaded. `lint`: loaded, but probably not
 * what was meant. `loss`: loaded, and this part of the document could not be carried over or was assumed.
 */
export interface Finding extends Place {
  readonly severity: "error" | "lint" | "loss";
  /** Stable and documented: "target-range", "unknown-field", "le-counts-fast" … */
  readonly code: string;
  /** One sentence that says what to do. */
  readonly message: string;
}

export type Dialect =
  | "plain"
  | "sloth"
  | "sloth-crd"
  | "sloth-windows"
  | "openslo"
  | "budget-adjustment"
  | "pyrra"
  | "backstage";

/** One file read: every SLO that is right, and every finding. One bad SLO never hides the others. */
export interface ReadDocument {
  readonly file: string;
  readonly dialect: Dialect | null;
  readonly slos: readonly LocatedSlo[];
  readonly findings: readonly Finding[];
}

export interface LocatedSlo {
  readonly definition: SloDefinition;
  readonly place: Place;
}
