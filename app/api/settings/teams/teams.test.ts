import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readTeamsView } from "#app/_data/settings/teams/read.ts";
import { ask, refused } from "#app/api/settings/asking.ts";
import { DELETE, PUT } from "#app/api/settings/teams/[team]/editors/[person]/route.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { actorOf } from "#auth/actor.ts";
import { config } from "#config/current.ts";
import { signInShape } from "#config/signIn.ts";
import type { Store } from "#db/connection.ts";
import { people, teamEditors } from "#db/schema/index.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import { testStore } from "#db/testing.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { createToken } from "#db/writes/tokens.ts";
import { type Scope, SYSTEM } from "#lib/access/actor.ts";
import { hashToken, tokenHint, tokenText } from "#lib/access/token.ts";

type Headers = Record<string, string>;

let store: Store;
let as: Record<"admin" | "editor" | "viewer", Headers>;

beforeAll(async () => {
  store = await testStore();
  const slos = [inForce({ name: "availability", service: "cart", team: "cart" })];
  await applyCatalog(store.db, { documents: [], slos, now: T0 });
});
afterAll(async () => {
  release();
  await store.close();
});
beforeEach(async () => {
  serveFrom(store);
  await store.db.delete(people);
  as = {
    admin: await signedIn(store, { name: "Ada", admin: true }),
    editor: await signedIn(store, { name: "Edna", editorOf: ["shop"] }),
    viewer: await signedIn(store, { name: "Vera" }),
  };
});

const add = (headers: Headers, team: string, person = "Vera") =>
  ask(PUT, { method: "PUT", params: { team, person }, headers });
const remove = (headers: Headers, team: string, person = "Vera") =>
  ask(DELETE, { method: "DELETE", params: { team, person }, headers });
const viewOf = async (headers: Headers) => readTeamsView(await actorOf(new Headers(headers)));

describe("editors of a team", () => {
  test("are named and taken back by an editor of that team", async () => {
    expect((await add(as.editor, "shop")).status).toBe(200);
    expect((await add(as.viewer, "shop", "Ada")).status).toBe(200);
    expect((await remove(as.editor, "shop")).status).toBe(200);
    expect(await refused(await add(as.viewer, "shop"))).toEqual([403, "forbidden", ""]);
  });

  test("of other teams are not an editor's to name, all are an admin's", async () => {
    expect(await refused(await add(as.editor, "cart"))).toEqual([403, "forbidden", ""]);
    expect(await refused(await remove(as.editor, "cart"))).toEqual([403, "forbidden", ""]);
    expect((await add(as.admin, "cart")).status).toBe(200);
    expect((await add(as.admin, encodeURIComponent("payments & more"))).status).toBe(200);
    const { teams } = await viewOf(as.admin);
    expect(teams.map(({ name, inCatalog }) => [name, inCatalog])).toEqual([
      ["cart", true],
      ["payments & more", false],
      ["shop", false],
    ]);
  });

  test("are not named by who is not signed in, or from a foreign page", async () => {
    const nobody = { origin: ORIGIN };
    expect(await refused(await add(nobody, "shop"))).toEqual([401, "not-signed-in", ""]);
    const foreign = { ...as.admin, origin: "https://elsewhere.example" };
    expect(await refused(await add(foreign, "shop"))).toEqual([403, "foreign-origin", ""]);
  });

  test.each([
    ["%20", "Vera", [400, "bad-team", ""]],
    ["a".repeat(81), "Vera", [400, "bad-team", ""]],
    ["shop", "nobody", [404, "no-such-person", ""]],
  ])("are not added for team %s and person %s", async (team, person, answer) => {
    expect(await refused(await add(as.admin, team, person))).toEqual(answer);
  });

  test("are named by a program only with the scope admin", async () => {
    const by = { actor: SYSTEM, address: null, at: Date.now() };
    const bearer = async (scopes: Scope[], team: string | null) => {
      const token = tokenText(randomBytes(32));
      await createToken(store.db, by, {
        id: randomUUID(),
        name: "ci",
        scopes,
        team,
        hash: hashToken(token),
        hint: tokenHint(token),
        expiresAt: by.at + 60_000,
      });
      return { authorization: `Bearer ${token}` };
    };
    for (const team of [null, "shop"]) {
      const write = await bearer(["read", "write"], team);
      expect(await refused(await add(write, "shop"))).toEqual([403, "forbidden", ""]);
      expect(await refused(await remove(write, "shop", "Edna"))).toEqual([403, "forbidden", ""]);
    }
    expect((await add(await bearer(["admin"], null), "shop")).status).toBe(200);
  });

  test("that a group gives are taken by hand only where no provider would give them again", async () => {
    const corp = { id: "corp", issuer: "https://id.example.com", clientId: "plimsoll" };
    const { oidc } = signInShape.parse({ oidc: [{ ...corp, teams: { eng: "shop" } }] });
    serveFrom(store, { signIn: { ...config().signIn, oidc } });
    await store.db.insert(teamEditors).values({ personId: "Vera", team: "shop", origin: "groups" });
    expect(await refused(await remove(as.admin, "shop"))).toEqual([404, "no-such-editor", ""]);
    const { teams } = await viewOf(as.admin);
    const shop = teams.find(({ name }) => name === "shop");
    expect(shop?.editors).toMatchObject([
      { name: "Edna", byHand: true, byGroup: false },
      { name: "Vera", byHand: false, byGroup: true, staysByGroup: true },
    ]);
    serveFrom(store);
    expect((await remove(as.admin, "shop")).status).toBe(200);
  });
});

describe("the teams page", () => {
  test("tells only those who may add editors whom there is", async () => {
    expect((await viewOf(as.viewer)).candidates).toEqual([]);
    expect((await viewOf(as.editor)).candidates.map(({ name }) => name)).toEqual([
      "Ada",
      "Edna",
      "Vera",
    ]);
  });

  test("lets each change their own", async () => {
    const editable = async (headers: Headers) =>
      (await viewOf(headers)).teams.filter(({ mayEdit }) => mayEdit).map(({ name }) => name);
    expect(await editable(as.admin)).toEqual(["cart", "shop"]);
    expect(await editable(as.editor)).toEqual(["shop"]);
    expect(await editable(as.viewer)).toEqual([]);
  });
});
