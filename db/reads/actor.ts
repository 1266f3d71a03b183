import { eq } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { people, teamEditors } from "#db/schema/index.ts";

export interface PersonRoles {
  readonly email: string;
  readonly admin: boolean;
  readonly disabled: boolean;
  readonly editorOf: readonly string[];
}

/** What a person may do, as the database has it now; null when there is no such person. */
export async function readRoles(db: Db, personId: string): Promise<PersonRoles | null> {
  const rows = await db
    .select({
      email: people.email,
      admin: people.admin,
      disabledAt: people.disabledAt,
      team: teamEditors.team,
    })
    .from(people)
    .leftJoin(teamEditors, eq(teamEditors.personId, people.id))
    .where(eq(people.id, personId));
  const [person] = rows;
  if (!person) return null;
  const teams = rows.flatMap(({ team }) => (team === null ? [] : [team]));
  return {
    email: person.email,
    admin: person.admin,
    disabled: person.disabledAt !== null,
    editorOf: [...new Set(teams)].sort(),
  };
}

/** Whether anybody has this e-mail address (lower case). */
export async function isPerson(db: Db, email: string): Promise<boolean> {
  const found = await db.select({ id: people.id }).from(people).where(eq(people.email, email));
  return found.length > 0;
}
