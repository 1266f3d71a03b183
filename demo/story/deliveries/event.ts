/** One thing that happens in a repository, at `at` (epoch ms). */
export type RepositoryEvent = Merge | Deploy | Rollback | Outage;

export interface Merge {
  readonly kind: "merge";
  readonly at: number;
  /** By which other events speak of it; null when none does. */
  readonly key: string | null;
  readonly title: string;
  readonly author: string;
  readonly labels: readonly string[];
  readonly authoredAt: readonly number[];
  readonly openedAt: number;
  readonly readyAt: readonly number[];
  readonly reviewedAt: number;
  readonly reviewer: string;
  readonly merging: "squash" | "merge" | "rebase";
  /** Key of the change that it takes back. */
  readonly reverts: string | null;
}

/** What the main line holds then goes to production. */
export interface Deploy {
  readonly kind: "deploy";
  /** When it has finished. */
  readonly at: number;
  readonly service: string;
  readonly succeeds: boolean;
}

/** The version before the one that runs is deployed again. */
export interface Rollback {
  readonly kind: "rollback";
  readonly at: number;
  readonly service: string;
}

/** An incident, told as an issue. */
export interface Outage {
  readonly kind: "outage";
  /** When it was noticed, and its issue opened. */
  readonly at: number;
  readonly service: string;
  readonly title: string;
  readonly severity: 1 | 2 | 3;
  readonly startedAt: number;
  readonly resolvedAt: number;
  /** Key of the change that caused it; null when nobody wrote that down. */
  readonly cause: string | null;
  /** Key of the change that mended it; null when none did. */
  readonly fix: string | null;
  readonly told: string;
}
