import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ask as send } from "#app/api/settings/asking.ts";
import { release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { DELETE, PATCH } from "#app/api/v1/exclusions/[exclusion]/route.ts";
import { GET, POST } from "#app/api/v1/exclusions/route.ts";
import { exclusion, exclusionList } from "#app/api/v1/exclusions/schema.ts";
import { failure } from "#app/api/v1/schemas.ts";
import { ask } from "#app/api/v1/testing.ts";
import { withToken } from "#app/api/webhooks/testing.ts";
import type { Store } from "#db/connection.ts";
import { readAudit } from "#db/reads/audit.ts";
import { exclusionSpans, exclusions } from "#db/schema/index.ts";
import { inForce } from "#db/suites/definitions.ts";
import { testStore } from "#db/testing.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import type { SaidExclusion } from "#lib/spec/model.ts";
import { DAY, floorMinute, HOUR, MINUTE } from "#lib/time/duration.ts";

type Headers = Readonly<Record<string, string>>;

const NOW = floorMinute(Date.now());
const at = (ms: number) => new Date(NOW + ms).toISOString();
const GOOD = {
  ...{ kind: "maintenance", service: "shop", title: "Database upgrade", reason: "Announced" },
  ...{ startsAt: at(-3 * HOUR), endsAt: at(-2 * HOUR) },
};
const RUN = {
  ...{ id: "run-1", kind: "experiment", service: "shop", slo: "latency", title: "Kill a pod" },
  ...{ reason: "Game day", startsAt: at(-10 * MINUTE) },
};

let store: Store;
let ci: Headers;
let other: Headers;
let teller: Headers;
let reader: Headers;
let editor: Headers;

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  const document = { path: "a.yaml", hash: "1", findings: [], goodContent: "" };
  const slos = [
    inForce({ service: "shop", name: "latency", team: "pay" }),
    inForce({ service: "shop", name: "availability", team: "pay" }),
    inForce({ service: "search", name: "freshness", team: "find" }),
  ].map((slo) => ({ ...slo, path: "a.yaml" }));
  await applyCatalog(store.db, { documents: [{ ...document, dialect: "plain" }], slos, now: 1 });
  ci = await withToken(store, { scopes: ["write", "read"], team: "pay" });
  teller = await withToken(store, { scopes: ["ingest"], team: "pay" });
  other = await withToken(store, { scopes: ["ingest"], team: "find" });
  reader = await withToken(store, { scopes: ["read"], team: null });
  editor = await signedIn(store, { name: "Edna", editorOf: ["pay"] });
});
beforeEach(async () => {
  await store.db.delete(exclusions);
});
afterAll(async () => {
  release();
  await store.close();
});

const post = (body: unknown, headers = ci) => ask(POST, headers, { body });
const list = async (query = "") =>
  exclusionList.parse((await ask(GET, reader, { query })).answer).exclusions;
const made = async (body: unknown) => exclusion.parse((await post(body)).answer);
const change = (id: number | string, body: unknown, headers = ci) =>
  send(PATCH, { method: "PATCH", params: { exclusion: String(id) }, headers, body });
const cancel = (id: number | string, headers = ci) =>
  send(DELETE, { method: "DELETE", params: { exclusion: String(id) }, headers });
const fieldsOf = (answer: unknown) => failure.parse(answer).error.details.map(({ field }) => field);

describe("telling of a window", () => {
  test("a maintenance is left out of the budget unless that is said otherwise", async () => {
    const { status, answer } = await post(GOOD);
    expect(status).toBe(201);
    expect(exclusion.parse(answer)).toMatchObject({
      ...GOOD,
      ...{ slo: null, excluded: true, rrule: null, zone: "UTC", callerId: null },
      ...{ url: null, cancelledAt: null },
    });
    expect((await made({ ...GOOD, excluded: false })).excluded).toBe(false);
  });

  test("an experiment runs until its end is told with the same id, and counts meanwhile", async () => {
    const first = await post(RUN);
    expect([first.status, exclusion.parse(first.answer)]).toMatchObject([
      201,
      { endsAt: null, excluded: false, callerId: "run-1" },
    ]);
    expect(await list()).toMatchObject([{ spans: [{ from: RUN.startsAt, to: null }] }]);
    const ended = await post({ ...RUN, endsAt: at(-MINUTE) });
    expect(ended.status).toBe(200);
    expect(await list()).toMatchObject([
      { endsAt: at(-MINUTE), spans: [{ from: RUN.startsAt, to: at(-MINUTE) }] },
    ]);
  });

  test("two who tell of the same at once tell of one", async () => {
    const both = await Promise.all([post({ ...RUN, title: "a" }), post({ ...RUN, title: "b" })]);
    expect(both.filter(({ status }) => status > 201)).toEqual([]);
    expect(await list()).toHaveLength(1);
  });

  test("a short experiment is drawn as the minute it touches; so short a maintenance leaves nothing out", async () => {
    const short = { startsAt: at(-HOUR + 20_000), endsAt: at(-HOUR + 50_000) };
    await post({ ...RUN, ...short });
    await post({ ...GOOD, ...short });
    expect(await store.db.select().from(exclusionSpans)).toMatchObject([
      { fromAt: NOW - HOUR, toAt: NOW - HOUR + MINUTE },
    ]);
  });

  test("what comes again is written out", async () => {
    await post({ ...GOOD, rrule: "FREQ=DAILY;COUNT=3", zone: "Europe/Berlin" });
    const [told] = await list();
    expect(told?.spans).toHaveLength(3);
    expect((await list(`?from=${at(0)}`))[0]?.spans).toHaveLength(2);
    expect(await list(`?to=${at(-4 * HOUR)}`)).toEqual([]);
  });

  test.each([
    ["no reason", { reason: " " }, ["reason"]],
    ["another kind", { kind: "outage" }, ["kind"]],
    ["a time without zone", { startsAt: "2026-01-05T10:00:00" }, ["startsAt"]],
    ["an end before its start", { endsAt: at(-4 * HOUR) }, ["endsAt"]],
    ["a maintenance without end", { endsAt: undefined }, ["endsAt"]],
    ["a rule that cannot be followed", { rrule: "FREQ=HOURLY" }, ["rrule"]],
    ["a zone that is none", { zone: "Berlin" }, ["zone"]],
    ["an SLO of another service", { slo: "freshness" }, ["slo"]],
    ["a field that there is not", { ends: at(0) }, ["ends"]],
    ["a link that runs", { url: "javascript:alert(1)" }, ["url"]],
  ])("%s is refused, says where, and nothing is kept", async (_, wrong, fields) => {
    const { status, answer } = await post({ ...GOOD, ...wrong });
    expect(status).toBe(422);
    expect(fieldsOf(answer)).toEqual(fields);
    expect(await list()).toEqual([]);
  });

  test("a misspelt name is answered with the near one", async () => {
    const all = await withToken(store, { scopes: ["write"], team: null });
    const wrong = async (of: object) =>
      failure.parse((await post({ ...GOOD, ...of }, all)).answer).error.details[0]?.message;
    expect(await wrong({ service: "shpo" })).toMatch(/did you mean shop\?$/);
    expect(await wrong({ slo: "latncy" })).toMatch(/did you mean shop\/latency/);
  });
});

describe("who may", () => {
  test("tell of a service: its team's tokens and editors", async () => {
    expect((await post(GOOD, editor)).status).toBe(201);
    expect((await post(GOOD, other)).status).toBe(403);
    expect((await post(GOOD, reader)).status).toBe(403);
    expect(await list()).toHaveLength(1);
  });

  test("change or cancel one: the same, and nobody else", async () => {
    const { id } = await made(RUN);
    expect((await change(id, { title: "x" }, other)).status).toBe(403);
    expect((await cancel(id, other)).status).toBe(403);
    expect(await list()).toMatchObject([{ title: RUN.title }]);
    expect((await change(id, { title: "x" }, editor)).status).toBe(200);
  });
});

describe("changing one", () => {
  test("ends a running experiment and leaves the rest", async () => {
    const { id } = await made(RUN);
    const answer = await change(id, { endsAt: at(0) });
    expect(exclusion.parse(await answer.json())).toMatchObject({
      ...{ title: RUN.title, startsAt: RUN.startsAt, endsAt: at(0) },
    });
  });

  test.each([
    [{ endsAt: at(-DAY) }, ["endsAt"]],
    [{ rrule: "FREQ=DAILY" }, ["endsAt"]],
    [{ service: "search" }, ["service", ""]],
    [{}, [""]],
  ])("%j is refused and says where", async (body, fields) => {
    const { id } = await made(RUN);
    const answer = await change(id, body);
    expect(answer.status).toBe(422);
    expect(fieldsOf(await answer.json())).toEqual(fields);
  });

  test("takes one back, once; its history stays in the log", async () => {
    const { id } = await made(GOOD);
    expect((await cancel(id)).status).toBe(200);
    expect(await list()).toEqual([]);
    expect((await cancel(id)).status).toBe(409);
    expect((await change(id, { title: "x" })).status).toBe(409);
    const log = await readAudit(store.db, { subject: `exclusion:${id}` }, { limit: 9 });
    expect(log.map(({ action }) => action)).toEqual(["exclusion.cancelled", "exclusion.added"]);
  });

  test.each(["0", "x", "999999999", "1e3"])("%j is none", async (id) => {
    expect((await cancel(id)).status).toBe(404);
  });
});

test("the list has those of the SLO and of its whole service, that began last first", async () => {
  await post({ ...GOOD, title: "whole" });
  await post({ ...RUN, title: "own" });
  await post({ ...GOOD, title: "other", slo: "availability" });
  const titles = async (query: string) => (await list(query)).map(({ title }) => title);
  expect(await titles("?service=shop&slo=latency")).toEqual(["own", "whole"]);
  expect(await titles("?service=shop&limit=2")).toEqual(["own", "other"]);
  expect(await titles("?service=search")).toEqual([]);
  expect((await ask(GET, reader, { query: "?kind=x" })).status).toBe(400);
});

describe("who may leave events out of a budget", () => {
  test("not a token that only hands in facts, now or by a change", async () => {
    const refused = await post(GOOD, teller);
    expect(refused.status).toBe(403);
    expect(failure.parse(refused.answer).error.message).toMatch(/needs an editor of the team/);
    expect((await post({ ...GOOD, excluded: false, id: "drawn" }, teller)).status).toBe(201);
    const [row] = await store.db.select().from(exclusions);
    expect((await change(row?.id ?? 0, { excluded: true }, teller)).status).toBe(403);
    expect((await store.db.select().from(exclusions))[0]?.excluded).toBe(false);
  });

  test("nobody without an end, which would hide all that comes", async () => {
    const endless = await post({ ...RUN, excluded: true });
    expect(endless.status).toBe(422);
    expect(await store.db.select().from(exclusions)).toEqual([]);
  });
});

describe("an experiment, where the policy leaves experiments out", () => {
  const GAME = { ...RUN, id: "game", service: "search", slo: "freshness" };
  let searcher: Headers;
  beforeAll(async () => {
    const clauses = { postmortemAbove: null, planningAbove: null, exempt: [] };
    const slos = [
      inForce({ service: "shop", name: "latency", team: "pay" }),
      inForce({ service: "shop", name: "availability", team: "pay" }),
      inForce({
        ...{ service: "search", name: "freshness", team: "find" },
        clauses: { ...clauses, experiments: "exclude" },
      }),
    ].map((slo) => ({ ...slo, path: "a.yaml" }));
    await applyCatalog(store.db, { documents: [], slos, now: 2 });
    searcher = await withToken(store, { scopes: ["ingest"], team: "find" });
  });
  const tell = async (of: object) => {
    const { status, answer } = await post({ ...GAME, ...of }, searcher);
    return { status, ...exclusion.parse(answer) };
  };

  test("is left out by a token that only hands in facts, once its end is told in time", async () => {
    expect(await tell({})).toMatchObject({
      ...{ status: 201, byPolicy: "counted", excluded: false },
      countedBecause: "it runs, and its end is not told yet",
    });
    expect(await tell({ endsAt: at(0) })).toMatchObject({
      ...{ status: 200, byPolicy: "left-out", excluded: false, countedBecause: null },
    });
  });

  test("is counted when it was told late, and the answer says why", async () => {
    const late = { startsAt: at(-20 * MINUTE), endsAt: at(0) };
    expect(await tell(late)).toMatchObject({
      byPolicy: "counted",
      countedBecause: "it was told more than 15 minutes after it began",
    });
  });

  test("stays left out when its words change, until somebody says that it counts", async () => {
    const { id } = await tell({ endsAt: at(0) });
    const patched = async (body: object) =>
      exclusion.parse(await (await change(id, body, searcher)).json());
    expect(await patched({ title: "Pods" })).toMatchObject({ byPolicy: "left-out" });
    expect(await patched({ startsAt: at(-DAY) })).toMatchObject({ byPolicy: "counted" });
    expect(await patched({ excluded: false })).toMatchObject({
      ...{ byPolicy: null, countedBecause: null },
    });
  });

  test("is nothing of the policy's where no SLO says so", async () => {
    expect(await made(RUN)).toMatchObject({ byPolicy: null, countedBecause: null });
  });
});

test("what a document says is listed with its file, and changed there alone", async () => {
  const said: SaidExclusion = {
    ...{ of: "slo", title: "Upgrade", reason: "Told", rrule: null, zone: "UTC" },
    ...{ startsAt: NOW - 3 * HOUR, endsAt: NOW - 2 * HOUR, file: "slos/shop.yaml" },
  };
  const slo = inForce({ service: "shop", name: "latency", team: "pay", exclusions: [said] });
  await applyCatalog(store.db, { documents: [], slos: [slo], now: NOW });
  const [found] = await list();
  expect(found).toMatchObject({ document: "slos/shop.yaml", createdBy: "slos/shop.yaml" });
  for (const refused of [
    await change(found?.id ?? 0, { title: "x" }),
    await cancel(found?.id ?? 0),
  ]) {
    expect(refused.status).toBe(409);
    expect(failure.parse(await refused.json()).error.message).toBe(
      "The document slos/shop.yaml says this exclusion: change it there, or take it out.",
    );
  }
  expect(await list()).toHaveLength(1);
});
