import { createHmac, randomUUID } from "node:crypto";
import { type Config, loadConfig } from "#config/config.ts";
import type { Store } from "#db/connection.ts";
import { people, sessions, teamEditors } from "#db/schema/index.ts";
import { DAY } from "#lib/time/duration.ts";

/** For tests of routes: a server that is set up, and people who are signed in. */

const SECRET = "a secret of thirty-two characters";
const HELD = ["plimsoll.store", "plimsoll.config", "plimsoll.auth", "plimsoll.secret"];
const holder = globalThis as { [key: symbol]: unknown };

/** Makes this process one that serves from `store`; `release()` ends it. */
export function serveFrom(store: Store, settings: Partial<Config> = {}): void {
  release();
  const env = { NODE_ENV: "test", PLIMSOLL_SECRET: SECRET } as const;
  const config = { ...loadConfig(env, "/nowhere"), publicUrl: ORIGIN, ...settings };
  holder[Symbol.for("plimsoll.store")] = Promise.resolve(store);
  holder[Symbol.for("plimsoll.config")] = config;
}

export function release(): void {
  for (const key of HELD) delete holder[Symbol.for(key)];
}

export const ORIGIN = "https://plimsoll.example";

interface Someone {
  readonly name: string;
  readonly admin?: boolean;
  readonly editorOf?: readonly string[];
}

/** Makes a person with a session; gives the headers that their browser sends. */
export async function signedIn({ db }: Store, someone: Someone): Promise<Record<string, string>> {
  const { name, admin = false, editorOf = [] } = someone;
  const now = new Date();
  const made = { createdAt: now, updatedAt: now };
  const email = `${name.toLowerCase()}@example.org`;
  await db.insert(people).values({ id: name, name, email, admin, ...made });
  for (const team of editorOf) {
    await db.insert(teamEditors).values({ personId: name, team, origin: "hand" });
  }
  const token = randomUUID();
  const expiresAt = new Date(now.getTime() + DAY);
  await db.insert(sessions).values({ id: token, token, userId: name, expiresAt, ...made });
  return { cookie: cookie(token), origin: ORIGIN, "x-plimsoll-address": "10.1.2.3" };
}

/** As better-auth signs it, under the name that it has over https. */
function cookie(token: string): string {
  const signature = createHmac("sha256", SECRET).update(token).digest("base64");
  const value = encodeURIComponent(`${token}.${signature}`);
  return `__Secure-plimsoll.session_token=${value}`;
}
