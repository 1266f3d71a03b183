import { randomUUID } from "node:crypto";
import { and, eq, ne } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { accounts, people, sessions, teamEditors } from "#db/schema/index.ts";

/** What better-auth calls a password among the ways to sign in. */
export const BY_PASSWORD = "credential";

export interface NewPerson {
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly emailVerified: boolean;
    readonly admin: boolean;
    readonly passwordHash: string;
  };
  readonly teams: readonly string[];
  readonly at: number;
}

/** Someone who signs in by password, made by hand; gives the e-mail as stored, null when it is taken. */
export async function addPerson(db: Db, { person, teams, at }: NewPerson): Promise<string | null> {
  const { passwordHash, ...row } = person;
  const email = person.email.toLowerCase();
  const now = new Date(at);
  const [added] = await db
    .insert(people)
    .values({ ...row, email, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: people.email })
    .returning({ id: people.id });
  if (!added) return null;
  await setPassword(db, { personId: person.id, passwordHash, at });
  const editors = teams.map((team) => ({ personId: person.id, team, origin: "hand" as const }));
  if (editors.length > 0) await db.insert(teamEditors).values(editors);
  return email;
}

interface NewPassword {
  readonly personId: string;
  readonly passwordHash: string;
  readonly at: number;
}

/** Sets the password of a person, who may have come through a provider and had none. */
export async function setPassword(
  db: Db,
  { personId, passwordHash, at }: NewPassword,
): Promise<void> {
  const now = new Date(at);
  const own = and(eq(accounts.userId, personId), eq(accounts.providerId, BY_PASSWORD));
  const changed = await db
    .update(accounts)
    .set({ password: passwordHash, updatedAt: now })
    .where(own)
    .returning({ id: accounts.id });
  if (changed.length > 0) return;
  await db.insert(accounts).values({
    id: randomUUID(),
    accountId: personId,
    providerId: BY_PASSWORD,
    userId: personId,
    password: passwordHash,
    createdAt: now,
    updatedAt: now,
  });
}

/** Signs a person out everywhere, but for the session to keep; gives how many ended. */
export async function endSessions(
  db: Db,
  personId: string,
  keep: string | null = null,
): Promise<number> {
  const others = keep === null ? undefined : ne(sessions.id, keep);
  const ended = await db
    .delete(sessions)
    .where(and(eq(sessions.userId, personId), others))
    .returning({ id: sessions.id });
  return ended.length;
}
