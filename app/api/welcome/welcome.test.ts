import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ask, refused } from "#app/api/settings/asking.ts";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import { POST } from "#app/api/welcome/route.ts";
import { oneTimeLink } from "#auth/link.ts";
import { config } from "#config/current.ts";
import type { Store } from "#db/connection.ts";
import { invitations, people } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { createInvitation } from "#db/writes/inviting.ts";
import { SYSTEM } from "#lib/access/actor.ts";

let store: Store;
beforeAll(async () => {
  store = await testStore();
});
afterAll(async () => {
  release();
  await store.close();
});
beforeEach(async () => {
  serveFrom(store);
  await store.db.delete(people);
  await store.db.delete(invitations);
});

const eve = { name: "Eve", email: "eve@example.org", password: "four words that nobody guesses" };
const come = (token: string) =>
  ask(POST, { method: "POST", params: {}, headers: {}, body: { token, ...eve } });
const passwordsOff = () => serveFrom(store, { signIn: { ...config().signIn, passwords: false } });

async function linkOf(kind: "first-admin" | "invite" | "reset"): Promise<string> {
  const { url, tokenHash } = oneTimeLink("https://plimsoll.example");
  const email = kind === "first-admin" ? null : eve.email;
  await createInvitation(
    store.db,
    { actor: SYSTEM, address: null, at: Date.now() },
    {
      kind,
      tokenHash,
      email,
      name: null,
      admin: kind === "first-admin",
      teams: [],
      personId: null,
    },
  );
  return new URL(url).searchParams.get("token") ?? "";
}

test.each([
  ["first-admin", "Passwords are off: this link cannot make an admin"],
  ["invite", "Passwords are off: your invitation is for eve@example.org"],
  ["reset", "Passwords are off: there is no password to set"],
] as const)(
  "where passwords are off, a link of the kind %s says so and stays",
  async (kind, words) => {
    const token = await linkOf(kind);
    passwordsOff();
    const answer = await come(token);
    expect(await answer.clone().text()).toContain(words);
    expect(await refused(answer)).toEqual([409, "passwords-off", ""]);
    expect(await store.db.select().from(people)).toEqual([]);
    expect(await store.db.select().from(invitations)).toMatchObject([{ usedAt: null }]);
  },
);

test("whether passwords are on or off, a link that nobody made is gone", async () => {
  expect(await refused(await come("made-up"))).toEqual([410, "link-gone", ""]);
  passwordsOff();
  expect(await refused(await come("made-up"))).toEqual([410, "link-gone", ""]);
});

test("where passwords are on, the link of the first admin makes one, once", async () => {
  const token = await linkOf("first-admin");
  expect((await come(token)).status).toBe(200);
  expect(await store.db.select().from(people)).toMatchObject([{ email: eve.email, admin: true }]);
  expect(await refused(await come(token))).toEqual([410, "link-gone", ""]);
});
