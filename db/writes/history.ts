import { and, eq } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { burnAlerts, sloVersions } from "#db/schema/index.ts";
import type { FiringInterval } from "#lib/slo/range.ts";

export interface HistoryInput {
  readonly slo: { readonly id: number; readonly version: number };
  /** What its tiers would have done over its history. */
  readonly intervals: readonly FiringInterval[];
  /** Epoch ms. */
  readonly now: number;
}

/**
 * Records the alerts of the past, never announced, in place of those that an earlier definition
 * would have raised. Where an alert was really raised, that one counts.
 */
export async function saveHistory(db: Db, { slo, intervals, now }: HistoryInput): Promise<void> {
  await db.transaction(async (tx) => {
    const ofSlo = eq(burnAlerts.sloId, slo.id);
    await tx.delete(burnAlerts).where(and(ofSlo, eq(burnAlerts.fromHistory, true)));
    const raised = await tx.select().from(burnAlerts).where(ofSlo);
    const rows = intervals
      .filter((interval) => !raised.some((alert) => overlaps(alert, interval)))
      .map((interval) => ({ ...interval, sloId: slo.id, fromHistory: true }));
    for (const part of chunks(rows)) await tx.insert(burnAlerts).values(part);
    await tx
      .update(sloVersions)
      .set({ historyAt: now })
      .where(and(eq(sloVersions.sloId, slo.id), eq(sloVersions.version, slo.version)));
  });
}

function overlaps(alert: FiringInterval, interval: FiringInterval): boolean {
  const end = (each: FiringInterval) => each.endedAt ?? Number.POSITIVE_INFINITY;
  return (
    alert.tier === interval.tier &&
    alert.startedAt <= end(interval) &&
    interval.startedAt <= end(alert)
  );
}
