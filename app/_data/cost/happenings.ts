import { titleOf } from "#app/_data/cost/names.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { Happening } from "#lib/charts/happenings.ts";

/** The production deployments and incidents of a service in `[from, to)`, with those that lasted into it. */
export function happeningsIn(
  { delivery }: KnownDelivery,
  { service, from, to }: { readonly service: string; readonly from: number; readonly to: number },
): Happening[] {
  const deployments = delivery.verdicts
    .filter(({ deployment: d }) => d.service === service && d.finishedAt >= from)
    .filter(({ deployment: d }) => d.finishedAt < to)
    .map(({ deployment, failed }) => {
      const { id, finishedAt: at } = deployment;
      return { kind: "deployment" as const, id, title: titleOf(deployment), at, until: at, failed };
    });
  const incidents = delivery.incidents
    .filter((one) => one.service === service && one.startedAt < to)
    .filter(({ resolvedAt }) => resolvedAt === null || resolvedAt > from)
    .map(({ id, title, severity, startedAt: at, resolvedAt: until }) => ({
      ...{ kind: "incident" as const, id, title: `${severity} ${title}`, at },
      ...{ until: until !== null && until > to ? null : until, failed: false },
    }));
  return [...deployments, ...incidents];
}
