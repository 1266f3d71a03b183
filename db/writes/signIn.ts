import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { invitations, people, sessions, teamEditors } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import type { GroupRoles } from "#lib/access/admission.ts";

/** Whether a live invitation names this e-mail address (lower case). */
export async function isInvited(db: Db, email: string, now: number): Promise<boolean> {
  const [row] = await db.select({ id: invitations.id }).from(invitations).where(live(email, now));
  return row !== undefined;
}

const live = (email: string, now: number) =>
  and(
    eq(invitations.email, email),
    eq(invitations.kind, "invite"),
    isNull(invitations.usedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, now),
  );

/** Someone new came through a provider: the roles of an invitation for their address become theirs. */
export async function takeUpInvitation(
  db: Db,
  person: { readonly id: string; readonly email: string },
  by: By,
): Promise<void> {
  await db.transaction(async (tx) => {
    const taken = await tx
      .update(invitations)
      .set({ usedAt: by.at })
      .where(live(person.email, by.at))
      .returning({ admin: invitations.admin, teams: invitations.teams });
    const teams = [...new Set(taken.flatMap((invitation) => invitation.teams))];
    const admin = taken.some((invitation) => invitation.admin);
    if (admin) await tx.update(people).set({ admin }).where(eq(people.id, person.id));
    if (teams.length > 0) await tx.insert(teamEditors).values(teams.map(handGiven(person.id)));
    await writeAudit(tx, by, {
      action: "person.joined",
      subject: `person:${person.email}`,
      after: { admin, teams, invited: taken.length > 0 },
    });
  });
}

const handGiven = (personId: string) => (team: string) =>
  ({ personId, team, origin: "hand" }) as const;

/** What the provider's groups say replaces what they said before; what was given by hand stays. */
export async function applyGroups(
  db: Db,
  person: { readonly id: string; readonly email: string },
  roles: GroupRoles,
  by: By,
): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await rolesBefore(tx, person.id);
    const admin = adminAfter(before, roles);
    const same = before.admin === admin && before.teams.join("\n") === roles.teams.join("\n");
    if (same) return;
    if (before.admin !== admin) {
      await tx.update(people).set({ admin, adminFrom: "groups" }).where(eq(people.id, person.id));
    }
    const own = and(eq(teamEditors.personId, person.id), eq(teamEditors.origin, "groups"));
    await tx.delete(teamEditors).where(own);
    if (roles.teams.length > 0) {
      const rows = roles.teams.map((team) => ({
        personId: person.id,
        team,
        origin: "groups" as const,
      }));
      await tx.insert(teamEditors).values(rows);
    }
    await writeAudit(tx, by, {
      action: "person.groups-applied",
      subject: `person:${person.email}`,
      before: { admin: before.admin, teams: before.teams },
      after: { admin, teams: roles.teams },
    });
  });
}

interface Before {
  readonly admin: boolean;
  readonly adminFrom: "hand" | "groups";
  readonly teams: readonly string[];
}

async function rolesBefore(tx: Db, personId: string): Promise<Before> {
  const [person] = await tx.select().from(people).where(eq(people.id, personId)).for("update");
  const rows = await tx
    .select({ team: teamEditors.team })
    .from(teamEditors)
    .where(and(eq(teamEditors.personId, personId), eq(teamEditors.origin, "groups")));
  return {
    admin: person?.admin ?? false,
    adminFrom: person?.adminFrom ?? "hand",
    teams: rows.map(({ team }) => team).sort(),
  };
}

/** Groups make admins, and unmake only those whom groups have made. */
function adminAfter(before: Before, { admin }: GroupRoles): boolean {
  if (admin === null) return before.admin;
  return admin || (before.admin && before.adminFrom === "hand");
}

/** A session was used: kept to the nearest ten minutes. */
export async function touchSession(db: Db, id: string): Promise<void> {
  await db.update(sessions).set({ updatedAt: sql`now()` }).where(eq(sessions.id, id));
}
