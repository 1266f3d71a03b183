import type { Landing } from "#lib/dora/arrivals.ts";
import { indexChanges } from "#lib/dora/changes.ts";
import type { Deployment } from "#lib/dora/deployment.ts";
import type { Change } from "#lib/dora/facts.ts";
import { isMergeTold } from "#lib/dora/posted.ts";

export interface WaitingInput {
  readonly changes: readonly Change[];
  /** Of the service alone. */
  readonly landings: readonly Landing[];
  /** Of the service alone. */
  readonly deployments: readonly Deployment[];
}

/**
 * Changes that are merged and wait to be shipped, oldest first: those of the repositories that the
 * service shipped from that were merged after its last production deployment was begun. Null when it
 * was never deployed: nothing can be said then.
 * @example waitingChanges(input)?.length // 3
 */
export function waitingChanges(input: WaitingInput): Change[] | null {
  const { changes, landings, deployments } = input;
  if (deployments.length === 0) return null;
  const since = deployments.reduce((last, { createdAt }) => Math.max(last, createdAt), 0);
  const own = new Set(landings.map(({ change }) => change.repository));
  const landed = new Set(landings.map(({ change }) => change.id));
  const late = changes.filter((c) => c.mergedAt > since && own.has(c.repository));
  // A lone commit that is a part of a pull request is told twice.
  const { byMergeSha } = indexChanges(late);
  return (
    late
      // What a pipeline names it has deployed somewhere; whether it is merged is not told.
      .filter((change) => !landed.has(change.id) && isMergeTold(change))
      .filter(({ id, mergeShas }) => mergeShas.every((sha) => byMergeSha.get(sha)?.id === id))
      .sort((a, b) => a.mergedAt - b.mergedAt || (a.id < b.id ? -1 : 1))
  );
}
