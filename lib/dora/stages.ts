import type { Change } from "#lib/dora/facts.ts";

/** What a change waits for, in order. */
export const STAGES = ["coding", "pickup", "review", "waiting", "deploying"] as const;

export type Stage = (typeof STAGES)[number];

/** Milliseconds per stage; null = there was no such stage, its neighbour holds the time. */
export type Stages = Readonly<Record<Stage, number | null>>;

/** The moments of one change's way into production, epoch ms. */
export interface Way {
  readonly startedAt: number;
  readonly change: Pick<Change, "number" | "openedAt" | "readyAt" | "firstReviewAt" | "mergedAt">;
  /** When the deployment was begun, and when it succeeded. */
  readonly createdAt: number;
  readonly finishedAt: number;
}

/**
 * How the lead time of a change divides into stages, in ms. They sum exactly to it: each begins where
 * the one before ends, and moments that contradict the order are moved to the nearest that do not.
 * Without a review, pickup lasts to the merge; a lone commit has coding alone until it is merged.
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

/** Releases, tags and merges have no length of their own: the wait takes it all. */
function shipping(createdAt: number, finishedAt: number): (readonly [Stage, number])[] {
  if (createdAt >= finishedAt) return [["waiting", finishedAt]];
  return [
    ["waiting", createdAt],
    ["deploying", finishedAt],
  ];
}
