import { and, asc, eq, gte, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import type { Range } from "#db/reads/history.ts";
import { tuplesOf } from "#db/rows.ts";
import { policyTransitions, sliProgress, slos, sloVersions } from "#db/schema/index.ts";
import type { SloState } from "#lib/slo/status.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** SLOs of a month: of a team, or of all where it is empty. */
export interface SlosOfMonth extends Range {
  readonly team: string;
}

export interface SloVersionThen {
  readonly id: number;
  readonly service: string;
  readonly name: string;
  readonly team: string | null;
  readonly version: number;
  readonly validFrom: number;
  readonly definition: SloDefinition;
  readonly sliId: number;
  readonly firstCoveredAt: number | null;
}

/** Each SLO that was in force at some time of a month, with the definition in force when it ended. */
export async function readSlosOfMonth(db: Db, ask: SlosOfMonth): Promise<SloVersionThen[]> {
  const rows = await db
    .select({
      id: slos.id,
      service: slos.service,
      name: slos.name,
      team: slos.team,
      version: sloVersions.version,
      validFrom: sloVersions.validFrom,
      definition: sloVersions.definition,
      sliId: sloVersions.sliId,
      firstCoveredAt: sliProgress.firstCoveredAt,
    })
    .from(slos)
    .innerJoin(sloVersions, eq(sloVersions.sloId, slos.id))
    .leftJoin(sliProgress, eq(sliProgress.sliId, sloVersions.sliId))
    .where(isOfMonth(ask))
    .orderBy(asc(slos.service), asc(slos.name), asc(sloVersions.version));
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((versions) => {
    const then = versions.findLast(({ validFrom }) => validFrom < ask.to) ?? versions[0];
    return then ? [then] : [];
  });
}

function isOfMonth({ team, from }: SlosOfMonth): SQL | undefined {
  const lasted = or(isNull(slos.retiredAt), gte(slos.retiredAt, from));
  return and(lasted, team === "" ? undefined : eq(slos.team, team));
}

/** Changes of policy state in a month, oldest first. */
export function readTransitionsOfMonth(db: Db, ask: SlosOfMonth) {
  const { at, fromState, toState, consumed, id } = policyTransitions;
  return db
    .select({ service: slos.service, slo: slos.name, at, from: fromState, to: toState, consumed })
    .from(policyTransitions)
    .innerJoin(slos, eq(slos.id, policyTransitions.sloId))
    .where(and(gte(at, ask.from), lt(at, ask.to), isOfMonth(ask)))
    .orderBy(asc(at), asc(id));
}

/** The states that were recorded last before a time, by SLO; without those of which none was. */
export async function readStatesThen(db: Db, at: number): Promise<Map<number, SloState>> {
  const tuples = await tuplesOf<[number, SloState]>(
    db,
    sql`select json_build_array(s.id, found.state) as tuple from slos s cross join lateral (
      select state from slo_states t where t.slo_id = s.id and t.at <= ${at}
      order by t.at desc, t.id desc limit 1) found`,
  );
  return new Map(tuples);
}
