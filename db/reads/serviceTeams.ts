import { and, asc, gte, isNotNull, isNull, or } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { slos } from "#db/schema/index.ts";

export interface ServiceTeam {
  readonly service: string;
  readonly team: string;
}

/**
 * Which teams the SLOs in force name for which services, by service and team; of a time in the past
 * (epoch ms) also those that were still in force then.
 */
export async function readServiceTeams(db: Db, then: number | null = null): Promise<ServiceTeam[]> {
  const lasted = then === null ? undefined : gte(slos.retiredAt, then);
  const rows = await db
    .selectDistinct({ service: slos.service, team: slos.team })
    .from(slos)
    .where(and(or(isNull(slos.retiredAt), lasted), isNotNull(slos.team)))
    .orderBy(asc(slos.service), asc(slos.team));
  return rows.flatMap(({ service, team }) => (team === null ? [] : [{ service, team }]));
}
