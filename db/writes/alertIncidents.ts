import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { alerts, incidents } from "#db/schema/index.ts";
import { note, saveIncidents } from "#db/writes/incidents.ts";
import {
  type IncidentRule,
  incidentOf,
  incidentSeverity,
  overlap,
  type RuledAlert,
} from "#lib/alerts/incident.ts";
import type { Severity } from "#lib/dora/facts.ts";
import { HOUR } from "#lib/time/duration.ts";

/** An alert that was over for longer than this when it became known opens nothing any more. */
const LATE_MS = HOUR;

export interface Ruling {
  readonly rules: readonly IncidentRule[];
  /** Epoch ms. */
  readonly now: number;
}

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

/** Alerts that may still open one. */
function mayOpen({ rules, now }: Ruling): SQL | undefined {
  const severities = [...new Set(rules.map(({ severity }) => severity))];
  return and(
    isNotNull(alerts.service),
    isNull(alerts.incidentId),
    inArray(alerts.severity, severities),
    or(isNull(alerts.endsAt), gt(alerts.endsAt, now - LATE_MS)),
  );
}

async function servicesDue(db: Db, ruling: Ruling): Promise<string[]> {
  const opening = await db.select().from(alerts).where(mayOpen(ruling));
  const due = opening.filter((row) => incidentSeverity(row, ruling.rules, ruling.now) !== null);
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
  const services = [...due, ...ending].flatMap(({ service }) => service ?? []);
  return [...new Set(services)].sort();
}

type AlertRow = typeof alerts.$inferSelect;
type OwnAlert = RuledAlert & { readonly incidentId: string | null };

async function followService(tx: Db, service: string, ruling: Ruling): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtext('plimsoll.alert-incidents'), hashtext(${service}))`,
  );
  const touched = new Set<string>();
  for (const alert of await readOpening(tx, service, ruling)) {
    const as = incidentSeverity(alert, ruling.rules, ruling.now);
    if (as !== null) touched.add(await join(tx, { ...alert, as }));
  }
  for (const id of await readOpenIds(tx, service)) touched.add(id);
  for (const id of touched) await renew(tx, id, ruling);
}

async function readOpening(tx: Db, service: string, ruling: Ruling): Promise<OwnAlert[]> {
  const rows = await tx
    .select()
    .from(alerts)
    .where(and(eq(alerts.service, service), mayOpen(ruling)))
    .orderBy(asc(alerts.startsAt), asc(alerts.id));
  return rows.flatMap(ownAlert);
}

function ownAlert({ service, ...row }: AlertRow): OwnAlert[] {
  return service === null ? [] : [{ ...row, service }];
}

/** The incident of the alerts that it overlaps with, unless that was over before it; else one of its own. */
async function join(tx: Db, alert: OwnAlert & { readonly as: Severity }): Promise<string> {
  // A person may have ended it while one of its alerts still fires.
  const wasOver = sql`exists (select from ${incidents} i
    where i.id = ${alerts.incidentId} and i.resolved_at < ${alert.startsAt}::bigint)`;
  const near = await tx
    .select()
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

async function readOpenIds(tx: Db, service: string): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: incidents.id })
    .from(incidents)
    .innerJoin(alerts, eq(alerts.incidentId, incidents.id))
    .where(
      and(eq(incidents.origin, "alert"), eq(alerts.service, service), isNull(incidents.resolvedAt)),
    );
  return rows.map(({ id }) => id);
}

/** The incident as its alerts tell it now. */
async function renew(tx: Db, id: string, { rules, now }: Ruling): Promise<void> {
  const rows = await tx.select().from(alerts).where(eq(alerts.incidentId, id));
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
