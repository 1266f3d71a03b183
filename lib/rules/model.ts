/** A rule that keeps the answer of `expr` as the series `record`. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A rule that alerts while `expr` answers. Values of labels and annotations are Go templates. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  /** As in Prometheus: "5m"; null = at once. */
  readonly for: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export type Rule = RecordingRule | AlertingRule;

/** Rules that are evaluated in this order, at one time, every `interval`. */
export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly Rule[];
}

/** What the rules of every SLO are written with. */
export interface RuleOptions {
  /** How links to Plimsoll begin: "https://plimsoll.example". */
  readonly url: string;
  /** Labels of every rule, such as `cluster`; they also say whose recorded series are read. */
  readonly extraLabels: Readonly<Record<string, string>>;
  /** The longest scrape interval of the counters. */
  readonly scrapeIntervalMs: number;
}
