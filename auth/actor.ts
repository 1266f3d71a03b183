import { addressOf } from "#auth/address.ts";
import { auth } from "#auth/auth.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { readRoles } from "#db/reads/actor.ts";
import { findToken } from "#db/reads/tokens.ts";
import { touchSession } from "#db/writes/signIn.ts";
import { touchToken } from "#db/writes/tokens.ts";
import { type Actor, LOCAL, NOBODY } from "#lib/access/actor.ts";
import { hashToken, looksLikeToken } from "#lib/access/token.ts";
import { MINUTE } from "#lib/time/duration.ts";

/**
 * Who sends a request with these headers: a token where one is sent (a bad one is nobody, whatever
 * cookie comes with it), else the person of the session; anyone, where sign-in is switched off.
 */
export async function actorOf(headers: Headers): Promise<Actor> {
  const sent = headers.get("authorization");
  // What else is sent there is for a proxy in front of us.
  if (sent !== null && /^Bearer\b/i.test(sent)) return tokenActor(sent, addressOf(headers));
  if (config().noAuth) return LOCAL;
  return (await sessionOf(headers))?.person ?? NOBODY;
}

async function tokenActor(authorization: string, address: string | null): Promise<Actor> {
  const text = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? "";
  if (!looksLikeToken(text)) return NOBODY;
  const { db } = await store();
  const now = Date.now();
  const token = await findToken(db, hashToken(text), now);
  if (!token) return NOBODY;
  await touchToken(db, token.id, { at: now, address });
  return { kind: "token", ...token };
}

export interface SignedIn {
  readonly sessionId: string;
  readonly person: Extract<Actor, { kind: "person" }>;
}

const TOUCH_AFTER = 10 * MINUTE;

/** The live session of a request; null without one, and for whoever was disabled since. */
export async function sessionOf(headers: Headers): Promise<SignedIn | null> {
  if (!headers.has("cookie")) return null;
  const { api } = await auth();
  const found = await api.getSession({ headers });
  if (!found) return null;
  const { db } = await store();
  const roles = await readRoles(db, found.user.id);
  if (!roles || roles.disabled) return null;
  if (Date.now() - found.session.updatedAt.getTime() > TOUCH_AFTER) {
    await touchSession(db, found.session.id);
  }
  const { email, admin, editorOf } = roles;
  const { id, name } = found.user;
  return {
    sessionId: found.session.id,
    person: { kind: "person", id, name, email, admin, editorOf },
  };
}
