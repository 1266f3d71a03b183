import { and, desc, eq, gte, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "#db/connection.ts";
import { alerts, burnAlerts, slos } from "#db/schema/index.ts";
import { type FiringAsk, type FiringCandidate, NEAR_START_MS } from "#lib/alerts/meant.ts";

/** Of one SLO; what fires now is never left away. */
const MOST = 200;

/**
 * The firings of an SLO that a link may mean, ours and from outside: near the start that it says, else
 * those that are on and the newest that are over.
 */
export async function readFirings(
  db: Db,
  sloId: number,
  ask: Omit<FiringAsk, "tier">,
): Promise<FiringCandidate[]> {
  const [ours, outside] = [
    await readOurs(db, sloId, ask.startsAt),
    await readOutside(db, sloId, ask),
  ];
  return [...ours, ...outside];
}

async function readOurs(db: Db, id: number, at: number | null): Promise<FiringCandidate[]> {
  const { startedAt: startsAt, endedAt: endsAt, tier, sloId } = burnAlerts;
  const rows = await db
    .select({ startsAt, endsAt, tier })
    .from(burnAlerts)
    .where(and(eq(sloId, id), near(startsAt, at)))
    .orderBy(sql`${endsAt} is not null`, desc(startsAt))
    .limit(MOST);
  return rows.map((row) => ({ ...row, fingerprint: null }));
}

/** Those of its fingerprint at any time. */
async function readOutside(
  db: Db,
  id: number,
  { startsAt: at, fingerprint: named }: Omit<FiringAsk, "tier">,
): Promise<FiringCandidate[]> {
  const { startsAt, endsAt, tier, fingerprint, sloId } = alerts;
  const isNamed = eq(fingerprint, named ?? "");
  return db
    .select({ startsAt, endsAt, tier, fingerprint })
    .from(alerts)
    .where(and(eq(sloId, id), at === null ? undefined : or(isNamed, near(startsAt, at))))
    .orderBy(sql`${isNamed} desc`, sql`${endsAt} is not null`, desc(startsAt))
    .limit(MOST);
}

function near(startsAt: PgColumn, at: number | null): SQL | undefined {
  if (at === null) return undefined;
  return and(gte(startsAt, at - NEAR_START_MS), lte(startsAt, at + NEAR_START_MS));
}

/** The SLO that the newest alert of a fingerprint is tied to. */
export async function readSloOfFingerprint(
  db: Db,
  fingerprint: string,
): Promise<{ readonly service: string; readonly name: string } | null> {
  const [row] = await db
    .select({ service: slos.service, name: slos.name })
    .from(alerts)
    .innerJoin(slos, eq(slos.id, alerts.sloId))
    .where(eq(alerts.fingerprint, fingerprint))
    .orderBy(desc(alerts.startsAt))
    .limit(1);
  return row ?? null;
}

/** The SLOs in force, each as `service/slo`. */
export async function readSloNames(db: Db): Promise<string[]> {
  const rows = await db
    .select({ service: slos.service, name: slos.name })
    .from(slos)
    .where(isNull(slos.retiredAt));
  return rows.map(({ service, name }) => `${service}/${name}`);
}
