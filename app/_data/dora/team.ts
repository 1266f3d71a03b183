import { linesOf, priced } from "#app/_data/deployments/lines.ts";
import { DEFAULT_ZONE, LEVEL_YEARS } from "#app/_data/dora/ask.ts";
import { type KnownDelivery, readDelivery } from "#app/_data/dora/delivery.ts";
import { metricViews } from "#app/_data/dora/metrics.ts";
import { scopeOf } from "#app/_data/dora/scope.ts";
import { readOwners, servicesOf } from "#app/_data/dora/teams.ts";
import type { DeploymentLine } from "#components/deployments/view.ts";
import type { OpenIncident } from "#components/dora/team-delivery.tsx";
import type { MetricView } from "#components/dora/view.ts";
import type { Db } from "#db/connection.ts";
import { monthAt } from "#lib/dora/calendar.ts";
import { periodBefore } from "#lib/dora/period.ts";
import { doraReport } from "#lib/dora/report.ts";
import { trend } from "#lib/dora/trend.ts";

export interface TeamDeliveryView {
  readonly metrics: readonly MetricView[];
  /** Newest first. */
  readonly lines: readonly DeploymentLine[];
  readonly open: readonly OpenIncident[];
}

const RECENT = 8;
const TREND_MONTHS = 6;

/** How a team delivers in the last 30 days; null before any deployment or incident is known. */
export async function readTeamDelivery(
  db: Db,
  team: string,
  now: number,
): Promise<TeamDeliveryView | null> {
  const known = await readDelivery(db);
  if (known.facts.records.length + known.facts.incidents.length === 0) return null;
  const services = new Set(servicesOf(await readOwners(db), team));
  const recent = linesOf(known).filter(({ service }) => services.has(service));
  return {
    metrics: metricsOf(known, services, now),
    lines: await priced(db, known, recent.slice(0, RECENT)),
    open: known.delivery.incidents
      .filter(({ service, resolvedAt }) => resolvedAt === null && services.has(service))
      .map(({ id, service, title, severity, startedAt }) => ({
        ...{ id, service, title, severity, startedAt },
      })),
  };
}

function metricsOf(known: KnownDelivery, services: ReadonlySet<string>, now: number) {
  const { delivery, knowledge } = known;
  const period = { kind: "last", days: 30 } as const;
  const zone = DEFAULT_ZONE;
  const scope = scopeOf(period, { zone, now, knowledge });
  const report = doraReport(delivery, scope, services);
  const earlier = scopeOf(periodBefore({ period, zone, now }), scope);
  const before = doraReport(delivery, earlier, services);
  const month = monthAt(now, zone);
  const months = trend(delivery, { ...scope, month, months: TREND_MONTHS, services });
  return metricViews({ report, before, months, year: LEVEL_YEARS[0] });
}
