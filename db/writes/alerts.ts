import { and, inArray, isNull, sql } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { ints } from "#db/params.ts";
import { burnAlerts } from "#db/schema/index.ts";
import type { EvaluatedSlo } from "#db/writes/evaluated.ts";

/** One that was open before this evaluation. */
export type OpenAlert = Pick<
  typeof burnAlerts.$inferSelect,
  "id" | "sloId" | "tier" | "severity" | "startedAt"
>;

/**
 * Opens a row for each tier that began to fire and closes those of tiers that stopped. Gives those that
 * were open before, by SLO.
 */
export async function followAlerts(
  db: Db,
  evaluated: readonly EvaluatedSlo[],
): Promise<ReadonlyMap<number, readonly OpenAlert[]>> {
  const open = Map.groupBy(await readOpen(db, evaluated), ({ sloId }) => sloId);
  const opened = evaluated.flatMap((each) => newAlerts(each, open.get(each.slo.id) ?? []));
  for (const part of chunks(opened)) await db.insert(burnAlerts).values(part);
  for (const each of evaluated) {
    const ended = endedAlerts(each, open.get(each.slo.id) ?? []);
    if (ended.length === 0) continue;
    const endedAt = Date.parse(each.evaluation.status.asOf);
    await db.update(burnAlerts).set({ endedAt }).where(inArray(burnAlerts.id, ended));
  }
  return open;
}

function readOpen(db: Db, evaluated: readonly EvaluatedSlo[]): Promise<OpenAlert[]> {
  const ids = ints(evaluated.map(({ slo }) => slo.id));
  return db
    .select({
      id: burnAlerts.id,
      sloId: burnAlerts.sloId,
      tier: burnAlerts.tier,
      severity: burnAlerts.severity,
      startedAt: burnAlerts.startedAt,
    })
    .from(burnAlerts)
    .where(and(isNull(burnAlerts.endedAt), sql`${burnAlerts.sloId} = any(${ids})`));
}

function newAlerts({ slo, evaluation }: EvaluatedSlo, open: readonly OpenAlert[]) {
  const known = new Set(open.map(({ tier }) => tier));
  return evaluation.firing
    .filter(({ tier }) => !known.has(tier))
    .map(({ tier, severity, since }) => ({ sloId: slo.id, tier, severity, startedAt: since }));
}

function endedAlerts({ evaluation }: EvaluatedSlo, open: readonly OpenAlert[]): number[] {
  const firing = new Set(evaluation.firing.map(({ tier }) => tier));
  return open.filter(({ tier }) => !firing.has(tier)).map(({ id }) => id);
}
