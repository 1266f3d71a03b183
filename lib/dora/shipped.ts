import type { Deployment } from "#lib/dora/deployment.ts";
import type { ShippedCommits } from "#lib/dora/facts.ts";

/** What a deployment brought, over all records that became part of it. */
export interface Cargo {
  /** Each once. */
  readonly shas: readonly string[];
  readonly confidence: "high" | "low";
  readonly complete: boolean;
  /** Whether it was compared with an earlier version, known here or not. */
  readonly hasPrevious: boolean;
}

/**
 * The commits of each deployment, by its id. Jobs and redeploys add up: the first brought the commits,
 * the others nothing. A deployment whose commits were never walked is absent.
 * @example cargoOf(deployments, shipped, previous).get("d2")?.shas.length // 12
 */
export function cargoOf(
  deployments: readonly Deployment[],
  shipped: readonly ShippedCommits[],
  previous: ReadonlyMap<string, Deployment>,
): ReadonlyMap<string, Cargo> {
  const byRecord = Map.groupBy(shipped, ({ deploymentId }) => deploymentId);
  return new Map(
    deployments.flatMap((deployment) => {
      const walks = deployment.recordIds.flatMap((id) => byRecord.get(id) ?? []);
      const before = previous.get(deployment.id);
      return walks.length > 0 ? [[deployment.id, together(walks, deployment, before)]] : [];
    }),
  );
}

function together(
  walks: readonly ShippedCommits[],
  { sha }: Deployment,
  before: Deployment | undefined,
): Cargo {
  const fits = walks.every(
    ({ previousSha: from }) => !before || from === before.sha || from === sha,
  );
  return {
    shas: distinct(walks),
    // A walk that began at another version than the one replaced may hold too much or too little.
    confidence: fits && walks.every(({ confidence }) => confidence === "high") ? "high" : "low",
    complete: walks.every(({ complete }) => complete),
    hasPrevious: walks.some(({ previousSha }) => previousSha !== null && previousSha !== sha),
  };
}

/** Most deployments have one walk, whose commits are not told twice. */
function distinct(walks: readonly ShippedCommits[]): readonly string[] {
  const [only, ...more] = walks;
  return only && more.length === 0 ? only.shas : [...new Set(walks.flatMap(({ shas }) => shas))];
}
