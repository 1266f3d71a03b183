import { and, eq, isNull, lt, or } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { apiTokens } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { actorIdentity, type Scope } from "#lib/access/actor.ts";
import { MINUTE } from "#lib/time/duration.ts";

export interface NewToken {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  readonly hint: string;
  readonly scopes: readonly Scope[];
  readonly team: string | null;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** Keeps a token's hash; the token itself is the caller's to show once. */
export async function createToken(db: Db, by: By, token: NewToken): Promise<void> {
  const { id, name, hint, scopes, team, expiresAt } = token;
  const made = { createdBy: actorIdentity(by.actor), createdAt: by.at };
  await db.transaction(async (tx) => {
    await tx.insert(apiTokens).values({ ...token, scopes: [...scopes], ...made });
    const until = new Date(expiresAt).toISOString();
    const after = { id, hint, scopes, ...teamOf(token), expiresAt: until };
    await writeAudit(tx, by, { action: "token.created", subject: `token:${name}`, team, after });
  });
}

/** From now on the token is refused. False when it was revoked before, or never was. */
export function revokeToken(db: Db, by: By, id: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(apiTokens)
      .set({ revokedAt: by.at })
      .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)))
      .returning();
    if (!row) return false;
    const { name, hint, scopes, team } = row;
    const before = { id, hint, scopes, ...teamOf(row) };
    await writeAudit(tx, by, { action: "token.revoked", subject: `token:${name}`, team, before });
    return true;
  });
}

/** In the log "none" would be read as no team at all. */
function teamOf({ team }: Pick<NewToken, "team">): Record<string, string> {
  return team === null ? { teams: "all" } : { team };
}

export interface Use {
  /** Epoch ms. */
  readonly at: number;
  readonly address: string | null;
}

/** Remembers that a token was used; at most one write a minute, so a busy one costs nothing. */
export async function touchToken(db: Db, id: string, { at, address }: Use): Promise<void> {
  const stale = or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, at - MINUTE));
  await db
    .update(apiTokens)
    .set({ lastUsedAt: at, lastUsedFrom: address })
    .where(and(eq(apiTokens.id, id), stale));
}
