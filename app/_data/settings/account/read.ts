import { providerNames } from "#app/_data/settings/people/read.ts";
import type { SignedIn } from "#auth/actor.ts";
import type { AccountView } from "#components/settings/account/view.ts";
import { browserWords } from "#components/settings/account/words.ts";
import { roleWords, wayIn } from "#components/settings/people/words.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { readSessions, readWaysIn } from "#db/reads/account.ts";

/** One's own account, as of `now` (epoch ms). */
export async function readAccountView(signedIn: SignedIn, now: number): Promise<AccountView> {
  const { person, sessionId } = signedIn;
  const { db } = await store();
  const names = providerNames();
  const { providers, passwordHash } = await readWaysIn(db, person.id);
  const sessions = await readSessions(db, person.id, now);
  return {
    name: person.name,
    email: person.email,
    role: roleWords(person.admin, person.editorOf),
    waysIn: providers.map((provider) => wayIn(provider, names)),
    hasPassword: passwordHash !== null && config().signIn.passwords,
    sessions: sessions.map(({ userAgent, ...session }) => ({
      ...session,
      browser: browserWords(userAgent),
      current: session.id === sessionId,
    })),
  };
}
