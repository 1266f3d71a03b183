import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import { type Attempt, withAttempt } from "#auth/attempt.ts";
import { admitArrival, beforeSession, personCreated } from "#auth/hooks.ts";
import { config } from "#config/current.ts";
import { signInShape } from "#config/signIn.ts";
import type { Store } from "#db/connection.ts";
import { invitations, people, teamEditors } from "#db/schema/index.ts";
import { ADA, addPeople, auditSince, lastAudit, T } from "#db/suites/persons.ts";
import { testStore } from "#db/testing.ts";
import { createInvitation } from "#db/writes/inviting.ts";
import { addTeamEditor } from "#db/writes/teamEditors.ts";

const rules = { teams: { pay: "payments", cart: "carts" }, admins: ["root"] };
const { oidc } = signInShape.parse({
  oidc: [
    { id: "corp", issuer: "https://corp.example", clientId: "x", ...rules },
    { id: "partners", issuer: "https://partners.example", clientId: "x", teams: { ext: "web" } },
  ],
});

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
  serveFrom(store, { signIn: { ...config().signIn, oidc } });
  await store.db.delete(people);
  await store.db.delete(invitations);
  await addPeople(store.db, { grace: {} });
});

type Way = { readonly by: string; readonly groups?: readonly string[] } | "password";

const arrivedBy = (way: Way, linked = false): Attempt["arrived"] =>
  way === "password" ? null : { providerId: way.by, profile: { groups: way.groups ?? [] }, linked };
const during = <T>(arrived: Attempt["arrived"], work: () => Promise<T>) =>
  withAttempt({ address: "192.0.2.9", at: T, arrived }, work);
const signIn = (way: Way, linked = false) =>
  during(arrivedBy(way, linked), () => beforeSession({ userId: "grace" }));

async function rights() {
  const [person] = await store.db.select().from(people).where(eq(people.id, "grace"));
  const editing = await store.db.select().from(teamEditors).orderBy(asc(teamEditors.team));
  const teams = editing.map(({ team, origin }) => `${team} ${origin}`);
  return { admin: person?.admin, adminFrom: person?.adminFrom, teams };
}

const NONE = { admin: false, adminFrom: "hand", teams: [] };
const OF_CORP = { admin: true, adminFrom: "groups:corp", teams: ["payments groups:corp"] };

describe("rights that groups give", () => {
  test.each<[string, Way, object]>([
    ["the same provider, in the same groups", { by: "corp", groups: ["pay", "root"] }, OF_CORP],
    ["the same provider, out of them", { by: "corp", groups: ["else"] }, NONE],
    [
      "another provider with rules of its own",
      { by: "partners", groups: ["ext", "root", "pay"] },
      { ...NONE, teams: ["web groups:partners"] },
    ],
    ["GitHub", { by: "github", groups: ["pay", "root"] }, NONE],
    ["a provider that is not configured any more", { by: "gone", groups: ["pay"] }, NONE],
    ["password", "password", NONE],
  ])("after the next sign-in, by %s", async (_, way, expected) => {
    await signIn({ by: "corp", groups: ["pay", "root"] });
    expect(await rights()).toEqual(OF_CORP);
    await signIn(way);
    expect(await rights()).toEqual(expected);
    await signIn({ by: "corp", groups: ["pay", "root"] });
    expect(await rights()).toEqual(OF_CORP);
  });

  test("go when their provider has no rule for them any more", async () => {
    await signIn({ by: "corp", groups: ["pay", "root"] });
    const { oidc: bare } = signInShape.parse({ oidc: [{ ...oidc[0], teams: {}, admins: [] }] });
    serveFrom(store, { signIn: { ...config().signIn, oidc: bare } });
    await signIn({ by: "corp", groups: ["pay", "root"] });
    expect(await rights()).toEqual(NONE);
  });

  test("from before their provider was written down go too, and what a hand gave stays", async () => {
    await addTeamEditor(store.db, ADA, { team: "carts", personId: "grace" });
    await store.db
      .insert(teamEditors)
      .values({ personId: "grace", team: "payments", origin: "groups" });
    await store.db.update(people).set({ admin: true, adminFrom: "groups" });
    await signIn("password");
    expect(await rights()).toEqual({ ...NONE, teams: ["carts hand"] });
    await store.db.update(people).set({ admin: true });
    await signIn({ by: "corp", groups: ["pay"] });
    const teams = ["carts hand", "payments groups:corp"];
    expect(await rights()).toEqual({ admin: true, adminFrom: "hand", teams });
  });

  test("are in the log when they change, and only then", async () => {
    const since = await lastAudit(store.db);
    for (const groups of [["pay"], ["pay"], []]) await signIn({ by: "corp", groups });
    expect(await auditSince(store.db, since)).toMatchObject([
      { action: "person.groups-applied", after: { admin: false, teams: ["payments"] } },
      { action: "person.groups-applied", after: { admin: false, teams: [] } },
    ]);
  });
});

describe("whom a provider brings", () => {
  const arrive = (action: string, user: object, by = "corp") =>
    during(null, () =>
      admitArrival({
        user: { emailVerified: true, ...user },
        source: { action, oauth: { providerId: by, profile: {} } },
      }),
    );

  test.each([
    ["who is disabled", "sign-in", { id: "grace" }, "corp", "disabled", "grace@example.com"],
    [
      "who is disabled, anew",
      "link-account",
      { id: "grace" },
      "corp",
      "disabled",
      "grace@example.com",
    ],
    ["a stranger", "create-user", { email: "eve@example.com" }, "github", "not_invited", "unknown"],
    [
      "an unverified address",
      "create-user",
      { email: "eve@example.com", emailVerified: false },
      "corp",
      "email_not_verified",
      "unknown",
    ],
  ] as const)("%s is refused, and that is in the log", async (_, action, user, by, code, whom) => {
    await store.db.update(people).set({ disabledAt: T });
    const since = await lastAudit(store.db);
    expect(await arrive(action, user, by)).toEqual({ error: code });
    expect(await auditSince(store.db, since)).toMatchObject([
      {
        action: "person.sign-in-refused",
        subject: `person:${whom}`,
        actorKind: "nobody",
        after: { code, with: by },
      },
    ]);
  });

  test("and who may come in is not in the log as refused", async () => {
    const since = await lastAudit(store.db);
    expect(await arrive("sign-in", { id: "grace" })).toBeUndefined();
    expect(await arrive("create-user", { email: "eve@example.com" })).toBeUndefined();
    expect(await auditSince(store.db, since)).toEqual([]);
  });

  test("an identity that is joined with an account is in the log", async () => {
    const since = await lastAudit(store.db);
    await signIn({ by: "corp" }, true);
    await signIn({ by: "corp" });
    expect(await auditSince(store.db, since)).toMatchObject([
      {
        action: "person.identity-linked",
        subject: "person:grace@example.com",
        after: { with: "corp" },
      },
    ]);
  });
});

describe("an invitation", () => {
  beforeEach(async () => {
    await store.db.delete(people);
    await createInvitation(store.db, ADA, {
      kind: "invite",
      tokenHash: "of grace",
      email: "grace@example.com",
      name: null,
      admin: true,
      teams: ["payments"],
      personId: null,
    });
    await addPeople(store.db, { grace: {} });
  });
  const given = { admin: true, adminFrom: "hand", teams: ["payments hand"] };
  const actions = async (since: number) =>
    (await auditSince(store.db, since)).map(({ action }) => action);

  test("is taken up by who is made, once", async () => {
    const since = await lastAudit(store.db);
    const grace = { id: "grace", name: "grace", email: "grace@example.com" };
    await during(arrivedBy({ by: "corp" }), () => personCreated(grace));
    await signIn({ by: "corp" });
    expect(await rights()).toEqual(given);
    expect(await actions(since)).toEqual(["person.joined"]);
  });

  test("that could not be taken up then is at the next sign-in", async () => {
    const since = await lastAudit(store.db);
    await signIn({ by: "corp" });
    await signIn("password");
    expect(await rights()).toEqual(given);
    expect(await actions(since)).toEqual(["person.invitation-taken-up"]);
  });
});
