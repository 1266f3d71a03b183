import { ORIGIN } from "#app/api/settings/tokens/testing.ts";
import { chunks } from "#db/chunks.ts";
import type { Store } from "#db/connection.ts";
import { sliProgress, slis, sliTotals, sloStatus, slos, sloVersions } from "#db/schema/index.ts";
import { saveDeployments } from "#db/writes/delivery.ts";
import { saveIncidents } from "#db/writes/incidents.ts";
import type { DeploymentRecord, Incident } from "#lib/dora/facts.ts";
import { deployed, incident } from "#lib/dora/testing.ts";
import { days, minutes, rowsOf, sloOf } from "#lib/slo/testing.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/** For tests of reviews: a month that is over, with an SLO, deployments and an incident in it. */

export const MONTH = "2025-03";
/** In Berlin it begins an hour before, and has 743 hours. */
export const MONTH_START = Date.UTC(2025, 2, 1);
export const MONTH_END = Date.UTC(2025, 3, 1);

/** 100 requests a minute in steps of an hour, of which one of a hundred fails on the 10th. */
const FROM = MONTH_START - 10 * DAY;
const badAt = (at: number) => (Math.floor((at - MONTH_START) / DAY) === 9 ? 1 : 0);
const rows = rowsOf(
  FROM,
  minutes(45 * 1440, (i) => ({ good: 100 - badAt(FROM + i * MINUTE), total: 100 })),
).filter((row) => (row.at - FROM) % (60 * MINUTE) === 0);

export async function seedSlo({ db }: Store): Promise<void> {
  const definition = { ...sloOf({ objective: 0.999, window: days(30) }), service: "shop" };
  const names = { service: "shop", name: "availability", team: "shop" };
  await db
    .insert(slis)
    .values({ id: 1, key: "k", source: "main", definition: definition.sli, createdAt: FROM });
  for (const part of chunks(rows.map((row) => ({ sliId: 1, ...row })))) {
    await db.insert(sliTotals).values(part);
  }
  await db
    .insert(sliProgress)
    .values({ sliId: 1, firstCoveredAt: FROM, lastCoveredAt: rows.at(-1)?.at, backfilledAt: FROM });
  await db
    .insert(slos)
    .values({ id: 1, ...names, documentPath: "slos/a.yaml", version: 1, createdAt: FROM });
  await db
    .insert(sloVersions)
    .values({ sloId: 1, sliId: 1, version: 1, validFrom: FROM, definition });
  const evaluated = { version: 1, evaluatedAt: rows.at(-1)?.at ?? FROM, enforced: true };
  await db
    .insert(sloStatus)
    .values({ sloId: 1, ...names, state: "healthy", rank: 4, remaining: 1, ...evaluated });
}

/** A successful release so many hours after the month began, posted to us. */
export function release(id: string, hours: number): DeploymentRecord {
  const at = MONTH_START + hours * 60 * MINUTE;
  return deployed(id, 0, { createdAt: at, statuses: [{ state: "success", at }], source: "api" });
}

export function trouble(id: string, hours: number, parts: Partial<Incident> = {}): Incident {
  const startedAt = MONTH_START + hours * 60 * MINUTE;
  const resolvedAt = startedAt + 30 * MINUTE;
  return incident(id, { from: 0, to: 0 }, { startedAt, detectedAt: null, resolvedAt, ...parts });
}

export async function tell(
  { db }: Store,
  records: readonly DeploymentRecord[],
  incidents: readonly Incident[] = [],
): Promise<void> {
  await saveDeployments(db, records);
  await saveIncidents(db, incidents, { origin: "api", now: MONTH_END });
}

export function get(path: string, headers: Record<string, string>): Request {
  return new Request(`${ORIGIN}${path}`, { headers });
}
