import { and, asc, eq, gte, isNull, lt, or } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import type { Range } from "#db/reads/history.ts";
import { burnAlerts, policyTransitions, slos, sloVersions } from "#db/schema/index.ts";

/** What a story never needs more of. */
const MOST = 200;

export interface ServiceAlert {
  readonly slo: string;
  readonly tier: string;
  readonly startedAt: number;
  /** Null while it fires. */
  readonly endedAt: number | null;
}

/** Burn alerts of a service's SLOs that were on at some time of a range, oldest first. */
export function readServiceAlerts(db: Db, service: string, range: Range): Promise<ServiceAlert[]> {
  const { tier, startedAt, endedAt } = burnAlerts;
  return db
    .select({ slo: slos.name, tier, startedAt, endedAt })
    .from(burnAlerts)
    .innerJoin(slos, eq(slos.id, burnAlerts.sloId))
    .where(
      and(
        eq(slos.service, service),
        lt(startedAt, range.to),
        or(isNull(endedAt), gte(endedAt, range.from)),
      ),
    )
    .orderBy(asc(startedAt), asc(burnAlerts.id))
    .limit(MOST);
}

export interface ServiceTransition {
  readonly slo: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

/** Changes of policy state of a service's SLOs in a range, oldest first. */
export function readServiceTransitions(
  db: Db,
  service: string,
  range: Range,
): Promise<ServiceTransition[]> {
  const { at, fromState, toState } = policyTransitions;
  return db
    .select({ slo: slos.name, at, from: fromState, to: toState })
    .from(policyTransitions)
    .innerJoin(slos, eq(slos.id, policyTransitions.sloId))
    .where(and(eq(slos.service, service), gte(at, range.from), lt(at, range.to)))
    .orderBy(asc(at), asc(policyTransitions.id))
    .limit(MOST);
}

export interface Runbook {
  readonly slo: string;
  readonly url: string;
}

/** The runbooks that a service's SLOs in force name, by SLO. */
export async function readRunbooks(db: Db, service: string): Promise<Runbook[]> {
  const rows = await db
    .select({ slo: slos.name, definition: sloVersions.definition })
    .from(slos)
    .innerJoin(
      sloVersions,
      and(eq(sloVersions.sloId, slos.id), eq(sloVersions.version, slos.version)),
    )
    .where(and(eq(slos.service, service), isNull(slos.retiredAt)))
    .orderBy(asc(slos.name));
  return rows.flatMap(({ slo, definition: { runbook } }) =>
    runbook === null ? [] : [{ slo, url: runbook }],
  );
}
