import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { sloAliases, slos, sloVersions } from "#db/schema/index.ts";
import { type AlertNames, alertNames, type NamedSlo, type TierWindows } from "#lib/alerts/tie.ts";
import { tiersOf } from "#lib/slo/tiers.ts";

const CURRENT = and(eq(sloVersions.sloId, slos.id), eq(sloVersions.version, slos.version));

/** What the labels of alerts may name: every SLO there is or was, under every name it had. */
export async function readAlertNames(db: Db): Promise<AlertNames> {
  const named = await db
    .select({
      id: slos.id,
      service: slos.service,
      name: slos.name,
      retired: sql<boolean>`${slos.retiredAt} is not null`,
      instance: sql<NamedSlo["instance"]>`${sloVersions.definition}->'instance'`,
    })
    .from(slos)
    .innerJoin(sloVersions, CURRENT);
  return alertNames(named, await db.select().from(sloAliases));
}

/** The alert tiers of these SLOs, by id. */
export async function readTierWindows(
  db: Db,
  ids: readonly number[],
): Promise<Map<number, readonly TierWindows[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: slos.id, definition: sloVersions.definition })
    .from(slos)
    .innerJoin(sloVersions, CURRENT)
    .where(inArray(slos.id, [...ids]));
  return new Map(rows.map(({ id, definition }) => [id, tiersOf(definition)]));
}

/** What these SLOs are called, `service/slo`, by id. */
export async function readSloNamesOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: slos.id, service: slos.service, name: slos.name })
    .from(slos)
    .where(inArray(slos.id, [...ids]));
  return new Map(rows.map(({ id, service, name }) => [id, `${service}/${name}`]));
}
