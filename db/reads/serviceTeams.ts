import { and, asc, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { slos } from "#db/schema/index.ts";

export interface ServiceTeam {
  readonly service: string;
  readonly team: string;
}

/** Which teams the SLOs in force name for which services, by service and team. */
export async function readServiceTeams(db: Db): Promise<ServiceTeam[]> {
  const rows = await db
    .selectDistinct({ service: slos.service, team: slos.team })
    .from(slos)
    .where(and(isNull(slos.retiredAt), isNotNull(slos.team)))
    .orderBy(asc(slos.service), asc(slos.team));
  return rows.flatMap(({ service, team }) => (team === null ? [] : [{ service, team }]));
}
