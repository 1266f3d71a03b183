import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readAccountView } from "#app/_data/settings/account/read.ts";
import { SHORTEST_PASSWORD } from "#app/_data/settings/account/shapes.ts";
import { POST } from "#app/api/settings/account/password/route.ts";
import { DELETE } from "#app/api/settings/account/sessions/[session]/route.ts";
import { ask, refused } from "#app/api/settings/asking.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { sessionOf } from "#auth/actor.ts";
import * as rule from "#auth/password.ts";
import { config } from "#config/current.ts";
import type { Store } from "#db/connection.ts";
import { readWaysIn } from "#db/reads/account.ts";
import { audit, people } from "#db/schema/index.ts";
import { openSession } from "#db/suites/persons.ts";
import { testStore } from "#db/testing.ts";
import { setPassword } from "#db/writes/people.ts";
import { DAY } from "#lib/time/duration.ts";

type Headers = Record<string, string>;
const OLD = "correct horse battery";
const NEW = "staple of the battery";
const WRONG = { current: "wrong", next: NEW };

let store: Store;
let own: Headers;
let person: string;
let count = 0;
let passwordHash: string;

beforeAll(async () => {
  store = await testStore();
  passwordHash = await rule.hashPassword(OLD);
});
afterAll(async () => {
  release();
  await store.close();
});
/** Someone new each time: attempts are counted by account. */
beforeEach(async () => {
  serveFrom(store);
  await store.db.delete(people);
  person = `Vera${count++}`;
  own = await signedIn(store, { name: person });
  await setPassword(store.db, { personId: person, passwordHash, at: Date.now() });
  for (const id of ["phone", "tablet"]) await elsewhere(person, id);
});

const elsewhere = (personId: string, id: string) =>
  openSession(store.db, { personId, id, usedAt: Date.now() - 1000, expiresAt: Date.now() + DAY });
const change = (headers: Headers, body: unknown) =>
  ask(POST, { method: "POST", params: {}, headers, body });
const end = (headers: Headers, session: string) =>
  ask(DELETE, { method: "DELETE", params: { session }, headers });

async function view() {
  const signedIn = await sessionOf(new Headers(own));
  return signedIn ? readAccountView(signedIn, Date.now()) : null;
}
const isPassword = async (password: string) => {
  const kept = await readWaysIn(store.db, person);
  return rule.verifyPassword({ hash: kept.passwordHash ?? "", password });
};
const actions = async () => {
  const subject = `person:${person.toLowerCase()}@example.org`;
  const rows = await store.db.select().from(audit).where(eq(audit.subject, subject));
  return rows.map(({ action }) => action);
};

describe("a new password", () => {
  test("ends all sessions but the one that asks", async () => {
    const response = await change(own, { current: OLD, next: NEW });
    expect([response.status, await response.json()]).toEqual([200, { ended: 2 }]);
    expect(await isPassword(NEW)).toBe(true);
    expect((await view())?.sessions.map(({ current }) => current)).toEqual([true]);
    expect(await actions()).toEqual(["person.password-changed"]);
  });

  test.each([
    [WRONG, [422, "wrong-password", "current"]],
    [{ current: OLD, next: "x".repeat(11) }, [422, "bad-body", "next"]],
    [{ current: OLD, next: "x".repeat(129) }, [422, "bad-body", "next"]],
    [{ current: "", next: NEW }, [422, "bad-body", "current"]],
    [{}, [422, "bad-body", "current next"]],
  ])("is refused with the field at fault: %o", async (body, answer) => {
    expect(await refused(await change(own, body))).toEqual(answer);
    expect(await isPassword(OLD)).toBe(true);
    expect((await view())?.sessions).toHaveLength(3);
    const guessed = body === WRONG ? ["person.password-refused"] : [];
    expect(await actions()).toEqual(guessed);
  });

  test("cannot be found by trying: after ten attempts the account waits", async () => {
    for (let i = 0; i < 10; i++) await change(own, { current: `guess ${i}`, next: NEW });
    const response = await change(own, { current: OLD, next: NEW });
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused(response)).toEqual([429, "too-many-attempts", ""]);
  });

  test("is for those who have one here", async () => {
    const gil = await signedIn(store, { name: "Gil" });
    const body = { current: OLD, next: NEW };
    expect(await refused(await change(gil, body))).toEqual([409, "no-password", ""]);
    serveFrom(store, { signIn: { ...config().signIn, passwords: false } });
    expect(await refused(await change(own, body))).toEqual([409, "no-password", ""]);
  });

  test("is as long as sign-in asks", () => {
    expect(SHORTEST_PASSWORD).toBe(rule.SHORTEST_PASSWORD);
  });
});

describe("one's sessions", () => {
  test("are ended one by one, or all others at once", async () => {
    expect(await (await end(own, "phone")).json()).toEqual({ ended: 1 });
    expect(await refused(await end(own, "phone"))).toEqual([404, "no-such-session", ""]);
    expect(await (await end(own, "others")).json()).toEqual({ ended: 1 });
    expect((await view())?.sessions).toHaveLength(1);
    expect(await actions()).toEqual(["person.sessions-ended", "person.sessions-ended"]);
  });

  test("are nobody else's to end, an admin's neither", async () => {
    const admin = await signedIn(store, { name: "Ada", admin: true });
    expect(await refused(await end(admin, "phone"))).toEqual([404, "no-such-session", ""]);
    expect((await view())?.sessions).toHaveLength(3);
  });
});

test.each([
  ["someone who is not signed in", { origin: ORIGIN }, {}, [401, "not-signed-in", ""]],
  ["anyone where sign-in is off", { origin: ORIGIN }, { noAuth: true }, [403, "forbidden", ""]],
] as const)("%s has no account", async (_, headers, settings, answer) => {
  serveFrom(store, settings);
  expect(await refused(await end({ ...headers }, "others"))).toEqual(answer);
  expect(await refused(await change({ ...headers }, { current: OLD, next: NEW }))).toEqual(answer);
});

test("a change asked for by a foreign page is refused", async () => {
  const foreign = { ...own, origin: "https://elsewhere.example" };
  expect(await refused(await end(foreign, "others"))).toEqual([403, "foreign-origin", ""]);
});
