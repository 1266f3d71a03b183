import { and, asc, eq, gt, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { alerts, incidents } from "#db/schema/index.ts";
import type { IncidentRule, RuledAlert } from "#lib/alerts/incident.ts";
import { HOUR } from "#lib/time/duration.ts";

/** An alert that was over for longer than this when it became known opens nothing any more. */
const LATE_MS = HOUR;

export interface Ruling {
  readonly rules: readonly IncidentRule[];
  /** Epoch ms. */
  readonly now: number;
}

/** Alerts that may still open one: a little more than the rules say, found by the database. */
function mayOpen({ rules, now }: Ruling): SQL | undefined {
  return and(
    isNotNull(alerts.service),
    isNull(alerts.incidentId),
    or(isNull(alerts.endsAt), gt(alerts.endsAt, now - LATE_MS)),
    or(...rules.map((rule) => speaksOf(rule, now))),
  );
}

function speaksOf({ severity, labels, afterMs }: IncidentRule, now: number): SQL | undefined {
  return and(
    eq(alerts.severity, severity),
    sql`${alerts.labels} @> ${JSON.stringify(labels)}::jsonb`,
    sql`coalesce(${alerts.endsAt}, ${now}::bigint) - ${alerts.startsAt} >= ${afterMs}::bigint`,
  );
}

/** Services with alerts that may open an incident, or with one whose alerts are all over. */
export async function servicesDue(db: Db, ruling: Ruling): Promise<string[]> {
  const opening = await db
    .selectDistinct({ service: alerts.service })
    .from(alerts)
    .where(mayOpen(ruling));
  const ending = await db
    .select({ service: alerts.service })
    .from(incidents)
    .innerJoin(alerts, eq(alerts.incidentId, incidents.id))
    .where(
      and(
        eq(incidents.origin, "alert"),
        isNull(incidents.resolvedAt),
        sql`not ('resolved_at' = any(${incidents.byHand}))`,
      ),
    )
    .groupBy(incidents.id, alerts.service)
    .having(sql`bool_and(${alerts.endsAt} is not null)`);
  const services = [...opening, ...ending].flatMap(({ service }) => service ?? []);
  return [...new Set(services)].sort();
}

/** What rules look at; not the raw payload's rest. */
export const RULED = {
  id: alerts.id,
  fingerprint: alerts.fingerprint,
  name: alerts.name,
  service: alerts.service,
  severity: alerts.severity,
  labels: alerts.labels,
  annotations: alerts.annotations,
  startsAt: alerts.startsAt,
  endsAt: alerts.endsAt,
};

/** The alerts of a service that may open an incident, in the order in which they began. */
export async function readOpening(tx: Db, service: string, ruling: Ruling): Promise<RuledAlert[]> {
  const rows = await tx
    .select(RULED)
    .from(alerts)
    .where(and(eq(alerts.service, service), mayOpen(ruling)))
    .orderBy(asc(alerts.startsAt), asc(alerts.id));
  return rows.flatMap(ownAlert);
}

type RuledRow = Omit<RuledAlert, "service"> & { readonly service: string | null };

/** None for an alert that is about nothing of ours. */
export function ownAlert({ service, ...row }: RuledRow): RuledAlert[] {
  return service === null ? [] : [{ ...row, service }];
}
