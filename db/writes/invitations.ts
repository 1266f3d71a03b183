import { and, eq, gt, isNull, type SQL } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { invitations, people } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { addPerson, endSessions, setPassword } from "#db/writes/people.ts";

export type Invitation = typeof invitations.$inferSelect;

export interface Acceptance {
  readonly invitation: Invitation;
  /** Of a `reset` only the password counts, of an `invite` the e-mail is the invitation's. */
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly passwordHash: string;
  };
  readonly by: By;
}

/** `gone`: used, revoked or expired meanwhile; `email-taken`: somebody has come under it meanwhile. */
export type Accepted =
  | { readonly outcome: "accepted"; readonly personId: string }
  | { readonly outcome: "gone" | "email-taken" };

/** Those that still work at `now`. */
export function openAt(now: number): SQL | undefined {
  return and(
    isNull(invitations.usedAt),
    isNull(invitations.revokedAt),
    gt(invitations.expiresAt, now),
  );
}

/** The invitation whose link has this hash, while it works: not used, revoked or expired. */
export async function findInvitation(
  db: Db,
  tokenHash: string,
  now: number,
): Promise<Invitation | null> {
  const [found] = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tokenHash, tokenHash), openAt(now)));
  return found ?? null;
}

/** Does what the invitation promises and uses it up, all or nothing; of two at once one is told `gone`. */
export function acceptInvitation(db: Db, acceptance: Acceptance): Promise<Accepted> {
  const { id, kind } = acceptance.invitation;
  return db.transaction(async (tx) => {
    const open = and(eq(invitations.id, id), openAt(acceptance.by.at));
    const [own] = await tx.select().from(invitations).where(open).for("update");
    if (!own) return { outcome: "gone" };
    const fresh = { ...acceptance, invitation: own };
    const done = kind === "reset" ? await resetPassword(tx, fresh) : await join(tx, fresh);
    if (done.outcome !== "accepted") return done;
    await tx.update(invitations).set({ usedAt: fresh.by.at }).where(eq(invitations.id, id));
    return done;
  });
}

/** A new person. What an admin wrote as the e-mail counts as checked, what one wrote oneself does not. */
async function join(tx: Db, { invitation, person, by }: Acceptance): Promise<Accepted> {
  const { email, admin, teams } = invitation;
  const added = await addPerson(tx, {
    person: { ...person, email: email ?? person.email, emailVerified: email !== null, admin },
    teams,
    at: by.at,
  });
  if (!added) return { outcome: "email-taken" };
  const after = { name: person.name, admin, teams, invitation: invitation.kind };
  await writeAudit(tx, by, { action: "person.joined", subject: `person:${added}`, after });
  return { outcome: "accepted", personId: person.id };
}

/** Whoever may have known the old password is signed out. Who was disabled meanwhile stays out. */
async function resetPassword(tx: Db, { invitation, person, by }: Acceptance): Promise<Accepted> {
  const [found] = await tx
    .select({ id: people.id, email: people.email, disabledAt: people.disabledAt })
    .from(people)
    .where(eq(people.id, invitation.personId ?? ""))
    .for("update");
  if (!found || found.disabledAt !== null) return { outcome: "gone" };
  await setPassword(tx, { personId: found.id, passwordHash: person.passwordHash, at: by.at });
  await endSessions(tx, found.id);
  await writeAudit(tx, by, { action: "person.password-reset", subject: `person:${found.email}` });
  return { outcome: "accepted", personId: found.id };
}
