import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { alerts, incidents } from "#db/schema/index.ts";
import { ownAlert, RULED, type Ruling, readOpening, servicesDue } from "#db/writes/alertsDue.ts";
import { lockForDelivery } from "#db/writes/delivery.ts";
import { note, saveIncidents } from "#db/writes/incidents.ts";
import { lockAlerts } from "#db/writes/outsideAlerts.ts";
import { incidentOf, incidentSeverity, overlap, type RuledAlert } from "#lib/alerts/incident.ts";
import type { Severity } from "#lib/dora/facts.ts";

/**
 * Opens an incident for each group of alerts that the rules speak of: those of one service that were on
 * at the same time are one. Ends those whose alerts are over. What a person has set stays as it is.
 */
export async function followAlertIncidents(db: Db, ruling: Ruling): Promise<void> {
  if (ruling.rules.length === 0) return;
  for (const service of await servicesDue(db, ruling)) {
    await db.transaction((tx) => followService(tx, service, ruling));
  }
}

async function followService(tx: Db, service: string, ruling: Ruling): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtext('plimsoll.alert-incidents'), hashtext(${service}))`,
  );
  const opening = await readOpening(tx, service, ruling);
  const near = await readNear(tx, service, opening);
  await lockForDelivery(tx, near);
  await lockAlerts(
    tx,
    opening.map(({ id }) => id),
  );
  const touched = new Set<string>();
  for (const alert of opening) {
    const as = incidentSeverity(alert, ruling.rules, ruling.now);
    if (as !== null) touched.add(await join(tx, { ...alert, as }));
  }
  for (const id of await readOpenIds(tx, near)) touched.add(id);
  for (const id of touched) await renew(tx, id, ruling);
}

/** The incidents that may be changed: those that are open, and those that these alerts may join. */
async function readNear(
  tx: Db,
  service: string,
  opening: readonly RuledAlert[],
): Promise<string[]> {
  const [first] = opening;
  const mayJoin = first && or(isNull(alerts.endsAt), gt(alerts.endsAt, first.startsAt - 1));
  const rows = await tx
    .selectDistinct({ id: incidents.id })
    .from(incidents)
    .innerJoin(alerts, eq(alerts.incidentId, incidents.id))
    .where(
      and(
        eq(alerts.service, service),
        or(and(eq(incidents.origin, "alert"), isNull(incidents.resolvedAt)), mayJoin),
      ),
    );
  return rows.map(({ id }) => id);
}

/** The incident of the alerts that it overlaps with, unless that was over before it; else one of its own. */
async function join(tx: Db, alert: RuledAlert & { readonly as: Severity }): Promise<string> {
  // A person may have ended it while one of its alerts still fires.
  const wasOver = sql`exists (select from ${incidents} i
    where i.id = ${alerts.incidentId} and i.resolved_at < ${alert.startsAt}::bigint)`;
  const near = await tx
    .select({
      startsAt: alerts.startsAt,
      endsAt: alerts.endsAt,
      incidentId: alerts.incidentId,
    })
    .from(alerts)
    .where(
      and(
        eq(alerts.service, alert.service),
        isNotNull(alerts.incidentId),
        or(isNull(alerts.endsAt), gt(alerts.endsAt, alert.startsAt - 1)),
        alert.endsAt === null ? undefined : lte(alerts.startsAt, alert.endsAt),
        sql`not ${wasOver}`,
      ),
    )
    .orderBy(asc(alerts.startsAt), asc(alerts.id))
    .limit(1);
  const fellow = near.find((other) => overlap(alert, other));
  const incidentId = fellow?.incidentId ?? `alert:${alert.fingerprint}:${alert.startsAt}`;
  await tx.update(alerts).set({ incidentId }).where(eq(alerts.id, alert.id));
  return incidentId;
}

async function readOpenIds(tx: Db, among: readonly string[]): Promise<string[]> {
  const { id, origin, resolvedAt } = incidents;
  const rows = await tx
    .select({ id })
    .from(incidents)
    .where(and(inArray(id, [...among]), eq(origin, "alert"), isNull(resolvedAt)));
  return rows.map((row) => row.id);
}

/** The incident as its alerts tell it now. */
async function renew(tx: Db, id: string, { rules, now }: Ruling): Promise<void> {
  const rows = await tx.select(RULED).from(alerts).where(eq(alerts.incidentId, id));
  const all = rows.flatMap(ownAlert);
  // A rule that was taken out since does not take its incident with it.
  const ruled = all.map((alert) => ({
    ...alert,
    as: incidentSeverity(alert, rules, now) ?? ("SEV3" as const),
  }));
  const incident = incidentOf(ruled);
  const service = all[0]?.service;
  if (!incident || service === undefined) return;
  const unsaid = { url: null, detectedAt: null, mitigatedAt: null, links: [] };
  await saveIncidents(tx, [{ id, service, ...unsaid, ...incident }], { origin: "alert", now });
  await note(
    tx,
    all.map((alert) => ({
      incidentId: id,
      at: alert.startsAt,
      kind: "alert",
      text: `Alert ${alert.name} (${alert.severity}) opened it by rule`,
      naturalKey: `${id} alert ${alert.id}`,
    })),
  );
}
