import { and, desc, eq, gte, lt, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import type { Range } from "#db/reads/history.ts";
import { policyTransitions, slos, sloVersions } from "#db/schema/index.ts";

export interface TransitionsAsk extends Range {
  readonly team?: string;
  readonly service?: string;
  readonly limit: number;
}

/** A change of an SLO's policy state, with the numbers that caused it. */
export interface ServiceTransition {
  readonly id: number;
  readonly service: string;
  readonly slo: string;
  readonly team: string | null;
  /** By the definition in force then; false: aspirational, so nothing was asked. */
  readonly enforced: boolean;
  /** Epoch ms. */
  readonly at: number;
  readonly from: string;
  readonly to: string;
  readonly cause: "budget" | "definition" | "correction";
  /** Share of the budget. */
  readonly consumed: number | null;
  readonly version: number;
}

/** Changes of policy state in `[from, to)` of every SLO, or of a team's or service's, newest first. */
export function readTransitions(db: Db, ask: TransitionsAsk): Promise<ServiceTransition[]> {
  const { id, at, fromState, toState, cause, consumed, version } = policyTransitions;
  const { service, name: slo, team } = slos;
  return db
    .select({
      ...{ id, service, slo, team, at, from: fromState, to: toState, cause, consumed, version },
      enforced: sql<boolean>`(${sloVersions.definition}->>'enforced')::boolean`,
    })
    .from(policyTransitions)
    .innerJoin(slos, eq(slos.id, policyTransitions.sloId))
    .innerJoin(
      sloVersions,
      and(eq(sloVersions.sloId, policyTransitions.sloId), eq(sloVersions.version, version)),
    )
    .where(
      and(
        gte(at, ask.from),
        lt(at, ask.to),
        ask.team === undefined ? undefined : eq(team, ask.team),
        ask.service === undefined ? undefined : eq(service, ask.service),
      ),
    )
    .orderBy(desc(at), desc(id))
    .limit(ask.limit);
}
