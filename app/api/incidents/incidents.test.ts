import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { openAnswer } from "#app/_data/incidents/answers.ts";
import { readIncidentsView } from "#app/_data/incidents/list.ts";
import { readIncidentView } from "#app/_data/incidents/read.ts";
import { PUT as setCause } from "#app/api/incidents/[incident]/cause/route.ts";
import { PUT as merge } from "#app/api/incidents/[incident]/merge/route.ts";
import { POST as addNote } from "#app/api/incidents/[incident]/notes/route.ts";
import { PATCH as edit } from "#app/api/incidents/[incident]/route.ts";
import { POST as open } from "#app/api/incidents/route.ts";
import { ask, refused } from "#app/api/settings/asking.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { actorOf } from "#auth/actor.ts";
import type { IncidentView } from "#components/incidents/view.ts";
import type { Store } from "#db/connection.ts";
import { readAudit } from "#db/reads/audit.ts";
import { readIncident } from "#db/reads/incidents.ts";
import { deployments, incidents } from "#db/schema/index.ts";
import { inForce } from "#db/suites/definitions.ts";
import { testStore } from "#db/testing.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveDeployments } from "#db/writes/delivery.ts";
import { saveIncidents } from "#db/writes/incidents.ts";
import { actorName } from "#lib/access/actor.ts";
import { deployed, incident } from "#lib/dora/testing.ts";
import { MINUTE } from "#lib/time/duration.ts";

type Headers = Record<string, string>;

const START = "2026-01-05T10:00:00Z";
const GOOD = { service: "shop", title: "Checkout fails", severity: "SEV1", startedAt: START };

let store: Store;
const as: Record<"admin" | "editor" | "other" | "viewer" | "nobody", Headers> = {
  admin: {},
  editor: {},
  other: {},
  viewer: {},
  nobody: { origin: ORIGIN },
};

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  const document = { path: "a.yaml", hash: "1", dialect: "plain", findings: [], goodContent: "" };
  const slos = [
    inForce({ service: "shop", name: "a", team: "pay", runbook: "https://wiki.example/shop" }),
    inForce({ service: "search", name: "b", team: "find" }),
  ].map((slo) => ({ ...slo, path: "a.yaml" }));
  await applyCatalog(store.db, { documents: [{ ...document, dialect: "plain" }], slos, now: 1 });
  as.admin = await signedIn(store, { name: "Ada", admin: true });
  as.editor = await signedIn(store, { name: "Edna", editorOf: ["pay"] });
  as.other = await signedIn(store, { name: "Otto", editorOf: ["find"] });
  as.viewer = await signedIn(store, { name: "Vera" });
});
afterAll(async () => {
  release();
  await store.close();
});
beforeEach(async () => {
  serveFrom(store);
  await store.db.delete(incidents);
  await store.db.delete(deployments);
});

const doOpen = (headers: Headers, body: unknown = GOOD) =>
  ask(open, { method: "POST", params: {}, headers, body });
const doEdit = (headers: Headers, id: string, body: unknown) =>
  ask(edit, { method: "PATCH", params: { incident: encodeURIComponent(id) }, headers, body });
const doCause = (headers: Headers, id: string, body: unknown) =>
  ask(setCause, { method: "PUT", params: { incident: encodeURIComponent(id) }, headers, body });
const doMerge = (headers: Headers, id: string, body: unknown) =>
  ask(merge, { method: "PUT", params: { incident: encodeURIComponent(id) }, headers, body });
const doNote = (headers: Headers, id: string, body: unknown) =>
  ask(addNote, { method: "POST", params: { incident: encodeURIComponent(id) }, headers, body });

const tell = (...told: Parameters<typeof incident>[]) =>
  saveIncidents(
    store.db,
    told.map((parts) => incident(...parts)),
    { origin: "github", now: Date.now() },
  );
const updatedAt = async (id: string) => (await readIncident(store.db, id))?.updatedAt ?? 0;
const view = async (headers: Headers, id: string): Promise<IncidentView> => {
  const actor = await actorOf(new Headers(headers));
  const found = await readIncidentView(store.db, { id, actor, now: Date.now() });
  if (found?.kind !== "here") throw new Error(`${id} is not here`);
  return found.view;
};
/** As she is called in what she does. */
const edna = async () => actorName(await actorOf(new Headers(as.editor)));
const logOf = async (subject: string) =>
  (await readAudit(store.db, { subject }, { limit: 20 })).map(({ action }) => action);

describe("who may change an incident", () => {
  test.each([
    ["nobody", 401],
    ["viewer", 403],
    ["other", 403],
    ["editor", 201],
    ["admin", 201],
  ] as const)("to open one of shop, %s is answered %i", async (who, status) => {
    expect((await doOpen(as[who])).status).toBe(status);
    expect(await store.db.$count(incidents)).toBe(status === 201 ? 1 : 0);
  });

  test.each([
    ["nobody", 401],
    ["viewer", 403],
    ["other", 403],
    ["editor", 200],
    ["admin", 200],
  ] as const)("to change one of shop, %s is answered %i, on every route", async (who, status) => {
    await tell(["i#1/2", { from: 1, to: 2 }], ["j", { from: 1, to: 2 }]);
    await saveDeployments(store.db, [deployed("d", 0)]);
    const id = "i#1/2";
    const seen = async (more: object) => ({ updatedAt: await updatedAt(id), ...more });
    const answers = [
      await doEdit(as[who], id, await seen({ severity: "SEV1" })),
      await doEdit(as[who], id, await seen({ handBack: "severity" })),
      await doCause(as[who], id, await seen({ deployment: { id: "d" } })),
      await doCause(as[who], id, await seen({ deployment: "inferred" })),
      await doMerge(as[who], id, await seen({ into: "j" })),
      await doMerge(as[who], id, await seen({ into: null })),
    ];
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => status));
    const noted = await doNote(as[who], id, { text: "Seen" });
    expect(noted.status).toBe(status === 200 ? 201 : status);
  });

  test("a change from a foreign page is refused", async () => {
    const evil = { ...as.admin, origin: "https://evil.example" };
    expect(await refused(await doOpen(evil))).toEqual([403, "foreign-origin", ""]);
  });

  test("nobody moves one to, or merges one into, what another team's is", async () => {
    await tell(["i", { from: 1, to: 2 }], ["s", { from: 1, to: 2 }, { service: "search" }]);
    const at = { updatedAt: await updatedAt("i") };
    const moved = await doEdit(as.editor, "i", { ...at, service: "search" });
    expect(moved.status).toBe(403);
    expect((await doMerge(as.editor, "i", { ...at, into: "s" })).status).toBe(403);
    expect((await doEdit(as.admin, "i", { ...at, service: "search" })).status).toBe(200);
  });

  test("of a service that no team claims only an admin may", async () => {
    await tell(["i", { from: 1, to: 2 }, { service: "unclaimed" }]);
    const body = { updatedAt: await updatedAt("i"), title: "Newer" };
    expect((await doEdit(as.editor, "i", body)).status).toBe(403);
    expect((await doEdit(as.admin, "i", body)).status).toBe(200);
  });

  test("one that is not there is told as such", async () => {
    const body = { updatedAt: 1, title: "x" };
    for (const id of ["nowhere", "a%00b", "'; drop table incidents --", "%"]) {
      expect(await refused(await doEdit(as.admin, id, body))).toEqual([
        404,
        "unknown-incident",
        "",
      ]);
    }
  });
});

describe("what is refused, with the field at fault", () => {
  test.each([
    [{ ...GOOD, title: " " }, "title"],
    [{ ...GOOD, title: "a\nb" }, "title"],
    [{ ...GOOD, severity: "SEV4" }, "severity"],
    [{ ...GOOD, startedAt: "yesterday" }, "startedAt"],
    [{ ...GOOD, startedAt: "2999-01-01T00:00:00Z" }, "startedAt"],
    [{ ...GOOD, resolvedAt: "2026-01-05T09:59:59Z" }, "resolvedAt"],
    [{ ...GOOD, url: "javascript:alert(1)" }, "url"],
    [{ ...GOOD, url: "//evil.example" }, "url"],
    [{ ...GOOD, extra: 1 }, "extra"],
    [{ ...GOOD, service: "no-such" }, "service"],
  ])("opening %j", async (body, field) => {
    expect(await refused(await doOpen(as.admin, body))).toEqual([422, "bad-body", field]);
    expect(await store.db.$count(incidents)).toBe(0);
  });

  test.each([
    [{}, "updatedAt"],
    [{ updatedAt: "now" }, "updatedAt"],
    [{ title: "" }, "title"],
    [{ startedAt: null }, "startedAt"],
    [{ startedAt: "2026-01-01T03:00:00Z" }, "startedAt"],
    [{ detectedAt: "2026-01-01T00:30:00Z" }, "detectedAt"],
    [{ detectedAt: "2026-01-01T02:30:00Z" }, "detectedAt"],
    [{ postmortemUrl: "data:text/html,x" }, "postmortemUrl"],
    [{ runbookUrl: "ftp://files.example" }, "runbookUrl"],
    [{ review: { other: "x" } }, "review.other"],
    [{ handBack: "byHand" }, "handBack"],
    [{ mergedInto: "j" }, "mergedInto"],
  ])("changing %j", async (given, field) => {
    await tell(["i", { from: 1, to: 2 }, { detectedAt: null }]);
    const at = "updatedAt" in given || field === "updatedAt" ? {} : await seenAt("i");
    const before = await readIncident(store.db, "i");
    const answer = await refused(await doEdit(as.admin, "i", { ...at, ...given }));
    expect(answer).toEqual([422, "bad-body", field]);
    expect(await readIncident(store.db, "i")).toEqual(before);
  });

  test("what is too long", async () => {
    await tell(["i", { from: 1, to: 2 }]);
    const at = await seenAt("i");
    const url = `https://example.org/${"a".repeat(2000)}`;
    expect((await refused(await doEdit(as.admin, "i", { ...at, url })))[2]).toBe("url");
    const review = { rootCause: "x".repeat(8001) };
    const answer = await refused(await doEdit(as.admin, "i", { ...at, review }));
    expect(answer).toEqual([422, "bad-body", "review.rootCause"]);
  });

  const seenAt = async (id: string) => ({ updatedAt: await updatedAt(id) });

  test("a cause that did not reach users, and a merge into nothing, itself or a merged one", async () => {
    await tell(["i", { from: 1, to: 2 }], ["j", { from: 1, to: 2 }], ["k", { from: 1, to: 2 }]);
    const failed = deployed("f", 0, { statuses: [{ state: "failure", at: 0 }] });
    await saveDeployments(store.db, [failed]);
    for (const deployment of [{ id: "f" }, { id: "nowhere" }]) {
      const answer = await doCause(as.admin, "i", { ...(await seenAt("i")), deployment });
      expect(await refused(answer)).toEqual([422, "bad-body", "deployment"]);
    }
    await doMerge(as.admin, "j", { ...(await seenAt("j")), into: "k" });
    for (const into of ["nowhere", "i", "j"]) {
      const answer = await doMerge(as.admin, "i", { ...(await seenAt("i")), into });
      expect(await refused(answer)).toEqual([422, "bad-body", "into"]);
    }
    const twice = await doMerge(as.admin, "j", { ...(await seenAt("j")), into: "i" });
    expect(await refused(twice)).toEqual([422, "bad-body", "into"]);
  });

  test("a change of what another has changed meanwhile", async () => {
    await tell(["i", { from: 1, to: 2 }]);
    const old = await seenAt("i");
    expect((await doEdit(as.editor, "i", { ...old, title: "First" })).status).toBe(200);
    const late = [
      await doEdit(as.admin, "i", { ...old, title: "Second" }),
      await doCause(as.admin, "i", { ...old, deployment: "none" }),
      await doMerge(as.admin, "i", { ...old, into: null }),
    ];
    for (const answer of late) {
      expect(await refused(answer)).toEqual([409, "changed-meanwhile", ""]);
    }
    expect((await readIncident(store.db, "i"))?.title).toBe("First");
  });

  test("old contradictions are not held against whoever changes something else", async () => {
    await tell(["i", { from: 2, to: 1 }]);
    const title = await doEdit(as.editor, "i", { ...(await seenAt("i")), title: "Newer" });
    expect(title.status).toBe(200);
  });
});

describe("an incident's page", () => {
  const made = async (body: object) =>
    openAnswer.parse(await (await doOpen(as.editor, { ...GOOD, ...body })).json()).id;
  const change = async (id: string, fields: object) =>
    doEdit(as.editor, id, { updatedAt: await updatedAt(id), ...fields });

  test("shows what was opened by hand, to all, and what can be done, to editors", async () => {
    const id = await made({ detectedAt: "2026-01-05T10:05:00+00:00" });
    const seen = await view(as.viewer, id);
    expect(seen).toMatchObject({
      ...{ title: "Checkout fails", teams: ["pay"], origin: "hand", choices: null },
      ...{ startedAt: Date.parse(START), detectedAt: Date.parse(START) + 5 * MINUTE },
      cause: { deployment: null, method: "unattributed" },
      runbooks: [{ slo: "a", url: "https://wiki.example/shop" }],
    });
    expect((await view(as.editor, id)).choices).toMatchObject({ services: ["shop"] });
    expect((await view(as.other, id)).choices).toBeNull();
    expect((await view(as.admin, id)).choices?.services).toContain("search");
  });

  test("keeps the parts of a review that are not sent, and drops the emptied ones", async () => {
    const id = await made({});
    await change(id, { review: { triage: "Looked", rootCause: "Cache" } });
    await change(id, { review: { triage: "", followUps: " Fix it " } });
    expect((await view(as.viewer, id)).review).toEqual({ rootCause: "Cache", followUps: "Fix it" });
  });

  test("names what a person has set, until it is handed back", async () => {
    await tell(["i", { from: 1, to: 2 }]);
    await change("i", { severity: "SEV1", resolvedAt: null, runbookUrl: "https://wiki.example" });
    expect((await view(as.viewer, "i")).byHand).toEqual(["severity", "resolvedAt"]);
    await change("i", { handBack: "severity" });
    expect((await view(as.viewer, "i")).byHand).toEqual(["resolvedAt"]);
    const newest = (await logOf("incident:i")).slice(0, 2);
    expect(newest).toEqual(["incident.handed-back", "incident.reopened"]);
  });

  test("blames a deployment of another service only by who edits that one, too", async () => {
    const other = deployed("s1", 1, { service: "search" });
    await saveDeployments(store.db, [deployed("d1", 0), other]);
    await tell(["i", { from: 2, to: 3 }]);
    const blame = async (who: Headers) =>
      doCause(who, "i", { updatedAt: await updatedAt("i"), deployment: { id: "s1" } });
    expect((await view(as.editor, "i")).choices?.deployments).toHaveLength(1);
    expect((await blame(as.editor)).status).toBe(403);
    expect((await view(as.viewer, "i")).cause.method).toBe("last-deployment");
    expect((await blame(as.admin)).status).toBe(200);
  });

  test("tells of the cause: inferred, set by hand, none, and inferred again", async () => {
    await saveDeployments(store.db, [deployed("d1", 0), deployed("d2", 1, { ref: "v2" })]);
    await tell(["i", { from: 2, to: 3 }]);
    const cause = async (deployment: unknown) => {
      const body = { updatedAt: await updatedAt("i"), deployment };
      expect((await doCause(as.editor, "i", body)).status).toBe(200);
      const seen = await view(as.viewer, "i");
      return [seen.cause.deployment?.id ?? null, seen.cause.method, seen.causeBy?.name ?? null];
    };
    expect(await cause("inferred")).toEqual(["d2", "last-deployment", null]);
    expect(await cause({ id: "d1" })).toEqual(["d1", "hand", await edna()]);
    expect(await cause("none")).toEqual([null, "hand", await edna()]);
    expect(await cause("inferred")).toEqual(["d2", "last-deployment", null]);
    const { choices } = await view(as.editor, "i");
    expect(choices?.deployments.map(({ id }) => id)).toEqual(["d2", "d1"]);
    expect(choices?.deployments[0]?.label).toContain("shop v2 (sha-of-");
  });

  test("of a merged one is that of what it turned out to be", async () => {
    await tell(["i", { from: 1, to: 2 }], ["j", { from: 1, to: 3 }]);
    await doMerge(as.editor, "i", { updatedAt: await updatedAt("i"), into: "j" });
    const actor = await actorOf(new Headers(as.viewer));
    expect(await readIncidentView(store.db, { id: "i", actor, now: 1 })).toEqual({
      kind: "merged",
      into: "j",
    });
    expect((await view(as.viewer, "j")).merged).toMatchObject([{ id: "i" }]);
    expect(await readIncidentView(store.db, { id: "nowhere", actor, now: 1 })).toBeNull();
  });

  test("has notes in their place", async () => {
    const id = await made({});
    const at = "2026-01-05T10:30:00Z";
    await doNote(as.editor, id, { text: "Rolled\nback", at });
    const { story } = await view(as.viewer, id);
    expect(story).toMatchObject([
      { kind: "milestone", text: "Started" },
      {
        kind: "note",
        text: "Rolled\nback",
        by: await edna(),
        at: Date.parse(at),
        isWritten: true,
      },
    ]);
  });
});

describe("the list", () => {
  const list = async (query: string, headers = as.viewer) => {
    const actor = await actorOf(new Headers(headers));
    const address = new URLSearchParams(query);
    return readIncidentsView(store.db, { actor, address, now: Date.now() });
  };
  const ids = async (query: string) => (await list(query)).lines.map(({ id }) => id);

  test("can be narrowed by team, and names whose it is and what caused it", async () => {
    await saveDeployments(store.db, [deployed("d", 1)]);
    await tell(["i", { from: 2, to: 3 }], ["s", { from: 2, to: null }, { service: "search" }]);
    expect(await ids("")).toEqual(["s", "i"]);
    expect(await ids("team=pay")).toEqual(["i"]);
    expect(await ids("team=pay&service=search")).toEqual([]);
    expect(await ids("team=nobody")).toEqual([]);
    expect(await ids("state=open")).toEqual(["s"]);
    expect(await ids("from=2026-01-01&to=2026-01-01")).toEqual(["s", "i"]);
    expect(await ids("from=2026-01-02")).toEqual([]);
    const [line] = (await list("team=pay")).lines;
    expect(line).toMatchObject({
      teams: ["pay"],
      cause: { deployment: { id: "d" }, method: "last-deployment" },
    });
    expect(await list("")).toMatchObject({ matching: 2, open: 1, isEmpty: false, editable: [] });
    expect((await list("", as.editor)).editable).toEqual(["shop"]);
  });

  test.each([
    ["severity=4", "severity"],
    ["state=maybe", "state"],
    ["from=2026-02-30", "from"],
    ["from=2026-01-02&to=2026-01-01", "to"],
    ["service=a%00b", "service"],
    [`team=${"x".repeat(201)}`, "team"],
  ])("of %s shows nothing but the mistake", async (query, field) => {
    await tell(["i", { from: 1, to: 2 }]);
    const seen = await list(query);
    expect(Object.keys(seen.mistakes)).toEqual([field]);
    expect(seen.lines).toEqual([]);
  });

  test("has pages, and says so when there is nothing at all", async () => {
    expect(await list("")).toMatchObject({ isEmpty: true, pages: 1, matching: 0 });
    const many = Array.from({ length: 51 }, (_, i) => [`i${i}`, { from: i, to: i + 1 }] as const);
    await tell(...many.map(([id, span]): Parameters<typeof incident> => [id, span]));
    expect(await list("")).toMatchObject({ pages: 2, matching: 51, page: 1 });
    expect(await ids("page=2")).toEqual(["i0"]);
    expect(await ids("page=9")).toEqual([]);
    expect((await list("page=x")).page).toBe(1);
  });
});

test("the answers are the ones that the pages read", async () => {
  const opened = z.object({ id: z.string().regex(/^hand:/), updatedAt: z.number() });
  const { id, updatedAt: at } = opened.parse(await (await doOpen(as.editor)).json());
  const edited = await (await doEdit(as.editor, id, { updatedAt: at, severity: "SEV3" })).json();
  expect(edited).toEqual({ updatedAt: expect.any(Number) });
  expect(await logOf(`incident:${id}`)).toEqual(["incident.changed", "incident.opened"]);
});
