import { createHmac } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { apiTokens, people, sessions } from "#db/schema/index.ts";
import { tokenText } from "#lib/access/token.ts";
import { invite, type Sent, signIn, takeUp } from "./client.ts";
import { makeToken } from "./furnish.ts";
import type { Place } from "./place.ts";

/** Who asks: what they send, and their line in the table of what they may. */
export interface Caller {
  readonly name: string;
  readonly line: string;
  readonly headers: Sent;
}

/** Every sort of caller, made as people and admins make them. */
export async function makeCallers(place: Place): Promise<Caller[]> {
  const own = (name: string, headers: Sent) => ({ name, line: name, headers });
  const person = async (name: string, roles: Roles = {}) =>
    own(name, await newPerson(place, name, roles));
  return [
    own("nobody", { origin: place.url }),
    await person("viewer"),
    await person("editor of pay", { teams: ["pay"] }),
    await person("editor of web", { teams: ["web"] }),
    own("admin", place.admin.headers),
    ...(await makeTokens(place)),
    ...(await makeNobodies(place)),
  ];
}

interface Roles {
  readonly teams?: readonly string[];
  readonly admin?: boolean;
}

async function newPerson(place: Place, name: string, roles: Roles): Promise<Sent> {
  const email = `${name.replaceAll(" ", "-")}@example.org`;
  const link = await invite(place.admin, { name, email, ...roles });
  await takeUp(place.url, link, { name, email });
  return signIn(place.url, email);
}

const ALL_OF_A_TEAM = ["read", "gate", "ingest", "write"];

async function makeTokens(place: Place): Promise<Caller[]> {
  const token = async (name: string, scopes: readonly string[], team: string | null = null) => ({
    name,
    line: name,
    headers: { authorization: `Bearer ${await newToken(place, name, scopes, team)}` },
  });
  return [
    ...(await Promise.all(
      ["read", "gate", "ingest", "write", "admin"].map((scope) => token(`token ${scope}`, [scope])),
    )),
    await token("token write of pay", ["write"], "pay"),
    await token("token most of pay", ALL_OF_A_TEAM, "pay"),
    await token("token write of web", ["write"], "web"),
  ];
}

async function newToken(
  place: Place,
  name: string,
  scopes: readonly string[],
  team: string | null,
) {
  return (await makeToken(place.admin, { name, scopes, team })).token;
}

/** Whoever has been somebody, or pretends to be: none of them is anyone. */
async function makeNobodies(place: Place): Promise<Caller[]> {
  const { admin, url } = place;
  const tokens: Record<string, string> = {
    "token expired": await expiredToken(place),
    "token revoked": await revokedToken(place),
    "token that nobody made": tokenText(new Uint8Array(32).fill(7)),
    "token with a letter wrong": await mistypedToken(place),
    "token that is none": "garbage",
  };
  const cookies: Record<string, string> = {
    "session of someone disabled": await disabledSession(place),
    "session expired": await expiredSession(place),
    "session ended": await endedSession(place),
    ...forgedSessions(String(admin.headers.cookie)),
  };
  const sent: Record<string, Sent> = {
    "no origin, no session": {},
    "an admin's session beside a bad token": { ...admin.headers, authorization: "Bearer garbage" },
    "an admin's session beside an empty token": { ...admin.headers, authorization: "Bearer" },
    "a name and password": { authorization: `Basic ${btoa("admin@example.org:password")}` },
    "headers that only the server sets": {
      "x-plimsoll-actor": "admin",
      "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy",
      "x-forwarded-for": "127.0.0.1",
    },
  };
  return [
    ...Object.entries(tokens).map(([name, text]) => ({
      name,
      headers: { authorization: `Bearer ${text}` },
    })),
    ...Object.entries(cookies).map(([name, cookie]) => ({
      name,
      headers: { cookie, origin: url },
    })),
    ...Object.entries(sent).map(([name, headers]) => ({
      name,
      headers: { origin: url, ...headers },
    })),
  ].map((caller) => ({ ...caller, line: "nobody" }));
}

async function expiredToken({ admin, store }: Place): Promise<string> {
  const { id, token } = await makeToken(admin, { name: "expired", scopes: ["admin"] });
  await store.db
    .update(apiTokens)
    .set({ expiresAt: Date.now() - 1 })
    .where(eq(apiTokens.id, id));
  return token;
}

async function revokedToken({ admin }: Place): Promise<string> {
  const { id, token } = await makeToken(admin, { name: "revoked", scopes: ["admin"] });
  await admin.change(`DELETE /api/settings/tokens/${id}`, z.object({ revoked: z.literal(true) }));
  return token;
}

async function mistypedToken(place: Place): Promise<string> {
  const text = await newToken(place, "mistyped", ["admin"], null);
  return text.slice(0, 10) + (text[10] === "a" ? "b" : "a") + text.slice(11);
}

/** Disabled behind the product's back, which otherwise ends the session itself. */
async function disabledSession(place: Place): Promise<string> {
  const { cookie } = await newPerson(place, "disabled", { admin: true });
  const who = eq(people.email, "disabled@example.org");
  await place.store.db.update(people).set({ disabledAt: Date.now() }).where(who);
  return String(cookie);
}

async function expiredSession(place: Place): Promise<string> {
  const { cookie } = await newPerson(place, "expired", { admin: true });
  const who = eq(sessions.userId, await idOf(place, "expired@example.org"));
  await place.store.db
    .update(sessions)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(who);
  return String(cookie);
}

async function endedSession(place: Place): Promise<string> {
  const { cookie } = await newPerson(place, "ended", { admin: true });
  const id = await idOf(place, "ended@example.org");
  await place.admin.change(`DELETE /api/settings/people/${id}/sessions`, z.unknown());
  return String(cookie);
}

async function idOf({ store }: Place, email: string): Promise<string> {
  const [row] = await store.db.select().from(people).where(eq(people.email, email));
  return row?.id ?? "";
}

/** An admin's cookie as someone would write it who does not know the server's secret. */
function forgedSessions(cookie: string): Record<string, string> {
  const [name = "", value = ""] = cookie.split("=");
  const [token = "", signature = ""] = decodeURIComponent(value).split(".");
  const signed = (by: string) =>
    `${name}=${encodeURIComponent(`${token}.${createHmac("sha256", by).update(token).digest("base64")}`)}`;
  const other = signature.startsWith("A") ? "B" : "A";
  return {
    "session without a signature": `${name}=${token}`,
    "session with an empty signature": `${name}=${token}.`,
    "session with a letter of its signature wrong": `${name}=${encodeURIComponent(`${token}.${other}${signature.slice(1)}`)}`,
    "session signed by another secret": signed("another secret of thirty-two chars"),
    "session signed by the empty secret": signed(""),
    "session of a token that nobody has": `${name}=${encodeURIComponent(`${"x".repeat(token.length)}.${signature}`)}`,
  };
}
