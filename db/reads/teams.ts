import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { people, slos, teamEditors } from "#db/schema/index.ts";
import type { Origin } from "#lib/access/origin.ts";

export interface TeamEditor {
  readonly team: string;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly origin: Origin;
}

/** Every team that an SLO in force names. */
export async function readCatalogTeams(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ team: slos.team })
    .from(slos)
    .where(and(isNull(slos.retiredAt), isNotNull(slos.team)))
    .orderBy(asc(slos.team));
  return rows.flatMap(({ team }) => (team === null ? [] : [team]));
}

/** Who may edit what belongs to which team, by team and name; of one of two origins, twice. */
export function readTeamEditors(db: Db): Promise<TeamEditor[]> {
  return db
    .select({
      team: teamEditors.team,
      personId: people.id,
      name: people.name,
      email: people.email,
      origin: teamEditors.origin,
    })
    .from(teamEditors)
    .innerJoin(people, eq(people.id, teamEditors.personId))
    .where(isNull(people.disabledAt))
    .orderBy(asc(teamEditors.team), asc(people.name), asc(people.email), asc(teamEditors.origin));
}
