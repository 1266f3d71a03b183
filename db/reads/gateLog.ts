import { and, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { gateDecisions, slos } from "#db/schema/index.ts";

export type GateLogRow = typeof gateDecisions.$inferSelect;

/** Which answers are listed; a field left out asks nothing. Times are epoch ms. */
export interface GateLogFilter {
  readonly id?: number;
  readonly service?: string;
  /** Of the services that its SLOs in force name. */
  readonly team?: string;
  readonly decision?: GateLogRow["decision"];
  /** Given in `[from, to)`. */
  readonly from?: number;
  readonly to?: number;
  /** The last row of a page: the next one begins after it. */
  readonly before?: { readonly at: number; readonly id: number };
}

/** Answers of the gate as they were given, newest first. */
export function readGateLog(
  db: Db,
  { limit, ...filter }: GateLogFilter & { readonly limit: number },
): Promise<GateLogRow[]> {
  return db
    .select()
    .from(gateDecisions)
    .where(matching(filter))
    .orderBy(desc(gateDecisions.at), desc(gateDecisions.id))
    .limit(limit);
}

export interface GateCount {
  readonly service: string;
  readonly decision: GateLogRow["decision"];
  readonly proceed: boolean;
  readonly n: number;
}

/** How often the gate gave which answer, by service. */
export function countGateLog(db: Db, filter: GateLogFilter): Promise<GateCount[]> {
  const { service, decision, proceed } = gateDecisions;
  return db
    .select({ service, decision, proceed, n: sql<number>`count(*)::int` })
    .from(gateDecisions)
    .where(matching(filter))
    .groupBy(service, decision, proceed)
    .orderBy(service, decision, proceed);
}

function matching({ id, service, team, decision, from, to, before }: GateLogFilter) {
  const { at } = gateDecisions;
  const all: (SQL | undefined)[] = [
    id === undefined ? undefined : eq(gateDecisions.id, id),
    service === undefined ? undefined : eq(gateDecisions.service, service),
    team === undefined ? undefined : ofTeam(team),
    decision === undefined ? undefined : eq(gateDecisions.decision, decision),
    from === undefined ? undefined : gte(at, from),
    to === undefined ? undefined : lt(at, to),
    before && sql`(${at}, ${gateDecisions.id}) < (${before.at}::bigint, ${before.id}::bigint)`,
  ];
  return and(...all);
}

function ofTeam(team: string): SQL {
  return sql`${gateDecisions.service} in (select service from ${slos}
    where team = ${team} and retired_at is null)`;
}
