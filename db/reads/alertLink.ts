import { and, desc, eq, gte, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "#db/connection.ts";
import { alerts, burnAlerts, slos } from "#db/schema/index.ts";
import type { LinkedFiring } from "#lib/alerts/link.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Which firing of an SLO is meant; null is not said. Epoch ms. */
export interface FiringAsk {
  readonly sloId: number;
  readonly fingerprint: string | null;
  readonly startsAt: number | null;
  readonly tier: string | null;
}

/** Alertmanager's start and an annotation's may differ by an evaluation or two. */
const NEAR_MS = 2 * MINUTE;

/**
 * The firing that a link means: the one of its fingerprint or start; else the current one, else the
 * latest, ours or from outside. Null when nothing ever fired, or nothing at that time.
 */
export async function findFiring(db: Db, ask: FiringAsk): Promise<LinkedFiring | null> {
  const outside = await findOutside(db, ask);
  if (ask.fingerprint !== null && outside) return outside;
  const ours = await findOurs(db, ask);
  if (!ours || !outside) return ours ?? outside;
  const isOpen = (firing: LinkedFiring) => firing.endsAt === null;
  if (isOpen(ours) !== isOpen(outside)) return isOpen(ours) ? ours : outside;
  return outside.startsAt > ours.startsAt + NEAR_MS ? outside : ours;
}

/** By its fingerprint if it has that; else as ours. */
async function findOutside(db: Db, ask: FiringAsk): Promise<LinkedFiring | null> {
  const { fingerprint, startsAt, endsAt, tier, sloId } = alerts;
  const at = nearest({ startsAt, endsAt }, ask.startsAt);
  const read = (where: SQL | undefined) =>
    db
      .select({ startsAt, endsAt, tier })
      .from(alerts)
      .where(and(eq(sloId, ask.sloId), where))
      .orderBy(...at.order)
      .limit(1);
  if (ask.fingerprint !== null) {
    const [named] = await read(and(eq(fingerprint, ask.fingerprint), at.where));
    if (named) return named;
  }
  // One whose tier is not said may be of any.
  const ofTier = ask.tier === null ? undefined : or(eq(tier, ask.tier), isNull(tier));
  const [row] = await read(and(ofTier, at.where));
  return row ?? null;
}

async function findOurs(db: Db, ask: FiringAsk): Promise<LinkedFiring | null> {
  const { startedAt: startsAt, endedAt: endsAt, tier, sloId } = burnAlerts;
  const at = nearest({ startsAt, endsAt }, ask.startsAt);
  const ofTier = ask.tier === null ? undefined : eq(tier, ask.tier);
  const [row] = await db
    .select({ startsAt, endsAt, tier })
    .from(burnAlerts)
    .where(and(eq(sloId, ask.sloId), ofTier, at.where))
    .orderBy(...at.order)
    .limit(1);
  return row ?? null;
}

interface Columns {
  readonly startsAt: PgColumn;
  readonly endsAt: PgColumn;
}

/** Near a start that is said; else what is on first, then the latest. */
function nearest({ startsAt, endsAt }: Columns, at: number | null) {
  if (at === null) return { where: undefined, order: [sql`${endsAt} is not null`, desc(startsAt)] };
  return {
    where: and(gte(startsAt, at - NEAR_MS), lt(startsAt, at + NEAR_MS + 1)),
    order: [sql`abs(${startsAt} - ${at}::bigint)`, desc(startsAt)],
  };
}

/** The SLOs in force, each as `service/slo`. */
export async function readSloNames(db: Db): Promise<string[]> {
  const rows = await db
    .select({ service: slos.service, name: slos.name })
    .from(slos)
    .where(isNull(slos.retiredAt));
  return rows.map(({ service, name }) => `${service}/${name}`);
}
