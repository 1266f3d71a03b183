import type { Costs } from "#lib/dora/cost.ts";
import { exceeds } from "#lib/slo/compare.ts";

/** What one deployment cost in all: its own excess and the incidents that it caused. */
export interface Spender {
  readonly deploymentId: string;
  readonly bad: number;
  /** Of the whole budget. */
  readonly share: number;
  readonly incidentIds: readonly string[];
}

/**
 * Costs rolled up to the deployments that pay for them, dearest first. Incidents of unknown cause are
 * not among them.
 * @example spendersOf(costs)[0] // { deploymentId: "d7", share: 0.18, … }
 */
export function spendersOf({ parts }: Pick<Costs, "parts">): Spender[] {
  const byDeployment = Map.groupBy(parts, ({ deploymentId }) => deploymentId);
  return [...byDeployment]
    .flatMap(([deploymentId, own]) =>
      deploymentId === null
        ? []
        : [
            {
              deploymentId,
              bad: own.reduce((sum, { bad }) => sum + bad, 0),
              share: own.reduce((sum, { share }) => sum + share, 0),
              incidentIds: own.filter(({ kind }) => kind === "incident").map(({ id }) => id),
            },
          ],
    )
    .sort((a, b) => b.bad - a.bad || (a.deploymentId < b.deploymentId ? -1 : 1));
}

/**
 * The deployments that cost more than `share` of a budget, 10 % if nothing else is said.
 * @example costly(spenders).length // 1
 */
export function costly(spenders: readonly Spender[], share = 0.1): Spender[] {
  return spenders.filter((spender) => exceeds(spender.share, share));
}
