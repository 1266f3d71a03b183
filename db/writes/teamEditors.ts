import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { people, teamEditors } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { comesBack } from "#lib/access/origin.ts";

interface Editor {
  readonly team: string;
  readonly personId: string;
}

/** Names someone an editor of a team by hand; again changes nothing. False when there is no such person. */
export function addTeamEditor(db: Db, by: By, { team, personId }: Editor): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [person] = await tx
      .select({ email: people.email })
      .from(people)
      .where(eq(people.id, personId))
      .for("update");
    if (!person) return false;
    const added = await tx
      .insert(teamEditors)
      .values({ personId, team, origin: "hand" })
      .onConflictDoNothing()
      .returning({ team: teamEditors.team });
    if (added.length === 0) return true;
    const subject = `person:${person.email}`;
    await writeAudit(tx, by, { action: "team.editor-added", subject, team, after: { team } });
    return true;
  });
}

interface Removal extends Editor {
  /** Ids of the providers that make editors of this team by group. */
  readonly makingEditors: readonly string[];
}

/**
 * Takes back what was given by hand, and what a group gave if no provider would give it again. False
 * when there was nothing of that.
 */
export function removeTeamEditor(
  db: Db,
  by: By,
  { team, personId, makingEditors }: Removal,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const own = and(eq(teamEditors.personId, personId), eq(teamEditors.team, team));
    const rows = await tx.select().from(teamEditors).where(own).for("update");
    const origins = rows.flatMap(({ origin }) =>
      comesBack(origin, makingEditors) ? [] : [origin],
    );
    if (origins.length === 0) return false;
    await tx.delete(teamEditors).where(and(own, inArray(teamEditors.origin, origins)));
    const [person] = await tx
      .select({ email: people.email })
      .from(people)
      .where(eq(people.id, personId));
    const subject = `person:${person?.email ?? personId}`;
    await writeAudit(tx, by, { action: "team.editor-removed", subject, team, before: { team } });
    return true;
  });
}
