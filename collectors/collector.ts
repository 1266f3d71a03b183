import type { SliFact } from "#lib/slo/facts.ts";

export type { Purpose, SliFact, SuspectBucket } from "#lib/slo/facts.ts";

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
