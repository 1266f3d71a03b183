import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { readTokensView } from "#app/_data/settings/tokens/read.ts";
import { DELETE } from "#app/api/settings/tokens/[token]/route.ts";
import { POST } from "#app/api/settings/tokens/route.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { actorOf } from "#auth/actor.ts";
import type { Store } from "#db/connection.ts";
import { readAudit } from "#db/reads/audit.ts";
import { readToken } from "#db/reads/tokens.ts";
import { testStore } from "#db/testing.ts";
import { createToken } from "#db/writes/tokens.ts";
import { LOCAL } from "#lib/access/actor.ts";
import { hashToken, looksLikeToken, tokenHint, tokenText } from "#lib/access/token.ts";
import { DAY } from "#lib/time/duration.ts";

type Headers = Record<string, string>;

const shown = z.object({ id: z.string(), token: z.string(), expiresAt: z.string() });
const refusal = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.object({ field: z.string(), message: z.string() })),
  }),
});
const GOOD = { name: "ci", scopes: ["read", "gate"], team: "shop", days: 30 };

let store: Store;
const as: Record<"admin" | "editor" | "viewer" | "nobody", Headers> = {
  admin: {},
  editor: {},
  viewer: {},
  nobody: { origin: ORIGIN },
};

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  as.admin = await signedIn(store, { name: "Ada", admin: true });
  as.editor = await signedIn(store, { name: "Edna", editorOf: ["shop", "ops"] });
  as.viewer = await signedIn(store, { name: "Vera" });
});
beforeEach(() => serveFrom(store));
afterAll(async () => {
  release();
  await store.close();
});

function post(headers: Headers, body: unknown): Promise<Response> {
  const request = new Request(`${ORIGIN}/api/settings/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return POST(request, { params: Promise.resolve({}) });
}

function revoke(headers: Headers, id: string): Promise<Response> {
  const request = new Request(`${ORIGIN}/api/settings/tokens/${id}`, { method: "DELETE", headers });
  return DELETE(request, { params: Promise.resolve({ token: id }) });
}

async function make(headers: Headers, of: Partial<typeof GOOD> | object = {}) {
  return shown.parse(await (await post(headers, { ...GOOD, ...of })).json());
}

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
const kindOf = async (token: string) => (await actorOf(new Headers(bearer(token)))).kind;
const logOf = (subject: string) => readAudit(store.db, { subject }, { limit: 10 });

describe("making a token", () => {
  test("shows it once, and it is at once the token of its team", async () => {
    const response = await post(as.editor, { ...GOOD, name: "  shop ci " });
    expect([response.status, response.headers.get("cache-control")]).toEqual([201, "no-store"]);
    const { id, token, expiresAt } = shown.parse(await response.json());
    expect(looksLikeToken(token)).toBe(true);
    const actor = await actorOf(new Headers(bearer(token)));
    const known = { kind: "token", id, name: "shop ci", scopes: ["read", "gate"], team: "shop" };
    expect(actor).toEqual(known);
    const kept = await readToken(store.db, id);
    expect(kept).toMatchObject({
      hint: token.slice(-4),
      createdBy: "edna@example.org",
      lastUsedAt: expect.any(Number),
    });
    expect(new Date(expiresAt).getTime()).toBe((kept?.createdAt ?? 0) + 30 * DAY);
    const [row] = await logOf("token:shop ci");
    expect(row).toMatchObject({
      actorKind: "person",
      actorName: "edna@example.org",
      action: "token.created",
      team: "shop",
      address: "10.1.2.3",
    });
    expect(JSON.stringify([kept, row])).not.toMatch(new RegExp(`${token}|${hashToken(token)}`));
  });

  test.each<[keyof typeof as, string | null, readonly string[], number]>([
    ["nobody", "shop", ["read"], 401],
    ["viewer", "shop", ["read"], 403],
    ["editor", "shop", ["read", "gate", "ingest", "write"], 201],
    ["editor", "ops", ["ingest"], 201],
    ["editor", "search", ["read"], 403],
    ["editor", null, ["read"], 403],
    ["editor", null, ["admin"], 403],
    ["admin", "search", ["write"], 201],
    ["admin", null, ["admin"], 201],
    ["admin", null, ["read"], 201],
  ])("by %s for the team %s with %j is answered %i", async (who, team, scopes, status) => {
    const name = `${who} ${team} ${scopes}`;
    const response = await post(as[who], { ...GOOD, name, team, scopes });
    expect(response.status).toBe(status);
    expect(await logOf(`token:${name}`)).toHaveLength(status === 201 ? 1 : 0);
  });

  test.each<[string, unknown, number, string | null]>([
    ["no name", { ...GOOD, name: " " }, 422, "name"],
    ["a name of two lines", { ...GOOD, name: "a\nb" }, 422, "name"],
    ["a name with NUL", { ...GOOD, name: "a\0b" }, 400, null],
    ["a name of half a character", { ...GOOD, name: "a\ud800" }, 400, null],
    ["a long name", { ...GOOD, name: "x".repeat(61) }, 422, "name"],
    ["a name that is a number", { ...GOOD, name: 7 }, 422, "name"],
    ["no scope", { ...GOOD, scopes: [] }, 422, "scopes"],
    ["an unknown scope", { ...GOOD, scopes: ["root"] }, 422, "scopes.0"],
    ["scopes as a text", { ...GOOD, scopes: "read" }, 422, "scopes"],
    ["no team at all", { ...GOOD, team: undefined }, 422, "team"],
    ["an empty team", { ...GOOD, team: "" }, 422, "team"],
    ["admin for one team", { ...GOOD, scopes: ["admin"] }, 422, "team"],
    ["a life of its own", { ...GOOD, days: 31 }, 422, "days"],
    ["a life without end", { ...GOOD, days: null }, 422, "days"],
    ["a field of its own", { ...GOOD, id: "mine" }, 422, "id"],
    ["a list", [], 422, ""],
    ["nothing", "", 400, null],
    ["no object", null, 422, ""],
    ["half of it", '{"name":', 400, null],
    ["too much", JSON.stringify({ ...GOOD, name: "x".repeat(70_000) }), 413, null],
  ])("with %s is refused, and says where", async (_what, body, status, field) => {
    const response = await post(as.admin, body);
    const { error } = refusal.parse(await response.json());
    expect(response.status).toBe(status);
    expect(error.details.map((detail) => detail.field)).toEqual(field === null ? [] : [field]);
    expect(error.details.map((detail) => detail.message).join()).not.toMatch(/expected|invalid/i);
  });

  test("takes JSON alone, and a change from our own pages alone", async () => {
    const form = await post({ ...as.admin, "content-type": "text/plain" }, GOOD);
    expect(form.status).toBe(415);
    for (const origin of ["https://evil.example", "null", `${ORIGIN}.evil.example`]) {
      expect((await post({ ...as.admin, origin }, GOOD)).status).toBe(403);
    }
    const { origin: _none, ...without } = as.admin;
    expect((await post(without, GOOD)).status).toBe(403);
  });

  test("a program needs the scope admin for it", async () => {
    const write = await make(as.admin, { name: "w", team: null, scopes: ["read", "write"] });
    const own = await make(as.editor, { name: "o", scopes: ["read", "write"] });
    const admin = await make(as.admin, { name: "a", team: null, scopes: ["admin"] });
    const by = async ({ token }: { token: string }) =>
      (await post(bearer(token), { ...GOOD, name: "by token" })).status;
    expect([await by(write), await by(own), await by(admin)]).toEqual([403, 403, 201]);
  });

  test("where sign-in is off, whoever is on this machine may", async () => {
    serveFrom(store, { noAuth: true });
    const response = await post({ origin: ORIGIN }, { ...GOOD, name: "local", team: null });
    expect(response.status).toBe(201);
    const [row] = await logOf("token:local");
    expect(row).toMatchObject({ actorKind: "local", actorName: "local (sign-in is off)" });
  });
});

describe("a token that is sent", () => {
  test("is nobody's with a letter changed, cut off, revoked or expired", async () => {
    const { token, id } = await make(as.editor, { name: "sent" });
    expect(await kindOf(token)).toBe("token");
    const other = token.endsWith("A") ? "B" : "A";
    expect(await kindOf(token.slice(0, -1) + other)).toBe("nobody");
    expect(await kindOf(token.slice(0, -1))).toBe("nobody");
    await revoke(as.editor, id);
    expect(await kindOf(token)).toBe("nobody");
    const text = tokenText(new Uint8Array(32));
    const by = { actor: LOCAL, address: null, at: Date.now() - 31 * DAY };
    const old = { id: "old", name: "old", scopes: ["read"] as const, team: null };
    const secret = { hash: hashToken(text), hint: tokenHint(text) };
    await createToken(store.db, by, { ...old, ...secret, expiresAt: by.at + 30 * DAY });
    expect(await kindOf(text)).toBe("nobody");
    expect((await post({ ...bearer(text), origin: ORIGIN }, GOOD)).status).toBe(401);
  });
});

describe("revoking a token", () => {
  test("is for admins, and for editors of its team", async () => {
    const ofShop = await make(as.admin, { name: "r1" });
    const ofAll = await make(as.admin, { name: "r2", team: null });
    const ofSearch = await make(as.admin, { name: "r3", team: "search" });
    const status = async (headers: Headers, { id }: { id: string }) =>
      (await revoke(headers, id)).status;
    expect(await status(as.nobody, ofShop)).toBe(401);
    expect(await status(as.viewer, ofShop)).toBe(403);
    expect(await status(as.editor, ofAll)).toBe(403);
    expect(await status(as.editor, ofSearch)).toBe(403);
    expect(await status({ ...as.admin, origin: "https://evil.example" }, ofAll)).toBe(403);
    expect(await kindOf(ofAll.token)).toBe("token");
    expect(await status(as.editor, ofShop)).toBe(200);
    expect(await status(as.admin, ofSearch)).toBe(200);
    expect(await status(as.admin, ofAll)).toBe(200);
    expect(await kindOf(ofAll.token)).toBe("nobody");
  });

  test("twice is done once, and logged once", async () => {
    const { id } = await make(as.editor, { name: "twice" });
    const answers = [await revoke(as.editor, id), await revoke(as.admin, id)];
    const said = await Promise.all(answers.map((answer) => answer.json()));
    expect(said).toEqual([
      { id, revoked: true },
      { id, revoked: false },
    ]);
    const log = await logOf("token:twice");
    expect(log.map(({ action }) => action)).toEqual(["token.revoked", "token.created"]);
  });

  test.each(["", "x", "00000000-0000-0000-0000-000000000000", "a\0b", "'; drop table audit --"])(
    "that is not there (%j) is 404",
    async (id) => {
      expect((await revoke(as.admin, id)).status).toBe(404);
    },
  );
});

describe("the tokens page", () => {
  const names = async (headers: Headers) => {
    const view = await readTokensView(store.db, await actorOf(new Headers(headers)), Date.now());
    return { ...view, tokens: view.tokens.map(({ name }) => name) };
  };

  test("shows an admin all of it, an editor what is their teams', and others nothing", async () => {
    await make(as.admin, { name: "seen by all", team: null });
    await make(as.admin, { name: "seen by search", team: "search" });
    await make(as.editor, { name: "seen by shop" });
    const admin = await names(as.admin);
    expect(admin.tokens).toEqual(expect.arrayContaining(["seen by all", "seen by search"]));
    expect(admin).toMatchObject({ allTeams: true, teams: ["ops", "shop"] });
    expect(admin.scopes).toContain("admin");
    const editor = await names(as.editor);
    expect(editor.tokens).toContain("seen by shop");
    expect(editor.tokens).not.toEqual(expect.arrayContaining(["seen by all"]));
    expect(editor.tokens).not.toEqual(expect.arrayContaining(["seen by search"]));
    const may = ["read", "gate", "ingest", "write"];
    expect(editor).toMatchObject({ allTeams: false, teams: ["ops", "shop"], scopes: may });
    const nothing = { tokens: [], teams: [], allTeams: false, scopes: [] };
    expect(await names(as.viewer)).toEqual(nothing);
  });

  test("warns for the last fourteen days, and keeps what ended for thirty", async () => {
    const { id } = await make(as.editor, { name: "ages" });
    const { createdAt, expiresAt } = (await readToken(store.db, id)) ?? {
      createdAt: 0,
      expiresAt: 0,
    };
    const states = [];
    const moments = [
      createdAt,
      expiresAt - 14 * DAY,
      expiresAt - 1,
      expiresAt,
      expiresAt + 30 * DAY,
    ];
    for (const now of moments) {
      const { tokens } = await readTokensView(store.db, LOCAL, now);
      states.push(tokens.find((token) => token.id === id)?.state);
    }
    expect(states).toEqual(["live", "expiring", "expiring", "expired", undefined]);
  });
});
