import { and, desc, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { apiTokens } from "#db/schema/index.ts";
import { SCOPES, type Scope } from "#lib/access/actor.ts";

/** A token that may be used now. */
export interface LiveToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly team: string | null;
}

export interface TokenRecord extends LiveToken {
  readonly hint: string;
  readonly createdBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
  readonly lastUsedFrom: string | null;
  readonly revokedAt: number | null;
}

/** All but the hash. */
const SHOWN = {
  id: apiTokens.id,
  name: apiTokens.name,
  hint: apiTokens.hint,
  scopes: apiTokens.scopes,
  team: apiTokens.team,
  createdBy: apiTokens.createdBy,
  createdAt: apiTokens.createdAt,
  expiresAt: apiTokens.expiresAt,
  lastUsedAt: apiTokens.lastUsedAt,
  lastUsedFrom: apiTokens.lastUsedFrom,
  revokedAt: apiTokens.revokedAt,
};

/** The token with this hash; null when there is none, or it has expired or was revoked. */
export async function findToken(db: Db, hash: string, now: number): Promise<LiveToken | null> {
  const { id, name, scopes, team } = SHOWN;
  const live = and(isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, now));
  const [row] = await db
    .select({ id, name, scopes, team })
    .from(apiTokens)
    .where(and(eq(apiTokens.hash, hash), live));
  return row ? { ...row, scopes: knownScopes(row.scopes) } : null;
}

/** Any token, live or not; null when there never was one. */
export async function readToken(db: Db, id: string): Promise<TokenRecord | null> {
  const [row] = await db.select(SHOWN).from(apiTokens).where(eq(apiTokens.id, id));
  return row ? { ...row, scopes: knownScopes(row.scopes) } : null;
}

interface Listed {
  /** Only tokens of these teams; those for all teams are left out, too. */
  readonly teams?: readonly string[];
  /** Tokens that ended before this (epoch ms) are left out. */
  readonly endedAfter: number;
}

/** Tokens, newest first. */
export async function readTokens(db: Db, { teams, endedAfter }: Listed): Promise<TokenRecord[]> {
  const { revokedAt, expiresAt, team, createdAt, id } = apiTokens;
  const lately = and(gt(expiresAt, endedAfter), or(isNull(revokedAt), gt(revokedAt, endedAfter)));
  const rows = await db
    .select(SHOWN)
    .from(apiTokens)
    .where(and(lately, teams ? inArray(team, [...teams]) : undefined))
    .orderBy(desc(createdAt), desc(id));
  return rows.map((row) => ({ ...row, scopes: knownScopes(row.scopes) }));
}

/** A scope of a later version means nothing to this one. */
function knownScopes(scopes: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => scopes.includes(scope));
}
