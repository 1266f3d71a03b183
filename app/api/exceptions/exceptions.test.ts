import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askAnswer } from "#app/_data/policy/answers.ts";
import { readAskView } from "#app/_data/policy/ask.ts";
import { readCovering } from "#app/_data/policy/covering.ts";
import { readExceptionView } from "#app/_data/policy/exception.ts";
import { PUT as decide } from "#app/api/exceptions/[exception]/decision/route.ts";
import { DELETE as end } from "#app/api/exceptions/[exception]/route.ts";
import { POST as askFor } from "#app/api/exceptions/route.ts";
import { PUT as settle } from "#app/api/owed/[item]/route.ts";
import { ask, refused } from "#app/api/settings/asking.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { GET as listExceptions } from "#app/api/v1/exceptions/route.ts";
import { exceptionList } from "#app/api/v1/exceptions/schema.ts";
import { actorOf } from "#auth/actor.ts";
import type { Deciding } from "#components/policy/view.ts";
import type { Store } from "#db/connection.ts";
import { readAudit } from "#db/reads/audit.ts";
import { incidents, owedItems, policyExceptions, slos } from "#db/schema/index.ts";
import { inForce } from "#db/suites/definitions.ts";
import { testStore } from "#db/testing.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { createToken } from "#db/writes/tokens.ts";
import { LOCAL, SYSTEM } from "#lib/access/actor.ts";
import { hashToken, tokenHint, tokenText } from "#lib/access/token.ts";
import { DAY } from "#lib/time/duration.ts";

type Headers = Record<string, string>;
type Who = "admin" | "editor" | "second" | "other" | "viewer" | "nobody";

let store: Store;
const as: Record<Who, Headers> = {
  admin: {},
  editor: {},
  second: {},
  other: {},
  viewer: {},
  nobody: { origin: ORIGIN },
};

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  const document = { path: "a.yaml", hash: "1", dialect: "plain", findings: [], goodContent: "" };
  const slos = [
    inForce({ service: "shop", name: "latency", team: "pay" }),
    inForce({ service: "search", name: "freshness", team: "find" }),
  ].map((slo) => ({ ...slo, path: "a.yaml" }));
  await applyCatalog(store.db, { documents: [{ ...document, dialect: "plain" }], slos, now: 1 });
  as.admin = await signedIn(store, { name: "Ada", admin: true });
  as.editor = await signedIn(store, { name: "Edna", editorOf: ["pay"] });
  as.second = await signedIn(store, { name: "Sam", editorOf: ["pay"] });
  as.other = await signedIn(store, { name: "Otto", editorOf: ["find"] });
  as.viewer = await signedIn(store, { name: "Vera" });
});
afterAll(async () => {
  release();
  await store.close();
});
beforeEach(async () => {
  serveFrom(store);
  await store.db.delete(policyExceptions);
  await store.db.delete(owedItems);
});

const later = (ms: number) => new Date(Date.now() + ms).toISOString();
const good = (of: object = {}) => ({
  ...{ service: "shop", need: "launch", justification: "The day is announced" },
  ...{ risk: "Payments may fail", mitigations: "Behind a flag", expiresAt: later(14 * DAY) },
  ...of,
});
const doAsk = (headers: Headers, body: unknown = good()) =>
  ask(askFor, { method: "POST", params: {}, headers, body });
const doDecide = (headers: Headers, id: number | string, body: unknown = APPROVED) =>
  ask(decide, { method: "PUT", params: { exception: String(id) }, headers, body });
const doEnd = (headers: Headers, id: number) =>
  ask(end, { method: "DELETE", params: { exception: String(id) }, headers });
const doSettle = (headers: Headers, item: number, body: unknown) =>
  ask(settle, { method: "PUT", params: { item: String(item) }, headers, body });

const APPROVED = { decision: "approved", note: "Watched by two" };
const asked = async (headers: Headers = as.editor, of: object = {}) =>
  askAnswer.parse(await (await doAsk(headers, good(of))).json()).id;
const view = async (headers: Headers, id: number) => {
  const actor = await actorOf(new Headers(headers));
  const found = await readExceptionView(store.db, { id, actor, now: Date.now() });
  if (!found) throw new Error(`${id} is not here`);
  return found;
};
const logOf = async (subject: string) =>
  (await readAudit(store.db, { subject }, { limit: 20 })).map(({ action }) => action);

/** A program's request with a token that may write for all teams. */
async function tokenOf(): Promise<Headers> {
  const text = tokenText(new Uint8Array(32).fill(7));
  const by = { actor: SYSTEM, address: null, at: Date.now() };
  await createToken(store.db, by, {
    ...{ id: randomUUID(), name: "ci", scopes: ["write"], team: null, expiresAt: Date.now() + DAY },
    ...{ hash: hashToken(text), hint: tokenHint(text) },
  });
  return { authorization: `Bearer ${text}` };
}

describe("who may ask, decide and end", () => {
  test.each([
    ["nobody", 401],
    ["viewer", 403],
    ["other", 403],
    ["editor", 201],
    ["admin", 201],
  ] as const)("to ask for shop, %s is answered %i", async (who, status) => {
    expect((await doAsk(as[who])).status).toBe(status);
    expect(await store.db.$count(policyExceptions)).toBe(status === 201 ? 1 : 0);
  });

  test.each([
    ["nobody", 401],
    ["viewer", 403],
    ["other", 403],
    ["editor", 409],
    ["second", 200],
    ["admin", 200],
  ] as const)("to approve what Edna asked for, %s is answered %i", async (who, status) => {
    const id = await asked();
    expect((await doDecide(as[who], id)).status).toBe(status);
    expect((await view(as.admin, id)).state).toBe(status === 200 ? "in-force" : "asked");
  });

  test("nobody approves their own, an admin neither", async () => {
    const id = await asked(as.admin);
    expect(await refused(await doDecide(as.admin, id))).toEqual([409, "own", ""]);
    expect((await view(as.admin, id)).state).toBe("asked");
  });

  test("a program asks and does not decide", async () => {
    const token = await tokenOf();
    expect((await doAsk(token)).status).toBe(201);
    expect(await refused(await doDecide(token, await asked()))).toEqual([409, "no-person", ""]);
  });

  test("while sign-in is off anybody asks and nobody decides", async () => {
    serveFrom(store, { noAuth: true });
    const id = await asked({ origin: ORIGIN });
    const decided = await doDecide({ origin: ORIGIN }, id);
    expect(await refused(decided)).toEqual([409, "no-person", ""]);
    const seen = await readExceptionView(store.db, { id, actor: LOCAL, now: Date.now() });
    expect(seen?.deciding).toBe("sign-in-off");
  });

  test.each([
    ["editor", "own"],
    ["second", "may"],
    ["admin", "may"],
    ["other", "not-editor"],
    ["viewer", "not-editor"],
  ] as const)("the page tells %s: %s", async (who, deciding: Deciding) => {
    expect((await view(as[who], await asked())).deciding).toBe(deciding);
  });

  test("another team's editor neither withdraws nor revokes", async () => {
    const id = await asked();
    expect((await doEnd(as.other, id)).status).toBe(403);
    await doDecide(as.second, id);
    expect((await doEnd(as.other, id)).status).toBe(403);
    expect((await view(as.admin, id)).state).toBe("in-force");
  });
});

describe("what may be asked for", () => {
  test.each([
    [{ service: "shpo" }, "service"],
    [{ slo: "latnecy" }, "slo"],
    [{ need: "wish" }, "need"],
    [{ justification: " " }, "justification"],
    [{ risk: undefined }, "risk"],
    [{ mitigations: "" }, "mitigations"],
    [{ expiresAt: "2020-01-01T00:00:00Z" }, "expiresAt"],
    [{ expiresAt: later(91 * DAY) }, "expiresAt"],
    [{ expiresAt: "tomorrow" }, "expiresAt"],
    [{ follows: 99 }, "follows"],
  ])("%o is marked at %s, and nothing is kept", async (of, field) => {
    expect(await refused(await doAsk(as.admin, good(of)))).toEqual([422, "bad-body", field]);
    expect(await store.db.$count(policyExceptions)).toBe(0);
  });

  test("one is asked for anew from an earlier one of the same service", async () => {
    const first = await asked();
    const again = await asked(as.editor, { follows: first, slo: "latency", environment: "eu" });
    expect(await view(as.viewer, again)).toMatchObject({
      ...{ follows: first, slo: "latency", environment: "eu", state: "asked" },
    });
    const other = await doAsk(as.admin, good({ service: "search", follows: first }));
    expect(await refused(other)).toEqual([422, "bad-body", "follows"]);
  });
});

describe("whose it is", () => {
  const document = { path: "a.yaml", hash: "2", dialect: "plain", findings: [] } as const;
  const apply = (...slos: Parameters<typeof inForce>[0][]) =>
    applyCatalog(store.db, {
      documents: [{ ...document, goodContent: "" }],
      slos: slos.map((slo) => ({ ...inForce(slo), path: "a.yaml" })),
      now: 2,
    });
  const shop = { service: "shop", name: "latency", team: "pay" };
  const search = { service: "search", name: "freshness", team: "find" };
  afterEach(() => apply(shop, search));

  test("after a rename its editors decide and revoke, and ask anew for it", async () => {
    const id = await asked();
    const till = { ...shop, service: "till", formerly: ["shop/latency"] };
    await apply(till, search);
    expect(await view(as.second, id)).toMatchObject({ service: "till", deciding: "may" });
    expect((await doDecide(as.other, id)).status).toBe(403);
    expect((await doDecide(as.second, id)).status).toBe(200);
    const [covering] = await readCovering(store.db, { service: "till", slo: null, at: Date.now() });
    expect(covering).toMatchObject({ id, teams: ["pay"] });
    const again = { service: "till", follows: id };
    expect((await doAsk(as.editor, good(again))).status).toBe(201);
    expect((await doEnd(as.editor, id)).status).toBe(200);
    await apply({ ...shop, formerly: ["till/latency"] }, search);
  });

  test("what names an SLO of a shared service is its own team's, the rest any of theirs to ask and all of theirs to decide", async () => {
    await apply(shop, { service: "shop", name: "stock", team: "find" }, search);
    const [own, whole] = [await asked(as.editor, { slo: "latency" }), await asked()];
    expect((await view(as.other, own)).deciding).toBe("not-editor");
    expect((await doDecide(as.other, own)).status).toBe(403);
    expect((await doAsk(as.other, good({ slo: "latency" }))).status).toBe(403);
    for (const who of ["second", "other"] as const) {
      expect((await view(as[who], whole)).deciding).toBe("not-editor");
      expect((await doDecide(as[who], whole)).status).toBe(403);
    }
    const both = await signedIn(store, { name: "Bo", editorOf: ["find", "pay"] });
    expect((await view(both, whole)).deciding).toBe("may");
    expect((await doDecide(both, whole)).status).toBe(200);
    const [slo] = await store.db.select().from(slos).where(eq(slos.name, "latency"));
    const owed = { kind: "postmortem", naturalKey: "s", share: 0.3, above: 0.2 } as const;
    const [item] = await store.db
      .insert(owedItems)
      .values({ ...owed, sloId: slo?.id ?? 0, service: "shop", slo: "latency", openedAt: 1 })
      .returning();
    const done = { done: true, url: "https://wiki.example/42" };
    expect((await doSettle(as.other, item?.id ?? 0, done)).status).toBe(403);
    expect((await doSettle(as.editor, item?.id ?? 0, done)).status).toBe(200);
    const actor = await actorOf(new Headers(as.other));
    const form = await readAskView(store.db, { actor, address: new URLSearchParams(), now: 3 });
    expect(form.services.map(({ service, slos }) => [service, slos])).toEqual([
      ["search", ["freshness"]],
      ["shop", ["stock"]],
    ]);
  });
});

describe("what becomes of it", () => {
  test("approved it is in force; its history says who, and so does the log", async () => {
    const id = await asked();
    expect((await doDecide(as.second, id)).status).toBe(200);
    const seen = await view(as.viewer, id);
    expect(seen).toMatchObject({ state: "in-force", decisionNote: "Watched by two" });
    expect(seen.history.map(({ what, by }) => [what, by])).toEqual([
      ["Asked for", "Edna"],
      ["Approved", "Sam"],
    ]);
    expect(await logOf(`exception:${id}`)).toEqual(["exception.approved", "exception.asked"]);
  });

  test("identities stay on the server", async () => {
    const id = await asked();
    expect(JSON.stringify(await view(as.viewer, id))).not.toContain("edna@example.org");
  });

  test("it is decided once", async () => {
    const id = await asked();
    await doDecide(as.second, id, { decision: "rejected" });
    expect(await refused(await doDecide(as.admin, id))).toEqual([409, "decided", ""]);
    expect((await view(as.admin, id)).state).toBe("rejected");
  });

  test("withdrawn it cannot be approved; revoked it is over", async () => {
    const id = await asked();
    expect((await doEnd(as.editor, id)).status).toBe(200);
    expect(await refused(await doDecide(as.second, id))).toEqual([409, "over", ""]);
    const held = await asked();
    await doDecide(as.second, held);
    expect((await doEnd(as.editor, held)).status).toBe(200);
    expect((await view(as.admin, held)).state).toBe("revoked");
    expect(await refused(await doEnd(as.editor, held))).toEqual([409, "over", ""]);
  });

  test.each(["0", "x", "99", "1e3", "../1"])("%j is none", async (id) => {
    const answer = await doDecide(as.admin, id);
    expect(await refused(answer)).toEqual([404, "unknown-exception", ""]);
  });

  test("the API lists it by where it stands", async () => {
    const id = await asked();
    const get = (query: string) =>
      listExceptions(new Request(`${ORIGIN}/api/v1/exceptions${query}`, { headers: as.viewer }), {
        params: Promise.resolve({}),
      });
    const read = async (query: string) =>
      exceptionList.parse(await (await get(query)).json()).exceptions.map((each) => each.id);
    expect(await read("")).toEqual([id]);
    expect(await read("?state=asked&team=pay")).toEqual([id]);
    expect(await read("?state=in-force")).toEqual([]);
    expect(await read("?team=find")).toEqual([]);
    expect((await get("?state=lost")).status).toBe(400);
  });
});

describe("what is owed", () => {
  const owe = async () => {
    const of = { sloId: 1, service: "shop", slo: "latency", incidentId: null };
    const [item] = await store.db
      .insert(owedItems)
      .values({
        ...{ ...of, kind: "postmortem", naturalKey: "k", share: 0.3, above: 0.2 },
        openedAt: 1,
      })
      .returning();
    return item?.id ?? 0;
  };
  const DONE = { done: true, url: "https://wiki.example/42" };

  test.each([
    ["nobody", 401],
    ["viewer", 403],
    ["other", 403],
    ["editor", 200],
    ["admin", 200],
  ] as const)("to say that it is done, %s is answered %i", async (who, status) => {
    expect((await doSettle(as[who], await owe(), DONE)).status).toBe(status);
  });

  test("it is done once, and owed again", async () => {
    const id = await owe();
    expect((await doSettle(as.editor, id, DONE)).status).toBe(200);
    expect(await refused(await doSettle(as.editor, id, DONE))).toEqual([409, "unchanged", ""]);
    expect((await doSettle(as.editor, id, { done: false })).status).toBe(200);
    expect(await logOf(`owed:${id}`)).toEqual(["owed.reopened", "owed.settled"]);
  });

  test.each([
    [{ done: true }, "url"],
    [{ done: true, url: "javascript:alert(1)" }, "url"],
    [{ done: true, note: " " }, "note"],
    [{}, "done"],
  ])("%o is marked at %s", async (body, field) => {
    const answer = await doSettle(as.editor, await owe(), body);
    expect(await refused(answer)).toEqual([422, "bad-body", field]);
  });

  test("what the incident's postmortem settles is not opened again before its link is taken away", async () => {
    const id = await owe();
    const times = { startedAt: 1, createdAt: 1, updatedAt: 1 };
    const incident = { id: "i", service: "shop", title: "t", severity: "SEV1" } as const;
    await store.db
      .insert(incidents)
      .values({ ...incident, ...times, origin: "hand", postmortemUrl: DONE.url });
    await store.db.update(owedItems).set({ incidentId: "i", doneAt: 1 });
    const reopened = await doSettle(as.editor, id, { done: false });
    expect(await refused(reopened)).toEqual([409, "postmortem", ""]);
    expect(await logOf(`owed:${id}`)).toEqual([]);
  });

  test("an item that there is not is told so", async () => {
    const answer = await doSettle(as.editor, 99, DONE);
    expect(await refused(answer)).toEqual([404, "unknown-item", ""]);
  });
});
