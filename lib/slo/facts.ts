import type { Bucket } from "#lib/slo/totals.ts";

/** Why was asked: where the span stands in an SLI's life. */
export type Purpose = "tick" | "gap" | "backfill" | "reread";

/** All that is known of `[from, to)` of one SLI (epoch ms), replacing whatever was known before. */
export interface SliFact {
  readonly sliKey: string;
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  readonly purpose: Purpose;
  /** Ascending by `at`, each within `(from, to]`; a step without an answer is absent. */
  readonly buckets: readonly Bucket[];
  readonly suspects: readonly SuspectBucket[];
  /** Highest count of one minute where buckets do not hold the events that were counted. */
  readonly peakPerMinute?: number;
}

/** A bucket above 20 times the trailing maximum, asked again with plain `increase()`. */
export interface SuspectBucket {
  readonly at: number;
  readonly counted: number;
  readonly plain: number | null;
  readonly trailingMax: number;
  readonly kept: "counted" | "plain";
}
