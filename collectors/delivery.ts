import type { Change, DeploymentRecord, Incident, ShippedCommits } from "#lib/dora/facts.ts";

/**
 * The contract between delivery upstreams and the store. Facts have natural ids and a batch is saved in
 * one transaction with its cursor, so running a batch again, or again from an older cursor, is harmless.
 * `Change.mergeShas` grows: saving a change again keeps the shas that are already there.
 */
export interface DeliveryCollector<Work> {
  /** The name of its folder. */
  readonly id: string;
  /** `cursor` is that of the last saved batch, as it was given; null or unreadable = from the start. */
  collect(work: Work, cursor: unknown, signal: AbortSignal): AsyncIterable<DeliveryBatch>;
}

export interface DeliveryBatch {
  readonly deployments: readonly DeploymentRecord[];
  readonly changes: readonly Change[];
  readonly shipped: readonly ShippedCommits[];
  readonly incidents: readonly Incident[];
  /** Ids of incidents that are none any more, or were deleted where they came from. */
  readonly withdrawn: readonly string[];
  readonly repositories: readonly RepositoryFact[];
  /** Parts that could not be had while the source itself answered; what came is in the batch. */
  readonly failures: readonly DeliveryFailure[];
  /** Plain JSON, saved with the facts. */
  readonly cursor: object;
  readonly points: Points;
}

/** A repository by what never changes, and what it is called at present. */
export interface RepositoryFact {
  readonly id: string;
  /** `owner/name`, as it is today. */
  readonly fullName: string;
  readonly url: string;
  /** Everything at or after this is collected; epoch ms. */
  readonly collectedFrom: number;
  /** No older history is to come. */
  readonly complete: boolean;
}

export interface DeliveryFailure {
  /** `owner/name`. */
  readonly repository: string;
  /** In words, for the sources page. */
  readonly message: string;
}

/** What the upstream's quota says; null where it keeps none. */
export interface Points {
  /** Spent by this run so far. */
  readonly used: number;
  readonly remaining: number | null;
  readonly limit: number | null;
  /** Epoch ms. */
  readonly resetAt: number | null;
}
