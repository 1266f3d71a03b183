import type { Change } from "#lib/dora/facts.ts";
import { isMergeTold } from "#lib/dora/posted.ts";

/** What a change waits for, in order. */
export const STAGES = ["coding", "pickup", "review", "waiting", "deploying"] as const;

export type Stage = (typeof STAGES)[number];

/** Milliseconds per stage; null = there was no such stage, its neighbour holds the time. */
export type Stages = Readonly<Record<Stage, number | null>>;

/** The moments of one change's way into production, epoch ms. */
export interface Way {
  readonly startedAt: number;
  readonly change: Pick<
    Change,
    "id" | "number" | "openedAt" | "readyAt" | "firstReviewAt" | "mergedAt"
  >;
  /** When the deployment was begun, and when it succeeded. */
  readonly createdAt: number;
  readonly finishedAt: number;
}

/**
 * How the lead time of a change divides into stages, in ms. They sum exactly to it: each begins where
 * the one before ends, and moments that contradict the order are moved to the nearest that do not.
 * Without a review, pickup lasts to the merge; a lone commit has coding alone until it is merged, or
 * where that is not told until its deployment is begun.
 * @example stagesOf(way).waiting // 3_600_000
 */
export function stagesOf(way: Way): Stages {
  const stages: Record<Stage, number | null> = { ...NONE };
  let from = way.startedAt;
  for (const [stage, end] of endsOf(way)) {
    const to = Math.min(Math.max(end, from), way.finishedAt);
    stages[stage] = to - from;
    from = to;
  }
  return stages;
}

const NONE: Stages = { coding: null, pickup: null, review: null, waiting: null, deploying: null };

function endsOf({ change, createdAt, finishedAt }: Way): (readonly [Stage, number])[] {
  if (!isMergeTold(change)) return unmerged(createdAt, finishedAt);
  return [...codingAndReview(change), ...shipping(createdAt, finishedAt)];
}

function codingAndReview(change: Way["change"]): (readonly [Stage, number])[] {
  const { number, openedAt, readyAt, firstReviewAt, mergedAt } = change;
  const ready = readyAt ?? openedAt;
  if (number === null || ready === null) return [["coding", mergedAt]];
  if (firstReviewAt === null) {
    return [
      ["coding", ready],
      ["pickup", mergedAt],
    ];
  }
  return [
    ["coding", ready],
    // A review of a draft does not count as one before the change was ready.
    ["pickup", Math.min(firstReviewAt, mergedAt)],
    ["review", mergedAt],
  ];
}

/** How long it waited is not known: what comes before the deployment is taken together. */
function unmerged(createdAt: number, finishedAt: number): (readonly [Stage, number])[] {
  if (createdAt >= finishedAt) return [["coding", finishedAt]];
  return [
    ["coding", createdAt],
    ["deploying", finishedAt],
  ];
}

/** Releases, tags and merges have no length of their own: the wait takes it all. */
function shipping(createdAt: number, finishedAt: number): (readonly [Stage, number])[] {
  if (createdAt >= finishedAt) return [["waiting", finishedAt]];
  return [
    ["waiting", createdAt],
    ["deploying", finishedAt],
  ];
}
