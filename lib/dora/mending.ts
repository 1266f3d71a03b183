import type { Landing } from "#lib/dora/arrivals.ts";
import { type ChangeIndex, findChange } from "#lib/dora/changes.ts";
import type { Deployment } from "#lib/dora/deployment.ts";
import type { Change } from "#lib/dora/facts.ts";
import type { Rework } from "#lib/dora/rework.ts";
import { lastBefore, type Sequences } from "#lib/dora/sequence.ts";
import { DAY } from "#lib/time/duration.ts";

/** Where each change landed, per service. */
export type LandedAt = ReadonlyMap<string, ReadonlyMap<string, Deployment>>;

/**
 * Deployments by service and by the id of a change that landed with them.
 * @example landedAt(landings).get("checkout")?.get("pr:R_1#41")?.id // "d7"
 */
export function landedAt(landings: readonly Landing[]): LandedAt {
  const byService = new Map<string, Map<string, Deployment>>();
  for (const { change, deployment } of landings) {
    const places = byService.get(deployment.service) ?? new Map<string, Deployment>();
    byService.set(deployment.service, places.set(change.id, deployment));
  }
  return byService;
}

/**
 * Deployments that brought a revert of something deployed earlier: that one failed. What is reverted
 * before it ships is nobody's failure, and to take back a revert is to go forward again.
 * @example revertsIn(landings, index, landedAt(landings))[0]?.causeId // "d6"
 */
export function revertsIn(
  landings: readonly Landing[],
  index: ChangeIndex,
  landed: LandedAt,
): Rework[] {
  return landings.flatMap(({ change, deployment }) => {
    if (change.reverts === null) return [];
    const target = findChange(index, change.reverts, deployment.service);
    if (target && target.reverts !== null) return [];
    const cause = target ? (landed.get(deployment.service)?.get(target.id) ?? null) : null;
    if (cause?.id === deployment.id) return [];
    return [rework("revert", { change, deployment }, cause)];
  });
}

/**
 * Deployments that brought a change labelled or titled as a hotfix. What they mend is the last planned
 * deployment of the service in the 24 h before, if there is one: `isRework` tells the others.
 * @example hotfixesIn(landings, sequences, () => false)[0]?.confidence // "medium"
 */
export function hotfixesIn(
  landings: readonly Landing[],
  { byService }: Sequences,
  isRework: (deploymentId: string) => boolean,
): Rework[] {
  const hotfixes = landings.filter(({ change }) => isHotfix(change));
  const mending = new Set(hotfixes.map(({ deployment }) => deployment.id));
  const services = new Set(hotfixes.map(({ deployment }) => deployment.service));
  const planned = new Map(
    [...services].map((service) => [
      service,
      (byService.get(service) ?? []).filter(({ id }) => !mending.has(id) && !isRework(id)),
    ]),
  );
  return hotfixes.map((landing) => {
    const { service, finishedAt } = landing.deployment;
    return rework("hotfix", landing, lastBefore(planned.get(service) ?? [], finishedAt, DAY));
  });
}

/**
 * Whether a change says of itself that it is a hotfix, by a label or at the start of its title.
 * @example isHotfix({ title: "Hotfix: null price", labels: [] }) // true
 */
export function isHotfix({ title, labels }: Pick<Change, "title" | "labels">): boolean {
  return /^\W*hot-?fix\b/i.test(title) || labels.some((label) => /^hot-?fix$/i.test(label));
}

function rework(kind: "revert" | "hotfix", landing: Landing, cause: Deployment | null): Rework {
  return {
    kind,
    deploymentId: landing.deployment.id,
    causeId: cause?.id ?? null,
    changeId: landing.change.id,
    confidence: kind === "revert" ? "high" : "medium",
  };
}
