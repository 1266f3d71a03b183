import type { Span } from "#lib/dora/calendar.ts";
import type { Exclusion } from "#lib/dora/exclusion.ts";
import type { DeploymentSource } from "#lib/dora/facts.ts";
import type { Interval } from "#lib/dora/quantile.ts";
import type { Confidence } from "#lib/dora/rework.ts";
import type { Stage } from "#lib/dora/stages.ts";

/** Why there is no number. */
export type Absence =
  | "no-deployments"
  | "first-deployment"
  | "no-incident-source"
  | "not-synced"
  /** Deployments were handed in without what they brought. */
  | "commits-not-told";

/** What to know before trusting a number. */
export type Flag =
  /** Fewer than 10 behind it. */
  | "too-few"
  /** A lower bound: something that is still open may raise it. Print ">=". */
  | "at-least"
  /** Taken over the deployments of several services at once. */
  | "pooled"
  /** Facts of a part of the range are not there yet. */
  | "partly-synced"
  /** Incidents are not known, so that what they would add is missing. */
  | "no-incident-source"
  /** There were deployments, and none failed. */
  | "no-failures"
  /** There were deployments, and none brought a change that counts. */
  | "no-changes"
  /** No incident in the range. */
  | "no-incidents";

/** Medians do not sum to a median; means do: those of all stages sum to the mean lead time. */
export interface StageSummary {
  readonly stage: Stage;
  /** Of the changes that had the stage; null when none had. */
  readonly medianMs: number | null;
  /** Over all changes; one without the stage spent 0 ms in it. */
  readonly meanMs: number;
  /** How many changes had it. */
  readonly n: number;
}

/** What is still going on. */
export interface OpenSummary {
  readonly n: number;
  readonly longestMs: number;
  /** Which of the values are lower bounds. */
  readonly atLeast: readonly ("value" | "p75" | "p90")[];
}

/** Where the numbers were learned from, and how far to trust it. */
export interface SourceNote {
  readonly names: readonly DeploymentSource[];
  /** That of the weakest part; null when there is nothing. */
  readonly confidence: Confidence | null;
}

/** One number with all that is needed to trust it. JSON-safe. */
export interface Metric {
  readonly value: number | null;
  readonly reason?: Absence;
  readonly flags: readonly Flag[];
  /** When it is partly synced: the part of the range of which all facts are there; epoch ms. */
  readonly known?: Span;
  /** How many it was taken over: deployments, changes, failures or incidents. */
  readonly n: number;
  readonly unit: "deployments" | "ms" | "ratio";
  readonly perDay?: number;
  readonly perWeek?: number;
  readonly p75?: number;
  readonly p90?: number;
  /** Of a share, 95 %. */
  readonly interval?: Interval;
  readonly stages?: readonly StageSummary[];
  readonly open?: OpenSummary;
  readonly excluded: readonly Exclusion[];
  readonly source: SourceNote;
  /** Ids of the deployments, changes or incidents behind it. */
  readonly rows: readonly string[];
}

/** Below so many, a share says little and gets no level. */
export const FEW = 10;

/**
 * `flag` alone when it applies, else none: flags are lists.
 * @example flagIf(n < FEW, "too-few") // ["too-few"]
 */
export function flagIf(applies: boolean, flag: Flag): Flag[] {
  return applies ? [flag] : [];
}
