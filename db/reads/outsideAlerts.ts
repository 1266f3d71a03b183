import { and, asc, desc, eq, gte, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import type { Range } from "#db/reads/history.ts";
import { alerts, slos } from "#db/schema/index.ts";

export type OutsideAlertRow = typeof alerts.$inferSelect;

/** What a page never needs more of. */
const MOST = 200;

/** Alerts of others about an SLO that were on at some time of a range, oldest first; the newest 200. */
export async function readOutsideAlerts(
  db: Db,
  sloId: number,
  range: Range,
): Promise<OutsideAlertRow[]> {
  const rows = await db
    .select()
    .from(alerts)
    .where(and(eq(alerts.sloId, sloId), onIn(range)))
    .orderBy(desc(alerts.startsAt), desc(alerts.id))
    .limit(MOST);
  return rows.reverse();
}

/** Alerts of others about a service or its SLOs that were on at some time of a range, oldest first. */
export async function readServiceOutsideAlerts(
  db: Db,
  service: string,
  range: Range,
): Promise<ListedAlert[]> {
  const found = await db
    .select({ alert: alerts, slo: slos.name })
    .from(alerts)
    .leftJoin(slos, eq(slos.id, alerts.sloId))
    .where(and(eq(alerts.service, service), onIn(range)))
    .orderBy(asc(alerts.startsAt), asc(alerts.id))
    .limit(MOST);
  return found.map(({ alert, slo }) => ({ ...alert, slo }));
}

function onIn({ from, to }: Range): SQL | undefined {
  return and(lt(alerts.startsAt, to), or(isNull(alerts.endsAt), gte(alerts.endsAt, from)));
}

/** Which alerts a list holds; absent asks nothing. Times by the start, `[from, to)`, epoch ms. */
export interface AlertFilter {
  readonly service?: string | undefined;
  /** Name of the SLO. */
  readonly slo?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly after?: { readonly at: number; readonly id: string } | undefined;
  readonly limit: number;
}

export type ListedAlert = OutsideAlertRow & { readonly slo: string | null };

export interface AlertPage {
  readonly rows: readonly ListedAlert[];
  /** Where the following page begins; null on the last. */
  readonly next: { readonly at: number; readonly id: string } | null;
}

/** Alerts of others, newest first. */
export async function readAlertPage(db: Db, asked: AlertFilter): Promise<AlertPage> {
  const found = await db
    .select({ alert: alerts, slo: slos.name })
    .from(alerts)
    .leftJoin(slos, eq(slos.id, alerts.sloId))
    .where(conditions(asked))
    .orderBy(desc(alerts.startsAt), desc(alerts.id))
    .limit(asked.limit + 1);
  const rows = found.slice(0, asked.limit).map(({ alert, slo }) => ({ ...alert, slo }));
  const last = found.length > asked.limit ? rows.at(-1) : undefined;
  return { rows, next: last ? { at: last.startsAt, id: String(last.id) } : null };
}

function conditions({ service, slo, from, to, after }: AlertFilter): SQL | undefined {
  const { startsAt, id } = alerts;
  return and(
    service === undefined ? undefined : eq(alerts.service, service),
    slo === undefined ? undefined : eq(slos.name, slo),
    from === undefined ? undefined : gte(startsAt, from),
    to === undefined ? undefined : lt(startsAt, to),
    after &&
      sql`(${startsAt}, ${id}) < (${after.at}::bigint, ${Number.parseInt(after.id, 10) || 0}::bigint)`,
  );
}
