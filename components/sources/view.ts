import type { GapState } from "#lib/slo/gaps.ts";
import type { Finding } from "#lib/spec/model.ts";

/** Everything on the sources page: JSON-safe, times in epoch ms. */
export interface SourcesView {
  readonly readAt: number;
  readonly sources: readonly SourceView[];
  /** What tells of deployments and incidents. */
  readonly deliveries: readonly DeliverySourceView[];
  readonly documents: readonly DocumentView[];
  /** Where documents are looked for, as configured. */
  readonly globs: readonly string[];
}

export interface SourceView {
  readonly name: string;
  readonly kind: "prometheus" | "github" | "pagerduty" | "synthetic";
  readonly state: "starting" | "ok" | "no-data" | "failed";
  readonly address: string | null;
  readonly flavour: string | null;
  readonly counting: "exact" | "increase" | null;
  readonly scrapeIntervalMs: number | null;
  readonly lastAttemptAt: number | null;
  readonly lastSuccessAt: number | null;
  readonly error: string | null;
  readonly errorSince: number | null;
  readonly warnings: readonly string[];
  /** SLIs in force that it counts, and how many of their queries it refuses. */
  readonly slis: number;
  readonly refused: number;
  /** SLOs whose queries are refused, with the server's words; the first ones of many. */
  readonly refusals: readonly RefusalView[];
  /** Exclusive end of the newest minute with data. */
  readonly watermark: number | null;
  readonly backfill: BackfillView | null;
  /** Newest first. */
  readonly gaps: readonly GapView[];
  /** Newest first. */
  readonly suspects: readonly SuspectView[];
}

/** A source of deployments or incidents. */
export interface DeliverySourceView {
  readonly name: string;
  readonly state: "starting" | "ok" | "no-data" | "failed";
  readonly address: string | null;
  readonly lastSuccessAt: number | null;
  readonly error: string | null;
  readonly errorSince: number | null;
  /** Null where the source keeps none, or was never asked. */
  readonly quota: QuotaView | null;
  readonly repositories: readonly RepositoryView[];
  /** Parts that could not be had, while the source itself answered. */
  readonly failures: readonly { readonly repository: string; readonly message: string }[];
  readonly backfill: BackfillView | null;
}

export interface QuotaView {
  /** Points that the last run took. */
  readonly used: number;
  readonly remaining: number;
  readonly limit: number;
  /** When it is whole again, epoch ms. */
  readonly resetAt: number | null;
}

export interface RepositoryView {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Everything at or after this is there, epoch ms. */
  readonly collectedFrom: number;
  /** No older history is to come. */
  readonly complete: boolean;
}

/** The first fetch of history, over all SLIs; null once it has ended. */
export interface BackfillView {
  /** Share of the wanted history that is there, 0 to 1. */
  readonly share: number;
  readonly daysDone: number;
  readonly daysOf: number;
}

/** A stretch without an answer that `slis` SLIs have in common. */
export interface GapView {
  readonly from: number;
  /** Null: there is no data after it either. */
  readonly to: number | null;
  readonly state: GapState;
  readonly slis: number;
}

export interface RefusalView {
  readonly service: string;
  readonly slo: string;
  readonly error: string;
}

/** A minute that looked too high to be true and was asked again. */
export interface SuspectView {
  /** The SLOs that it counts for, each `service/slo`. */
  readonly slos: readonly string[];
  readonly at: number;
  readonly counted: number;
  readonly plain: number | null;
  readonly kept: "counted" | "plain";
}

export interface DocumentView {
  readonly path: string;
  readonly dialect: string | null;
  /** Since when the text that is in force is; null = nothing of the file is. */
  readonly goodAt: number | null;
  readonly seenAt: number;
  readonly findings: readonly Finding[];
  /** Where its newest text stands on the web; null for a file of the folder. */
  readonly url: string | null;
}
