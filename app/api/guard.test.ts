import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Asked, guarded, require } from "#app/api/guard.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import type { Store } from "#db/connection.ts";
import { testStore } from "#db/testing.ts";
import { createToken } from "#db/writes/tokens.ts";
import { LOCAL, NOBODY, type Scope, SYSTEM } from "#lib/access/actor.ts";
import type { Route } from "#lib/access/routes.ts";
import { hashToken, tokenHint, tokenText } from "#lib/access/token.ts";
import { HOUR } from "#lib/time/duration.ts";

type Sent = Readonly<Record<string, string>>;

const refusal = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), details: z.tuple([]) }),
});

let store: Store;
let seen: Asked<unknown>[] = [];
const as: Record<"admin" | "editor" | "viewer" | "nobody", Sent> = {
  admin: {},
  editor: {},
  viewer: {},
  nobody: {},
};

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  as.admin = await signedIn(store, { name: "Ada", admin: true });
  as.editor = await signedIn(store, { name: "Edna", editorOf: ["pay"] });
  as.viewer = await signedIn(store, { name: "Vera" });
  as.nobody = { origin: ORIGIN };
});
beforeEach(() => serveFrom(store));
afterEach(() => {
  seen = [];
  forget();
});
afterAll(async () => {
  release();
  await store.close();
});

/** Requests are counted for the whole process: each test begins with nothing counted. */
function forget(): void {
  Reflect.deleteProperty(globalThis, Symbol.for("plimsoll.limits"));
}

const EXAMPLES = {
  read: "GET /api/v1/slos",
  ingest: "POST /api/webhooks/alertmanager",
  edit: "POST /api/settings/tokens",
  admin: "PATCH /api/settings/people/[person]",
  self: "POST /api/settings/account/password",
  public: "POST /api/welcome",
} as const satisfies Record<string, Route>;

/** What a route asked for as its line says answers; its work only notes that it ran. */
function ask(route: Route, headers: Sent, method = methodOf(route)): Promise<Response> {
  const handler = guarded<{ id: string }>(route, async (asked) => {
    seen.push(asked);
    return { done: true };
  });
  const request = new Request(`${ORIGIN}/somewhere`, { method, headers });
  return handler(request, { params: Promise.resolve({ id: "7" }) });
}

const methodOf = (route: Route) => route.slice(0, route.indexOf(" ")).replace("*", "GET");

async function isRefused(answer: Response, status: 401 | 403 | 429, code: string): Promise<string> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("content-type")).toBe("application/json");
  const { error } = refusal.parse(await answer.json());
  expect(error.code).toBe(code);
  expect(seen).toEqual([]);
  return error.message;
}

interface Given {
  readonly scopes?: readonly Scope[];
  readonly team?: string | null;
  /** From now. */
  readonly expiresInMs?: number;
}

let made = 0;
async function bearer({
  scopes = [],
  team = null,
  expiresInMs = HOUR,
}: Given = {}): Promise<string> {
  made += 1;
  const text = tokenText(new Uint8Array(32).fill(made));
  const own = { id: `token-${made}`, name: `robot ${made}`, scopes, team };
  const kept = { hash: hashToken(text), hint: tokenHint(text), expiresAt: now() + expiresInMs };
  await createToken(store.db, { actor: SYSTEM, address: null, at: now() }, { ...own, ...kept });
  return `Bearer ${text}`;
}

const now = () => Date.now();

describe("who comes through", () => {
  test.each([
    ["read", "nobody", 401],
    ["read", "viewer", 200],
    ["ingest", "viewer", 403],
    ["ingest", "editor", 200],
    ["edit", "nobody", 401],
    ["edit", "viewer", 403],
    ["edit", "editor", 200],
    ["admin", "nobody", 401],
    ["admin", "editor", 403],
    ["admin", "admin", 200],
    ["self", "nobody", 401],
    ["self", "viewer", 200],
    ["public", "nobody", 200],
    ["public", "viewer", 200],
  ] as const)("a route that asks for %s: %s is answered %i", async (permission, who, status) => {
    const answer = await ask(EXAMPLES[permission], as[who]);
    expect(answer.status).toBe(status);
    expect(seen).toHaveLength(status === 200 ? 1 : 0);
  });

  test("the work learns who asks, from where, and the path", async () => {
    const before = now();
    await ask(EXAMPLES.edit, as.editor);
    expect(seen[0]?.by.actor).toEqual({
      kind: "person",
      id: "Edna",
      name: "Edna",
      email: "edna@example.org",
      admin: false,
      editorOf: ["pay"],
    });
    expect(seen[0]?.by.address).toBe("10.1.2.3");
    expect(seen[0]?.params).toEqual({ id: "7" });
    expect(seen[0]?.by.at).toBeGreaterThanOrEqual(before);
  });

  test("a public route asks nobody who they are", async () => {
    await ask(EXAMPLES.public, as.admin);
    expect(seen[0]?.by.actor).toEqual(NOBODY);
  });
});

describe("a refusal", () => {
  test("without a session says how to come in, also to programs", async () => {
    const answer = await ask(EXAMPLES.read, as.nobody);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="plimsoll"');
    expect(await isRefused(answer, 401, "not-signed-in")).toMatch(/Sign in, or send a token/);
  });

  test.each([
    ["admin", "editor", /needs an admin/],
    ["edit", "viewer", /permission to edit/],
    ["ingest", "viewer", /permission to ingest/],
  ] as const)("of %s to the %s says what it needs", async (permission, who, words) => {
    const answer = await ask(EXAMPLES[permission], as[who]);
    expect(answer.headers.has("www-authenticate")).toBe(false);
    expect(await isRefused(answer, 403, "forbidden")).toMatch(words);
  });

  test("names the team once the route knows it", () => {
    const editor = { kind: "token", id: "t", name: "t", scopes: ["write"], team: "pay" } as const;
    expect(() => require(editor, "edit", "pay")).not.toThrow();
    expect(() => require(editor, "edit", "web")).toThrow(/editor of the team web/);
    expect(() => require(NOBODY, "edit", "pay")).toThrow(/Sign in/);
    expect(() => require(LOCAL, "self")).toThrow(/Only a person/);
  });
});

describe("a change by a session", () => {
  const change = (headers: Sent, method?: string) =>
    ask(EXAMPLES.edit, { cookie: as.editor.cookie ?? "", ...headers }, method);

  test.each([
    ["none", {}],
    ["another site", { origin: "https://evil.example" }],
    ["an origin that hides", { origin: "null" }],
    ["none, though the referrer is ours", { referer: `${ORIGIN}/settings` }],
    ["ours without its s", { origin: ORIGIN.replace("https", "http") }],
    ["ours on another port", { origin: `${ORIGIN}:8443` }],
    ["ours as the beginning of another", { origin: `${ORIGIN}.evil.example` }],
    ["a part of ours", { origin: "https://sub.plimsoll.example" }],
    ["ours with a slash", { origin: `${ORIGIN}/` }],
    ["ours among others", { origin: `${ORIGIN}, https://evil.example` }],
  ])("is refused with this origin: %s", async (_what, headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      await isRefused(await change(headers, method), 403, "foreign-origin");
    }
  });

  test("is taken from the address that we are known by, and from the one that was asked", async () => {
    expect((await change({ origin: ORIGIN })).status).toBe(200);
    const host = { host: "10.0.0.7:3000" };
    expect((await change({ ...host, origin: "https://10.0.0.7:3000" })).status).toBe(200);
    expect((await change({ ...host, origin: "http://10.0.0.7:3000" })).status).toBe(403);
  });

  test("reading needs no origin", async () => {
    const { cookie = "" } = as.editor;
    expect((await ask(EXAMPLES.read, { cookie })).status).toBe(200);
    expect((await ask(EXAMPLES.read, { cookie, origin: "https://evil.example" })).status).toBe(200);
  });

  test("without a session, a foreign page is told to sign in, as any other is", async () => {
    const answer = await ask(EXAMPLES.edit, { origin: "https://evil.example" });
    await isRefused(answer, 401, "not-signed-in");
  });

  test("where sign-in is off, a foreign page still changes nothing", async () => {
    serveFrom(store, { noAuth: true });
    await isRefused(await ask(EXAMPLES.admin, {}), 403, "foreign-origin");
    expect((await ask(EXAMPLES.admin, { origin: ORIGIN })).status).toBe(200);
    expect(seen[0]?.by.actor).toEqual(LOCAL);
  });
});

describe("a token", () => {
  test("needs no origin, for it is sent on purpose", async () => {
    const authorization = await bearer({ scopes: ["write"] });
    expect((await ask(EXAMPLES.edit, { authorization })).status).toBe(200);
    const foreign = { authorization, origin: "https://evil.example" };
    expect((await ask(EXAMPLES.edit, foreign)).status).toBe(200);
  });

  test("counts alone: a bad one is not helped by a good session", async () => {
    const authorization = await bearer({ scopes: ["admin"] });
    for (const bad of [authorization.slice(0, -1), "Bearer x", "Bearer"]) {
      const answer = await ask(EXAMPLES.read, { ...as.admin, authorization: bad });
      await isRefused(answer, 401, "not-signed-in");
    }
  });

  test("is only what calls itself one: what a proxy in front asked for leaves the session alone", async () => {
    const answer = await ask(EXAMPLES.read, { ...as.admin, authorization: "Basic YTpi" });
    expect(answer.status).toBe(200);
  });

  test("that has expired is none", async () => {
    const authorization = await bearer({ scopes: ["admin"], expiresInMs: -1 });
    await isRefused(await ask(EXAMPLES.read, { authorization }), 401, "not-signed-in");
    // A program has no origin: it must learn that its token ended, not that it comes from elsewhere.
    await isRefused(await ask(EXAMPLES.edit, { authorization }), 401, "not-signed-in");
  });

  test("does no more than its scopes say, and never has an account", async () => {
    const authorization = await bearer({ scopes: ["read", "gate", "ingest", "write"] });
    await isRefused(await ask(EXAMPLES.admin, { authorization }), 403, "forbidden");
    const admin = await bearer({ scopes: ["admin"] });
    await isRefused(await ask(EXAMPLES.self, { authorization: admin }), 403, "forbidden");
  });

  test("that asks too often waits, and says how long; another one does not", async () => {
    serveFrom(store, { limits: { addressPerMinute: 1_200, tokenPerMinute: 10 } });
    const authorization = await bearer({ scopes: ["read"] });
    const { answer, before } = await askUntilTooOften(EXAMPLES.read, authorization);
    expect(before.length).toBeGreaterThanOrEqual(10);
    expect(new Set(before)).toEqual(new Set([200]));
    seen = [];
    const waitS = Number(answer.headers.get("retry-after"));
    expect(waitS).toBeGreaterThanOrEqual(1);
    expect(waitS).toBeLessThanOrEqual(6);
    expect(await isRefused(answer, 429, "too-many-requests")).toContain(`${waitS} s`);
    const other = await bearer({ scopes: ["read"] });
    expect((await ask(EXAMPLES.read, { authorization: other })).status).toBe(200);
  });

  test("that asks too often for what it may not have waits too", async () => {
    serveFrom(store, { limits: { addressPerMinute: 1_200, tokenPerMinute: 10 } });
    const authorization = await bearer();
    const { answer, before } = await askUntilTooOften(EXAMPLES.admin, authorization);
    expect(new Set(before)).toEqual(new Set([403]));
    await isRefused(answer, 429, "too-many-requests");
  });

  /** On a slow machine a few more than ten go through meanwhile. */
  async function askUntilTooOften(route: Route, authorization: string) {
    const before: number[] = [];
    for (;;) {
      const answer = await ask(route, { authorization });
      if (answer.status === 429 || before.length === 100) return { answer, before };
      before.push(answer.status);
    }
  }
});
