import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readPeopleView } from "#app/_data/settings/people/read.ts";
import { linkAnswer } from "#app/_data/settings/people/shapes.ts";
import { ask, refused } from "#app/api/settings/asking.ts";
import { POST as reset } from "#app/api/settings/people/[person]/reset/route.ts";
import { PATCH as change } from "#app/api/settings/people/[person]/route.ts";
import { DELETE as endSessions } from "#app/api/settings/people/[person]/sessions/route.ts";
import { DELETE as revoke } from "#app/api/settings/people/invitations/[invitation]/route.ts";
import { POST as invite } from "#app/api/settings/people/invitations/route.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { actorOf } from "#auth/actor.ts";
import { hashSecret } from "#auth/link.ts";
import { config } from "#config/current.ts";
import { signInShape } from "#config/signIn.ts";
import type { Store } from "#db/connection.ts";
import { audit, invitations, people } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { findInvitation } from "#db/writes/invitations.ts";
import { LOCAL } from "#lib/access/actor.ts";
import { DAY } from "#lib/time/duration.ts";

type Headers = Record<string, string>;
const corp = { id: "corp", issuer: "https://id.example.com", clientId: "plimsoll" };
const signInWith = (admins: string[]) => ({
  signIn: { ...config().signIn, oidc: signInShape.parse({ oidc: [{ ...corp, admins }] }).oidc },
});
const GOOD = { email: " Eve@Example.org ", name: "Eve", teams: ["shop"] };

let store: Store;
const as: Record<"admin" | "editor" | "viewer" | "nobody", Headers> = {
  admin: {},
  editor: {},
  viewer: {},
  nobody: { origin: ORIGIN },
};

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
  as.admin = await signedIn(store, { name: "Ada", admin: true });
  as.editor = await signedIn(store, { name: "Edna", editorOf: ["shop"] });
  as.viewer = await signedIn(store, { name: "Vera" });
});

const doInvite = (headers: Headers, body: unknown = GOOD) =>
  ask(invite, { method: "POST", params: {}, headers, body });
const doRevoke = (headers: Headers, id: string) =>
  ask(revoke, { method: "DELETE", params: { invitation: id }, headers });
const doChange = (headers: Headers, body: unknown, person = "Vera") =>
  ask(change, { method: "PATCH", params: { person }, headers, body });
const doReset = (headers: Headers, person = "Vera") =>
  ask(reset, { method: "POST", params: { person }, headers });
const doEnd = (headers: Headers, person = "Vera") =>
  ask(endSessions, { method: "DELETE", params: { person }, headers });

const view = () => readPeopleView(LOCAL, Date.now());
const kindOf = async (headers: Headers) => (await actorOf(new Headers(headers))).kind;
const tokenIn = (link: string) => new URL(link).searchParams.get("token") ?? "";
const logged = (subject: string) => store.db.select().from(audit).where(eq(audit.subject, subject));

describe("only an admin may", () => {
  test.each([
    ["invite", doInvite],
    ["revoke an invitation", (h: Headers) => doRevoke(h, "x")],
    ["change a role", (h: Headers) => doChange(h, { admin: true })],
    ["make a reset link", doReset],
    ["end someone's sessions", doEnd],
  ] as const)("%s", async (_, act) => {
    for (const role of ["editor", "viewer"] as const) {
      expect(await refused(await act(as[role]))).toEqual([403, "forbidden", ""]);
    }
    expect(await refused(await act(as.nobody))).toEqual([401, "not-signed-in", ""]);
    const foreign = { ...as.admin, origin: "https://elsewhere.example" };
    expect(await refused(await act(foreign))).toEqual([403, "foreign-origin", ""]);
    expect((await view()).invitations).toEqual([]);
    expect(await kindOf(as.viewer)).toBe("person");
  });
});

describe("inviting", () => {
  test("answers a link that works once for 7 days, and keeps its hash alone", async () => {
    const response = await doInvite(as.admin);
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    const { email, link, expiresAt } = linkAnswer.parse(await response.json());
    expect(email).toBe("eve@example.org");
    expect(link).toMatch(new RegExp(`^${ORIGIN}/welcome\\?token=[\\w-]{43}$`));
    expect(Math.abs(expiresAt - Date.now() - 7 * DAY)).toBeLessThan(60_000);
    const found = await findInvitation(store.db, hashSecret(tokenIn(link)), Date.now());
    expect(found).toMatchObject({ kind: "invite", email, name: "Eve", teams: ["shop"] });
    const rows = JSON.stringify([
      await store.db.select().from(invitations),
      await store.db.select().from(audit),
    ]);
    expect(rows).not.toContain(tokenIn(link));
    expect(await logged("invitation:eve@example.org")).toMatchObject([
      { action: "invitation.created", actorName: "ada@example.org", address: "10.1.2.3" },
    ]);
  });

  test.each([
    [{ ...GOOD, email: "eve" }, [422, "bad-body", "email"]],
    [{ ...GOOD, email: "" }, [422, "bad-body", "email"]],
    [{ ...GOOD, name: "  " }, [422, "bad-body", "name"]],
    [{ ...GOOD, name: "a".repeat(81) }, [422, "bad-body", "name"]],
    [{ ...GOOD, name: "Eve\u0007" }, [422, "bad-body", "name"]],
    [{ ...GOOD, teams: "shop" }, [422, "bad-body", "teams"]],
    [{ ...GOOD, teams: ["shop", ""] }, [422, "bad-body", "teams.1"]],
    [{ ...GOOD, admin: "yes" }, [422, "bad-body", "admin"]],
    [{ ...GOOD, email: "vera@example.org" }, [409, "email-taken", "email"]],
    [{ ...GOOD, email: "VERA@example.org" }, [409, "email-taken", "email"]],
    [{}, [422, "bad-body", "email name"]],
  ])("is refused with the field at fault: %o", async (body, answer) => {
    expect(await refused(await doInvite(as.admin, body))).toEqual(answer);
    expect((await view()).invitations).toEqual([]);
  });

  test("can be taken back once", async () => {
    await doInvite(as.admin);
    const [made] = (await view()).invitations;
    if (!made) throw new Error("no invitation");
    expect((await doRevoke(as.admin, made.id)).status).toBe(200);
    expect((await view()).invitations).toEqual([]);
    expect(await refused(await doRevoke(as.admin, made.id))).toEqual([
      404,
      "no-such-invitation",
      "",
    ]);
  });
});

describe("rights", () => {
  test("of an admin act at the next request", async () => {
    expect((await doChange(as.admin, { admin: true })).status).toBe(200);
    expect((await doInvite(as.viewer)).status).toBe(200);
    expect((await doChange(as.admin, { admin: false })).status).toBe(200);
    expect((await doInvite(as.viewer)).status).toBe(403);
  });

  test("of who is disabled end at once, and come back when enabled", async () => {
    expect((await doChange(as.admin, { disabled: true }, "Edna")).status).toBe(200);
    expect(await kindOf(as.editor)).toBe("nobody");
    expect((await doChange(as.admin, { disabled: false }, "Edna")).status).toBe(200);
    const [edna] = (await view()).people.filter(({ name }) => name === "Edna");
    expect(edna).toMatchObject({ disabledAt: null, sessions: 0, teams: [{ team: "shop" }] });
  });

  test.each([{ admin: false }, { disabled: true }])(
    "of the last admin stay: %o is refused",
    async (body) => {
      expect(await refused(await doChange(as.admin, body, "Ada"))).toEqual([409, "last-admin", ""]);
      expect((await doInvite(as.admin)).status).toBe(200);
    },
  );

  test("that a group gives are taken by the group, as long as a provider has a rule for it", async () => {
    await store.db
      .update(people)
      .set({ admin: true, adminFrom: "groups" })
      .where(eq(people.id, "Vera"));
    serveFrom(store, signInWith(["root"]));
    expect(await refused(await doChange(as.admin, { admin: false }))).toEqual([
      409,
      "from-groups",
      "",
    ]);
    serveFrom(store, signInWith([]));
    expect((await doChange(as.admin, { admin: false })).status).toBe(200);
  });

  test.each([
    [{}, [422, "bad-body", ""]],
    [{ admin: 1 }, [422, "bad-body", "admin"]],
    [{ admin: true, name: "x" }, [422, "bad-body", "name"]],
  ])("are not changed by %o", async (body, answer) => {
    expect(await refused(await doChange(as.admin, body))).toEqual(answer);
  });

  test("of nobody cannot be changed", async () => {
    const answer = [404, "no-such-person", ""];
    expect(await refused(await doChange(as.admin, { admin: true }, "nobody"))).toEqual(answer);
    expect(await refused(await doReset(as.admin, "nobody"))).toEqual(answer);
    expect(await refused(await doEnd(as.admin, "nobody"))).toEqual(answer);
  });
});

describe("a reset link", () => {
  test("is for the person, for 24 hours", async () => {
    const { link, expiresAt } = linkAnswer.parse(await (await doReset(as.admin)).json());
    expect(Math.abs(expiresAt - Date.now() - DAY)).toBeLessThan(60_000);
    const found = await findInvitation(store.db, hashSecret(tokenIn(link)), Date.now());
    expect(found).toMatchObject({ kind: "reset", personId: "Vera", email: "vera@example.org" });
    expect((await view()).invitations).toEqual([]);
  });

  test("is not made for who is disabled, and nowhere when passwords are off", async () => {
    await doChange(as.admin, { disabled: true });
    expect(await refused(await doReset(as.admin))).toEqual([404, "no-such-person", ""]);
    serveFrom(store, { signIn: { ...config().signIn, passwords: false } });
    expect(await refused(await doReset(as.admin, "Edna"))).toEqual([409, "passwords-off", ""]);
  });
});

test("ending someone's sessions signs them out, and is in the log", async () => {
  expect((await doEnd(as.admin)).status).toBe(200);
  expect(await kindOf(as.viewer)).toBe("nobody");
  expect(await kindOf(as.editor)).toBe("person");
  expect(await logged("person:vera@example.org")).toContainEqual(
    expect.objectContaining({ action: "person.sessions-ended", after: { ended: 1 } }),
  );
});

test("with sign-in off anyone on this machine manages people, and is in the log as that", async () => {
  serveFrom(store, { noAuth: true });
  expect((await doInvite(as.nobody)).status).toBe(200);
  const rows = await logged("invitation:eve@example.org");
  expect(rows.at(-1)).toMatchObject({ actorKind: "local" });
});
