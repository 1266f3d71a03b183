import { and, eq } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { people, teamEditors } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";

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

/** Takes back what was given by hand: what a group of the provider gives, only the provider takes. False when there was nothing. */
export function removeTeamEditor(db: Db, by: By, { team, personId }: Editor): Promise<boolean> {
  return db.transaction(async (tx) => {
    const own = and(
      eq(teamEditors.personId, personId),
      eq(teamEditors.team, team),
      eq(teamEditors.origin, "hand"),
    );
    const removed = await tx.delete(teamEditors).where(own).returning({ team: teamEditors.team });
    if (removed.length === 0) return false;
    const [person] = await tx
      .select({ email: people.email })
      .from(people)
      .where(eq(people.id, personId));
    const subject = `person:${person?.email ?? personId}`;
    await writeAudit(tx, by, { action: "team.editor-removed", subject, team, before: { team } });
    return true;
  });
}
