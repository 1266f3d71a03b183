import type { Change } from "#lib/dora/facts.ts";
import { MINUTE } from "#lib/time/duration.ts";

/**
 * When work on a change began (epoch ms): its commit that was authored first, wherever it stands in
 * the list. Without commits: when it was opened, else merged.
 * @example startOf(change) // 1_767_225_600_000
 */
export function startOf({ commits, openedAt, mergedAt }: Change): number {
  if (commits.length === 0) return openedAt ?? mergedAt;
  return commits.reduce(
    (first, { authoredAt }) => Math.min(first, authoredAt),
    Number.POSITIVE_INFINITY,
  );
}

/** Clocks of laptops and servers are never the same to the second. */
const TOLERANCE_MS = 5 * MINUTE;

/** The first commit that Git ever held: an earlier author's date is an unset clock or an import. */
const FIRST_COMMIT = Date.UTC(2005, 3, 7);

/**
 * Whether the author's clock cannot be right: work that began more than 5 min after it was merged,
 * after it was deployed (`finishedAt`, epoch ms), or before there was Git.
 * @example isSkewed(authoredIn1970, finishedAt) // true
 */
export function isSkewed(change: Change, finishedAt: number): boolean {
  const start = startOf(change);
  return start > change.mergedAt + TOLERANCE_MS || start > finishedAt || start < FIRST_COMMIT;
}
