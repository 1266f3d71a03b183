import { and, desc, eq, gt } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { accounts, sessions } from "#db/schema/index.ts";

interface SessionRecord {
  readonly id: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  /** Epoch ms, each. */
  readonly signedInAt: number;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
}

/** Where a person is signed in, the last used first. Tokens stay in the database. */
export async function readSessions(
  db: Db,
  personId: string,
  now: number,
): Promise<SessionRecord[]> {
  const rows = await db
    .select({
      id: sessions.id,
      address: sessions.ipAddress,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      updatedAt: sessions.updatedAt,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, personId), gt(sessions.expiresAt, new Date(now))))
    .orderBy(desc(sessions.updatedAt), desc(sessions.createdAt));
  return rows.map(({ createdAt, updatedAt, expiresAt, ...row }) => ({
    ...row,
    signedInAt: createdAt.getTime(),
    lastUsedAt: updatedAt.getTime(),
    expiresAt: expiresAt.getTime(),
  }));
}

/** Ways in which a person signs in; `passwordHash` is null for who has no password. */
export async function readWaysIn(
  db: Db,
  personId: string,
): Promise<{ readonly providers: readonly string[]; readonly passwordHash: string | null }> {
  const rows = await db
    .select({ provider: accounts.providerId, password: accounts.password })
    .from(accounts)
    .where(eq(accounts.userId, personId))
    .orderBy(accounts.providerId);
  const own = rows.find(({ password }) => password !== null);
  return {
    providers: rows.map(({ provider }) => provider),
    passwordHash: own?.password ?? null,
  };
}
