import type { Bucket } from "#lib/slo/totals.ts";

/**
 * The contract between upstreams and the store. A collector turns answers into facts; it neither
 * writes nor decides when it runs. The runner (`jobs/`) saves each batch in one transaction, so
 * running a batch again is harmless.
 */
export interface Collector<Work> {
  /** The name of its folder. */
  readonly id: string;
  /** Yields what `work` asks for, in an order in which each batch may be saved by itself. */
  collect(work: Work, signal: AbortSignal): AsyncIterable<Batch>;
}

export interface Batch {
  readonly facts: readonly SliFact[];
  /** Items of the work that could not be had while the source itself answered, e.g. a refused query. */
  readonly failures: readonly SliFailure[];
}

/** Why the collector asked: where the span stands in an SLI's life. */
export type Purpose = "tick" | "gap" | "backfill" | "reread";

/** All that is known of `[from, to)` of one SLI, replacing whatever was known before. */
export interface SliFact {
  readonly sliKey: string;
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  readonly purpose: Purpose;
  /** Ascending by `at`, each within `(from, to]`; a step without an answer is absent. */
  readonly buckets: readonly Bucket[];
  readonly suspects: readonly SuspectBucket[];
}

/** A bucket above 20 times the trailing maximum, asked again with plain `increase()`. */
export interface SuspectBucket {
  readonly at: number;
  readonly counted: number;
  readonly plain: number | null;
  readonly trailingMax: number;
  readonly kept: "counted" | "plain";
}

export interface SliFailure {
  readonly sliKey: string;
  /** In words, for the sources page and the SLO: what the server said of this query. */
  readonly message: string;
}

export type UpstreamErrorKind = "http" | "parse" | "network" | "timeout";

/** A source did not answer as it should. Never carries headers, tokens or a request's configuration. */
export class UpstreamError extends Error {
  override readonly name = "UpstreamError";
  readonly source: string;
  readonly kind: UpstreamErrorKind;
  readonly httpStatus: number | null;
  /** From `Retry-After`, when the upstream gave one. */
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    of: {
      source: string;
      kind: UpstreamErrorKind;
      httpStatus?: number | null;
      retryAfterMs?: number | null;
      cause?: unknown;
    },
  ) {
    super(message, { cause: of.cause });
    this.source = of.source;
    this.kind = of.kind;
    this.httpStatus = of.httpStatus ?? null;
    this.retryAfterMs = of.retryAfterMs ?? null;
  }
}
