import type { KnownDelivery } from "#app/_data/dora/delivery.ts";

interface Asked {
  readonly service: string;
  readonly from: number;
  readonly to: number;
}

/** The production deployments and incidents of a range as API v1 gives them, oldest first. */
export function happenedIn({ delivery }: KnownDelivery, { service, from, to }: Asked) {
  const isIn = (own: string, at: number) => own === service && at >= from && at < to;
  return {
    deployments: delivery.verdicts
      .filter(({ deployment: d }) => isIn(d.service, d.finishedAt))
      .map(({ deployment: { id, environment, sha, ref, finishedAt, url }, failed }) => ({
        ...{ id, environment, sha, ref, finishedAt: iso(finishedAt), failed, url },
      })),
    incidents: delivery.incidents
      .filter(
        (one) =>
          isIn(one.service, one.startedAt) ||
          (one.service === service && one.startedAt < from && lastsInto(one.resolvedAt, from)),
      )
      .map(({ id, title, severity, startedAt, resolvedAt, url }) => ({
        ...{ id, title, severity, startedAt: iso(startedAt) },
        resolvedAt: resolvedAt === null ? null : iso(resolvedAt),
        deploymentId: delivery.attributions.get(id)?.deploymentId ?? null,
        url,
      })),
  };
}

function lastsInto(resolvedAt: number | null, from: number): boolean {
  return resolvedAt === null || resolvedAt > from;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
