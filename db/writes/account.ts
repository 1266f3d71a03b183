import { and, eq } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { people, sessions } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import type { Invitation } from "#db/writes/invitations.ts";
import { closeResets, createInvitation } from "#db/writes/inviting.ts";
import { endSessions, setPassword } from "#db/writes/people.ts";

interface OwnPassword {
  readonly personId: string;
  readonly passwordHash: string;
  /** The session that asks goes on, all others end. */
  readonly sessionId: string;
}

/** A new password for whoever asks; gives how many other sessions ended. */
export function changePassword(
  db: Db,
  by: By,
  { personId, passwordHash, sessionId }: OwnPassword,
): Promise<number> {
  return db.transaction(async (tx) => {
    await setPassword(tx, { personId, passwordHash, at: by.at });
    await closeResets(tx, personId, by.at);
    const sessionsEnded = await endSessions(tx, personId, sessionId);
    const subject = `person:${await emailOf(tx, personId)}`;
    await writeAudit(tx, by, {
      action: "person.password-changed",
      subject,
      after: { sessionsEnded },
    });
    return sessionsEnded;
  });
}

/** Signs a person out everywhere, but for the session to keep; null when there is no such person. */
export function signOutEverywhere(
  db: Db,
  by: By,
  { personId, keep = null }: { readonly personId: string; readonly keep?: string | null },
): Promise<number | null> {
  return db.transaction(async (tx) => {
    const email = await emailOf(tx, personId);
    if (email === null) return null;
    const ended = await endSessions(tx, personId, keep);
    if (ended > 0) await noteEnded(tx, by, { email, ended });
    return ended;
  });
}

/** Ends one session of a person; false when it is not theirs, or over. */
export function endSession(
  db: Db,
  by: By,
  { personId, sessionId }: { readonly personId: string; readonly sessionId: string },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const own = and(eq(sessions.id, sessionId), eq(sessions.userId, personId));
    const ended = await tx.delete(sessions).where(own).returning({ id: sessions.id });
    if (ended.length === 0) return false;
    await noteEnded(tx, by, { email: await emailOf(tx, personId), ended: 1 });
    return true;
  });
}

/** A link that sets a new password; null when there is nobody of that id who may sign in. */
export function createReset(
  db: Db,
  by: By,
  { personId, tokenHash }: { readonly personId: string; readonly tokenHash: string },
): Promise<Invitation | null> {
  return db.transaction(async (tx) => {
    const [person] = await tx.select().from(people).where(eq(people.id, personId)).for("update");
    if (!person || person.disabledAt !== null) return null;
    const { email, name } = person;
    const none = { admin: false, teams: [] };
    return createInvitation(tx, by, { kind: "reset", tokenHash, email, name, personId, ...none });
  });
}

async function noteEnded(
  tx: Db,
  by: By,
  { email, ended }: { readonly email: string | null; readonly ended: number },
): Promise<void> {
  await writeAudit(tx, by, {
    action: "person.sessions-ended",
    subject: `person:${email}`,
    after: { ended },
  });
}

async function emailOf(tx: Db, personId: string): Promise<string | null> {
  const [person] = await tx
    .select({ email: people.email })
    .from(people)
    .where(eq(people.id, personId));
  return person?.email ?? null;
}
