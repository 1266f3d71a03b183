import { promqlString } from "#lib/rules/text.ts";
import { formatDuration, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Names of the recorded series, as Prometheus advises: level:metric:operations. */
export const SERIES = {
  objective: "slo:objective:ratio",
  budget: "slo:error_budget:ratio",
  period: "slo:period:seconds",
  remaining: "slo:error_budget_remaining:ratio",
  /** Of a threshold or ratio SLI. */
  value: "slo:sli:value",
  /** Of one minute; absent when the minute has no answer. */
  events: "slo:events:increase1m",
  bad: "slo:bad_events:increase1m",
  /** Running totals: any window is the difference of two samples. */
  eventsTotal: "slo:events_total:sum",
  badTotal: "slo:bad_events_total:sum",
  coveredTotal: "slo:covered_minutes_total:sum",
  /** When running totals began. */
  since: "slo:recorded_since:timestamp_seconds",
  /** The newest minute with an answer. */
  covered: "slo:covered:timestamp_seconds",
} as const;

/**
 * The recorded share of bad events over a window (ms).
 * @example ratioSeries(HOUR) // "slo:error:ratio_increase1h"
 */
export function ratioSeries(windowMs: number): string {
  return `slo:error:ratio_increase${formatDuration(windowMs)}`;
}

/** Less than the minute between two evaluations: only what the present one has recorded. */
const THIS_EVALUATION = "59s";

/** For how long nothing may have been evaluated where a window begins, for the window to be known. */
const EDGE_MS = 30 * MINUTE;

/** For how long nothing may have been evaluated for running totals to go on from what they were. */
const MEMORY_MS = 8 * HOUR;

/** Reads the recorded series of one SLO; each answer is one number without labels. */
export class Recorded {
  readonly #labels: Readonly<Record<string, string>>;

  /** `labels`: those that tell this SLO's series from all others; what may be edited is not among them. */
  constructor(labels: Readonly<Record<string, string>>) {
    this.#labels = labels;
  }

  /** The same SLO, with more labels asked for. */
  also(labels: Readonly<Record<string, string>>): Recorded {
    return new Recorded({ ...labels, ...this.#labels });
  }

  selector(name: string): string {
    const all = Object.entries(this.#labels).map(
      ([label, value]) => `${label}=${promqlString(value)}`,
    );
    return `${name}{${all.join(",")}}`;
  }

  /** Max: after an edit of its labels a series is there twice for a while. */
  now(name: string): string {
    return `max(${this.selector(name)})`;
  }

  /** What the present evaluation has recorded, and never what an earlier one left. */
  fresh(name: string): string {
    return this.last(name, THIS_EVALUATION);
  }

  last(name: string, range: string): string {
    return `max(last_over_time(${this.selector(name)}[${range}]))`;
  }

  /**
   * Growth of a running total over a window (ms), or since it began; absent when nothing was evaluated
   * for long where the window begins.
   */
  growth(name: string, windowMs: number): string {
    const offset = ` offset ${formatDuration(windowMs)}`;
    const then = `max(${this.selector(name)}${offset}) or ${this.#found(name, EDGE_MS, offset)}`;
    const began = `(${this.now(SERIES.since)} > time() - ${windowMs / 1000}) * 0`;
    return `(${this.now(name)} - (${then} or ${began}))`;
  }

  /** What the evaluation before recorded, also after a pause of up to 8 h; else `first`. */
  before(name: string, first: string): string {
    return `(${this.last(name, "10m")} or ${this.#found(name, MEMORY_MS)} or ${first})`;
  }

  /** Prometheus looks back 5 min for a sample, so that steps of 5 min miss none. */
  #found(name: string, withinMs: number, offset = ""): string {
    return `max(max_over_time(${this.selector(name)}[${formatDuration(withinMs)}:5m]${offset}))`;
  }
}
