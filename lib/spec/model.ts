/**
 * The one internal model of an SLO document. Every dialect is read into it; everything else in the
 * product (numbers, pages, exported rules) reads only this.
 */

/** `rolling` windows have a fixed length; calendar windows are not supported yet and are refused. */
export interface SloWindow {
  readonly kind: "rolling";
  readonly ms: number;
  /** As people write it: "30d", "28d". */
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

/** One threshold of an error budget policy: from `threshold` (share of the budget consumed) on, `action`. */
export interface PolicyThreshold {
  readonly threshold: number;
  readonly action: string;
  /** Shown as the policy state: the `name` of the document, else the action up to its first `;`. */
  readonly name: string;
  readonly gate: "allow" | "block";
}

export interface AlertingOptions {
  /** A tier needs this many bad events in its long window; 0 for minutes. Default 5. */
  readonly minBadEvents: number;
  readonly page: boolean;
  readonly ticket: boolean;
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
  /** Ascending by threshold, never empty. */
  readonly policy: readonly PolicyThreshold[];
  readonly alerting: AlertingOptions;
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

export type Dialect = "plain" | "sloth" | "sloth-crd";

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
