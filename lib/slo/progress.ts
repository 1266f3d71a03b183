import type { SliFact } from "#lib/slo/facts.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/** How far one SLI has been asked. Times in epoch ms; null = not yet. */
export interface SliProgress {
  /** `[tailAt, headAt)` has been asked. */
  readonly headAt: number | null;
  readonly tailAt: number | null;
  readonly backfillFrom: number | null;
  readonly backfilledAt: number | null;
  /** Start of the first covered minute, exclusive end of the newest. */
  readonly firstCoveredAt: number | null;
  readonly lastCoveredAt: number | null;
  readonly rereadAt: number | null;
  /** Highest total of one minute, halved for each day between it and `headAt`. */
  readonly trailingMax: number | null;
}

/** Of an SLI that was never asked. */
export const NO_PROGRESS: SliProgress = {
  headAt: null,
  tailAt: null,
  backfillFrom: null,
  backfilledAt: null,
  firstCoveredAt: null,
  lastCoveredAt: null,
  rereadAt: null,
  trailingMax: null,
};

/**
 * Progress once a fact is saved at `now` (epoch ms). Saving it again changes nothing more.
 * @example progressAfter(NO_PROGRESS, fact, now).headAt // fact.to
 */
export function progressAfter(before: SliProgress, fact: SliFact, now: number): SliProgress {
  const headAt = Math.max(before.headAt ?? fact.to, fact.to);
  const tailAt = Math.min(before.tailAt ?? fact.from, fact.from);
  const done = before.backfillFrom !== null && tailAt <= before.backfillFrom;
  return {
    headAt,
    tailAt,
    backfillFrom: before.backfillFrom,
    backfilledAt: before.backfilledAt ?? (done ? now : null),
    ...coverageAfter(before, fact),
    rereadAt: fact.purpose === "reread" ? now : before.rereadAt,
    trailingMax: trailingMax(before, fact, headAt),
  };
}

/**
 * Whether a fact takes away the minute that was known as first or newest covered: then only the
 * stored rows can tell which one is now.
 * @example recedes(before, { ...fact, buckets: [] }) // true when the fact spans before.lastCoveredAt
 */
export function recedes(before: SliProgress, fact: SliFact): boolean {
  const { firstCoveredAt: first, lastCoveredAt: last } = before;
  const found = covered(fact);
  const losesLast = last !== null && fact.from < last && last <= fact.to;
  const losesFirst = first !== null && fact.from <= first && first < fact.to;
  return (
    (losesLast && (found.lastCoveredAt ?? 0) < last) ||
    (losesFirst && (found.firstCoveredAt ?? Number.POSITIVE_INFINITY) > first)
  );
}

function coverageAfter(before: SliProgress, fact: SliFact) {
  const found = covered(fact);
  return {
    firstCoveredAt: pick(Math.min, before.firstCoveredAt, found.firstCoveredAt),
    lastCoveredAt: pick(Math.max, before.lastCoveredAt, found.lastCoveredAt),
  };
}

function covered({ buckets, stepMs }: SliFact) {
  const first = buckets[0];
  return {
    firstCoveredAt: first ? first.at - stepMs : null,
    lastCoveredAt: buckets.at(-1)?.at ?? null,
  };
}

function pick(of: (a: number, b: number) => number, a: number | null, b: number | null) {
  return a === null || b === null ? (a ?? b) : of(a, b);
}

function trailingMax(before: SliProgress, fact: SliFact, headAt: number): number | null {
  const fade = (value: number, at: number) => value * 0.5 ** ((headAt - at) / DAY);
  let max = before.trailingMax === null ? null : fade(before.trailingMax, before.headAt ?? headAt);
  if (fact.peakPerMinute !== undefined) {
    return Math.max(max ?? 0, fade(fact.peakPerMinute, fact.to));
  }
  for (const { at, total } of fact.buckets) {
    max = Math.max(max ?? 0, fade(total / (fact.stepMs / MINUTE), at));
  }
  return max;
}
