import { changeView, commitsOf } from "#app/_data/dora/change.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { DeploymentView, ShippedView } from "#components/deployments/view.ts";
import type { Deployment } from "#lib/dora/deployment.ts";
import type { Exclusion } from "#lib/dora/exclusion.ts";
import type { Change } from "#lib/dora/facts.ts";

/** The changes that a deployment brought, slowest first, and what of them is not known. */
export function shippedBy(
  { delivery }: KnownDelivery,
  { id, service, finishedAt }: Deployment,
): Pick<DeploymentView, "shipped" | "gaps"> {
  const left = delivery.excluded.filter((e) => e.service === service && e.at === finishedAt);
  const timed = delivery.arrivals.filter(({ deployment }) => deployment.id === id);
  const timedIds = new Set(timed.map(({ change }) => change.id));
  const others = delivery.landings.filter(
    ({ deployment, change }) => deployment.id === id && !timedIds.has(change.id),
  );
  return {
    shipped: [
      ...timed
        .map((arrival) => ({ kind: "timed" as const, ...changeView(arrival) }))
        .sort((a, b) => b.leadTimeMs - a.leadTimeMs),
      ...others.map(({ change }) => untimed(change, left)),
    ],
    gaps: left.filter((e) => e.id === id).map(({ reason, n }) => ({ reason, n })),
  };
}

function untimed(change: Change, left: readonly Exclusion[]): ShippedView {
  const { id, number, title, author, url } = change;
  return {
    ...{ kind: "untimed", id, number, title, author, url },
    reason: left.find((exclusion) => exclusion.id === id)?.reason ?? null,
    commits: commitsOf(change),
  };
}
