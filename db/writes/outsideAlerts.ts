import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { bigints } from "#db/params.ts";
import { alerts, webhookDeliveries } from "#db/schema/index.ts";

export type NewAlert = typeof alerts.$inferInsert;

/** A delivery that nothing was made of yet, held by this transaction alone. */
export interface HeldDelivery {
  readonly id: number;
  readonly body: string;
  readonly receivedAt: number;
}

/** The oldest deliveries of Alertmanager that wait and that no other worker holds. */
export function holdAlertDeliveries(tx: Db, limit: number): Promise<HeldDelivery[]> {
  const { id, body, receivedAt, source, processedAt } = webhookDeliveries;
  return tx
    .select({ id, body, receivedAt })
    .from(webhookDeliveries)
    .where(and(eq(source, "alertmanager"), isNull(processedAt)))
    .orderBy(asc(id))
    .limit(limit)
    .for("update", { skipLocked: true });
}

/**
 * Each firing once, by fingerprint and start, whatever was told before: resolved wins over firing, and
 * what is said last counts for its texts. The rows are in one order, so that two workers with the same
 * alerts wait for each other instead of both failing.
 */
export async function saveAlerts(tx: Db, told: readonly NewAlert[]): Promise<void> {
  const rows = [...merged(told).values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  for (const part of chunks(rows)) {
    await tx
      .insert(alerts)
      .values(part)
      .onConflictDoUpdate({
        target: [alerts.source, alerts.fingerprint, alerts.startsAt],
        set: WANTED,
      });
  }
}

/** Locks them in the order of `saveAlerts`: whoever changes many waits for news of them, and never each for the other. */
export async function lockAlerts(tx: Db, ids: readonly number[]): Promise<void> {
  const { id, source, fingerprint, startsAt } = alerts;
  const key = sql`(${source} || ' ' || ${fingerprint} || ' ' || ${startsAt}) collate "C"`;
  await tx
    .select({ id })
    .from(alerts)
    .where(sql`${id} = any(${bigints(ids)})`)
    .orderBy(key)
    .for("update");
}

const isNewer = sql`excluded.updated_at >= ${alerts.updatedAt}`;

const WANTED = {
  // greatest() passes over nulls: once it is over it stays over.
  endsAt: sql`greatest(${alerts.endsAt}, excluded.ends_at)`,
  annotations: sql`case when ${isNewer} then excluded.annotations else ${alerts.annotations} end`,
  service: sql`excluded.service`,
  sloId: sql`excluded.slo_id`,
  tier: sql`excluded.tier`,
  tiedBy: sql`excluded.tied_by`,
  deliveryId: sql`least(${alerts.deliveryId}, excluded.delivery_id)`,
  createdAt: sql`least(${alerts.createdAt}, excluded.created_at)`,
  updatedAt: sql`greatest(${alerts.updatedAt}, excluded.updated_at)`,
};

/** One statement may not touch a row twice. */
function merged(told: readonly NewAlert[]): Map<string, NewAlert> {
  const rows = new Map<string, NewAlert>();
  for (const row of told) {
    const before = rows.get(keyOf(row));
    rows.set(keyOf(row), before ? both(before, row) : row);
  }
  return rows;
}

function both(a: NewAlert, b: NewAlert): NewAlert {
  const [older, newer] = a.updatedAt <= b.updatedAt ? [a, b] : [b, a];
  const ends = [a.endsAt, b.endsAt].filter((end) => typeof end === "number");
  return {
    ...newer,
    endsAt: ends.length === 0 ? null : Math.max(...ends),
    createdAt: Math.min(a.createdAt, b.createdAt),
    deliveryId: older.deliveryId ?? newer.deliveryId ?? null,
  };
}

function keyOf({ source, fingerprint, startsAt }: NewAlert): string {
  return `${source} ${fingerprint} ${startsAt}`;
}
