import { and, isNotNull, lt, or } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { apiTokens, invitations, sessions, verifications } from "#db/schema/index.ts";

/**
 * Forgets what let people and programs in and does so no more since before `before` (epoch ms): ended
 * sessions, answered sign-ins, old links, dead tokens. Gives how many rows went. The audit log keeps
 * what was done with them.
 */
export async function dropEnded(db: Db, before: number): Promise<number> {
  const day = new Date(before);
  const gone = [
    await db.delete(sessions).where(lt(sessions.expiresAt, day)).returning({ id: sessions.id }),
    await db
      .delete(verifications)
      .where(lt(verifications.expiresAt, day))
      .returning({ id: verifications.id }),
    await db
      .delete(invitations)
      .where(lt(invitations.expiresAt, before))
      .returning({ id: invitations.id }),
    await db
      .delete(apiTokens)
      .where(
        or(
          lt(apiTokens.expiresAt, before),
          and(isNotNull(apiTokens.revokedAt), lt(apiTokens.revokedAt, before)),
        ),
      )
      .returning({ id: apiTokens.id }),
  ];
  return gone.flat().length;
}
