import { isDeepStrictEqual } from "node:util";
import { and, asc, eq, gt, isNull, ne, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { invitations, people, sessions, teamEditors } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import type { GroupRoles } from "#lib/access/admission.ts";
import type { Origin } from "#lib/access/origin.ts";

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

/**
 * Someone came through a provider: the rights of an open invitation for their address become theirs.
 * For who is here already it does nothing but that; who is new has it in the log in any case.
 */
export async function takeUpInvitation(
  db: Db,
  person: { readonly id: string; readonly email: string; readonly isNew: boolean },
  by: By,
): Promise<void> {
  await db.transaction(async (tx) => {
    const taken = await tx
      .update(invitations)
      .set({ usedAt: by.at })
      .where(live(person.email, by.at))
      .returning({ admin: invitations.admin, teams: invitations.teams });
    if (taken.length === 0 && !person.isNew) return;
    const teams = [...new Set(taken.flatMap((invitation) => invitation.teams))];
    const admin = taken.some((invitation) => invitation.admin);
    if (admin) await makeAdmin(tx, person.id);
    const rows = teams.map((team) => ({ personId: person.id, team, origin: "hand" as const }));
    if (rows.length > 0) await tx.insert(teamEditors).values(rows).onConflictDoNothing();
    await writeAudit(tx, by, {
      action: person.isNew ? "person.joined" : "person.invitation-taken-up",
      subject: `person:${person.email}`,
      after: { admin, teams, invited: taken.length > 0 },
    });
  });
}

async function makeAdmin(tx: Db, personId: string): Promise<void> {
  await tx.update(people).set({ admin: true, adminFrom: "hand" }).where(eq(people.id, personId));
}

/** What groups give at this sign-in; of a way in that has no groups, nothing. */
interface Given extends GroupRoles {
  readonly origin: Origin;
}

/**
 * What groups give at this sign-in replaces whatever groups gave before, through this provider or
 * another: nobody keeps a right that no provider has confirmed when they last came. What was given by
 * hand stays.
 */
export async function applyGroups(
  db: Db,
  person: { readonly id: string; readonly email: string },
  given: Given,
  by: By,
): Promise<void> {
  await db.transaction(async (tx) => {
    const before = await rolesBefore(tx, person.id);
    const after = rolesAfter(before, given);
    if (isDeepStrictEqual(before, after)) return;
    const { admin, adminFrom } = after;
    await tx.update(people).set({ admin, adminFrom }).where(eq(people.id, person.id));
    const own = and(eq(teamEditors.personId, person.id), ne(teamEditors.origin, "hand"));
    await tx.delete(teamEditors).where(own);
    const rows = after.teams.map((team) => ({ personId: person.id, ...team }));
    if (rows.length > 0) await tx.insert(teamEditors).values(rows);
    if (isDeepStrictEqual(asLogged(before), asLogged(after))) return;
    await writeAudit(tx, by, {
      action: "person.groups-applied",
      subject: `person:${person.email}`,
      before: asLogged(before),
      after: asLogged(after),
    });
  });
}

interface Held {
  readonly admin: boolean;
  readonly adminFrom: Origin;
  /** Those that groups gave, by name. */
  readonly teams: readonly { readonly team: string; readonly origin: Origin }[];
}

async function rolesBefore(tx: Db, personId: string): Promise<Held> {
  const [person] = await tx.select().from(people).where(eq(people.id, personId)).for("update");
  const teams = await tx
    .select({ team: teamEditors.team, origin: teamEditors.origin })
    .from(teamEditors)
    .where(and(eq(teamEditors.personId, personId), ne(teamEditors.origin, "hand")))
    .orderBy(asc(teamEditors.team), asc(teamEditors.origin));
  return { admin: person?.admin ?? false, adminFrom: person?.adminFrom ?? "hand", teams };
}

/** Groups make admins, and unmake only those whom groups have made. */
function rolesAfter({ admin, adminFrom }: Held, given: Given): Held {
  const byHand = admin && adminFrom === "hand";
  const byGroup = !byHand && given.admin === true;
  const teams = [...given.teams].sort().map((team) => ({ team, origin: given.origin }));
  return { admin: byHand || byGroup, adminFrom: byGroup ? given.origin : "hand", teams };
}

function asLogged({ admin, teams }: Held): { admin: boolean; teams: string[] } {
  return { admin, teams: [...new Set(teams.map(({ team }) => team))].sort() };
}

/** A session was used: kept to the nearest ten minutes. */
export async function touchSession(db: Db, id: string): Promise<void> {
  await db.update(sessions).set({ updatedAt: sql`now()` }).where(eq(sessions.id, id));
}
