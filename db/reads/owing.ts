import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { texts } from "#db/params.ts";
import { rowsOf } from "#db/rows.ts";
import { sliProgress, slos, sloVersions } from "#db/schema/index.ts";
import type { OwingIncident, OwingSlo } from "#lib/policy/owed.ts";

/** An SLO in force whose policy has clauses that may ask for something. */
export interface OwingRow extends OwingSlo {
  readonly team: string | null;
  readonly sliId: number;
}

/**
 * Those in force with a clause that asks for postmortems or planned work. Aspirational ones ask for
 * nothing, and of a grouped SLO the whole does: one incident is written about once.
 */
export function readOwingSlos(db: Db): Promise<OwingRow[]> {
  const { definition } = sloVersions;
  const asks = sql`(${definition}->>'enforced')::boolean and ${definition}->'instance' is null
    and (${definition}->'clauses'->>'postmortemAbove' is not null
    or ${definition}->'clauses'->>'planningAbove' is not null)`;
  return db
    .select({
      id: slos.id,
      service: slos.service,
      name: slos.name,
      team: slos.team,
      definition,
      sliId: sloVersions.sliId,
      firstCoveredAt: sliProgress.firstCoveredAt,
    })
    .from(slos)
    .innerJoin(
      sloVersions,
      and(eq(sloVersions.sloId, slos.id), eq(sloVersions.version, slos.version)),
    )
    .leftJoin(sliProgress, eq(sliProgress.sliId, sloVersions.sliId))
    .where(and(isNull(slos.retiredAt), asks))
    .orderBy(slos.id);
}

/** An incident as clauses see it. */
export interface OwingIncidentRow extends OwingIncident {
  readonly service: string;
  readonly title: string;
  readonly postmortemUrl: string | null;
}

/** The incidents of some services that lasted at or after `from` (epoch ms), without merged and withdrawn ones. */
export async function readOwingIncidents(
  db: Db,
  ask: { readonly services: readonly string[]; readonly from: number },
): Promise<OwingIncidentRow[]> {
  return rowsOf<OwingIncidentRow>(
    db,
    sql`select id, service, title, started_at as "startedAt", resolved_at as "resolvedAt",
        incident_class as "incidentClass", postmortem_url as "postmortemUrl"
      from incidents
      where service = any(${texts(ask.services)})
        and merged_into is null and withdrawn_at is null
        and (resolved_at is null or resolved_at > ${ask.from}::bigint)
      order by started_at, id`,
  );
}
