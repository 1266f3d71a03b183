import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { GET, POST } from "#app/api/v1/deployments/route.ts";
import { deployment, deploymentPage } from "#app/api/v1/deployments/schema.ts";
import { failure } from "#app/api/v1/schemas.ts";
import { ask, owning } from "#app/api/v1/testing.ts";
import { withToken } from "#app/api/webhooks/testing.ts";
import type { Store } from "#db/connection.ts";
import { readAudit } from "#db/reads/audit.ts";
import { readDeliveryFacts } from "#db/reads/delivery.ts";
import { changes, deployments, shipped } from "#db/schema/index.ts";
import { batch } from "#db/suites/deliveries.ts";
import { testStore } from "#db/testing.ts";
import { saveDelivery } from "#db/writes/delivery.ts";
import { pull } from "#lib/dora/testing.ts";

type Headers = Readonly<Record<string, string>>;

const sha = (letter: string) => letter.repeat(40);
const STARTED = "2026-01-05T10:00:00.000Z";
const FINISHED = "2026-01-05T10:04:00.000Z";
const GOOD = {
  service: "checkout",
  environment: "production",
  id: "run-1",
  sha: sha("a"),
  status: "success",
  startedAt: STARTED,
  finishedAt: FINISHED,
};

let store: Store;
let ci: Headers;

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  ci = await withToken(store, { scopes: ["ingest"], team: "shop" });
});
beforeEach(() =>
  serveFrom(store, { delivery: owning({ checkout: "shop", cart: "shop", mail: "ops" }) }),
);
afterEach(async () => {
  for (const table of [deployments, changes, shipped]) await store.db.delete(table);
});
afterAll(async () => {
  release();
  await store.close();
});

const post = (body: unknown, headers = ci) => ask(POST, headers, { body });
const list = async (query: string, headers?: Headers) =>
  ask(GET, headers ?? (await withToken(store, { scopes: ["read"], team: null })), { query });
const pageOf = async (query: string) => deploymentPage.parse((await list(query)).answer);

describe("handing in a deployment", () => {
  test("answers 201 with what is known of it, and 200 when it is told again", async () => {
    const first = await post(GOOD);
    expect(first.status).toBe(201);
    expect(deployment.parse(first.answer)).toEqual({
      id: "api:checkout:run-1",
      service: "checkout",
      environment: "production",
      sha: sha("a"),
      ref: null,
      state: "succeeded",
      startedAt: STARTED,
      finishedAt: FINISHED,
      statuses: [
        { state: "in_progress", at: STARTED },
        { state: "success", at: FINISHED },
      ],
      source: "api",
      url: null,
      creator: expect.any(String),
    });
    expect(await post(GOOD)).toEqual({ ...first, status: 200 });
    expect((await pageOf("")).deployments).toHaveLength(1);
  });

  test("in steps, in any order and twice, comes to the same", async () => {
    const { finishedAt, ...rest } = GOOD;
    const steps = [
      { ...rest, status: "in_progress" },
      { ...rest, status: "success", startedAt: undefined, finishedAt },
      { ...rest, status: "success", finishedAt, url: "https://ci.example/1" },
    ];
    const orders = [
      [0, 1, 2],
      [2, 1, 0, 0],
      [1, 0, 2, 1],
    ];
    const outcomes = [];
    for (const order of orders) {
      await store.db.delete(deployments);
      for (const i of order) await post(steps[i]);
      outcomes.push((await pageOf("")).deployments);
    }
    expect(outcomes[0]).toMatchObject([{ state: "succeeded", url: "https://ci.example/1" }]);
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[2]).toEqual(outcomes[0]);
  });

  test("without times takes that of the first message, however often it is told", async () => {
    const { startedAt: _s, finishedAt: _f, ...bare } = GOOD;
    await post({ ...bare, status: "in_progress" });
    await post(bare);
    const before = (await pageOf("")).deployments;
    await post(bare);
    await post({ ...bare, status: "in_progress" });
    expect((await pageOf("")).deployments).toEqual(before);
    expect(before[0]?.statuses.map(({ state }) => state)).toEqual(["in_progress", "success"]);
  });

  test("ten at once make one", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(GOOD)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(9);
    const log = await readAudit(
      store.db,
      { subject: "deployment:api:checkout:run-1" },
      { limit: 50 },
    );
    expect(log[0]).toMatchObject({ action: "deployment.received", team: "shop" });
  });

  test("without an id is known by what was deployed, where and when", async () => {
    const { id: _, ...nameless } = GOOD;
    expect((await post(nameless)).status).toBe(201);
    expect((await post(nameless)).status).toBe(200);
    const later = { startedAt: "2026-01-06T10:00:00Z", finishedAt: "2026-01-06T10:01:00Z" };
    expect((await post({ ...nameless, ...later })).status).toBe(201);
    expect((await post({ ...nameless, environment: "staging" })).status).toBe(201);
  });

  test("with its commits gives them lead times, without any GitHub", async () => {
    await post({
      ...GOOD,
      id: "0",
      sha: sha("0"),
      startedAt: "2026-01-01T00:00:00Z",
      finishedAt: "2026-01-01T00:00:00Z",
    });
    await post({
      ...GOOD,
      previousSha: sha("0"),
      commits: [{ sha: sha("A"), authoredAt: "2026-01-05T08:04:00Z" }],
    });
    const { delivery } = await readDelivery(store.db);
    expect(delivery.arrivals).toMatchObject([
      { leadTimeMs: 2 * 3_600_000, confidence: "high", deployment: { sha: sha("a") } },
    ]);
  });

  test("leaves what GitHub told of a commit as it is", async () => {
    const known = { ...pull(0, { from: 0, to: 1 }), id: `commit:${sha("a")}`, number: null };
    await saveDelivery(store.db, batch("github", { changes: [known] }), 0);
    const told = await post({ ...GOOD, commits: [{ sha: sha("a"), authoredAt: STARTED }] });
    expect(told.status).toBe(201);
    expect((await readDeliveryFacts(store.db)).changes).toContainEqual(known);
  });

  const FUTURE = new Date(Date.now() + 3_600_000).toISOString();
  test.each([
    ["no status", { status: undefined }, "status"],
    ["another status", { status: "done" }, "status"],
    ["an empty service", { service: " " }, "service"],
    ["two lines", { environment: "a\nb" }, "environment"],
    ["a branch for a sha", { sha: "main" }, "sha"],
    ["a time without a zone", { startedAt: "2026-01-05T10:00:00" }, "startedAt"],
    ["a time that is to come", { startedAt: undefined, finishedAt: FUTURE }, "finishedAt"],
    ["an end before its start", { finishedAt: "2026-01-05T09:00:00Z" }, "finishedAt"],
    ["an end while in progress", { status: "in_progress" }, "finishedAt"],
    ["an address that is none", { url: "javascript:alert(1)" }, "url"],
    ["nothing to know it by", { id: undefined, sha: undefined }, "id"],
    ["a field that is not known", { enviroment: "x" }, "enviroment"],
    [
      "501 commits",
      { commits: Array(501).fill({ sha: sha("a"), authoredAt: STARTED }) },
      "commits",
    ],
  ])("refuses %s and says where", async (_, wrong, field) => {
    const { status, answer } = await post({ ...GOOD, ...wrong });
    expect(status).toBe(422);
    expect(failure.parse(answer).error.details.map((d) => d.field)).toContain(field);
    expect((await pageOf("")).deployments).toEqual([]);
  });
});

describe("who may hand in", () => {
  const as = async (scopes: Parameters<typeof withToken>[1]["scopes"], team: string | null) =>
    withToken(store, { scopes, team });

  test("a team's token hands in for the services of its team alone", async () => {
    expect((await post({ ...GOOD, service: "cart" })).status).toBe(201);
    const { status, answer } = await post({ ...GOOD, service: "mail" });
    expect(status).toBe(403);
    expect(failure.parse(answer).error.message).toMatch(/mail belongs to the team ops.*team shop/);
    const unknown = await post({ ...GOOD, service: "nobodys" });
    expect(unknown.status).toBe(403);
    expect(failure.parse(unknown.answer).error.message).toMatch(/No team is known/);
    expect((await pageOf("")).deployments).toHaveLength(1);
  });

  test("a token of all teams hands in for any service, one that only reads for none", async () => {
    expect((await post({ ...GOOD, service: "nobodys" }, await as(["ingest"], null))).status).toBe(
      201,
    );
    expect((await post(GOOD, await as(["write"], null))).status).toBe(201);
    expect((await post(GOOD, await as(["read", "gate"], null))).status).toBe(403);
    expect((await post(GOOD, {})).status).toBe(401);
  });

  test("an editor hands in for their own team", async () => {
    const editor = await signedIn(store, { name: "Edna", editorOf: ["shop"] });
    expect((await post(GOOD, editor)).status).toBe(201);
    expect((await post({ ...GOOD, service: "mail" }, editor)).status).toBe(403);
  });
});

describe("the list of deployments", () => {
  const at = (day: number) => ({
    startedAt: `2026-01-0${day}T00:00:00Z`,
    finishedAt: `2026-01-0${day}T00:01:00Z`,
  });
  beforeEach(async () => {
    for (const day of [1, 2, 3, 4, 5]) await post({ ...GOOD, id: `${day}`, ...at(day) });
    await post({ ...GOOD, service: "cart", id: "5", ...at(5) });
  });
  const ids = async (query: string) =>
    (await pageOf(query)).deployments.map(({ id }) => id.replace("api:", ""));

  test("is newest first, and may be of one service and of a range, without its end", async () => {
    expect(await ids("")).toHaveLength(6);
    expect(await ids("?service=cart")).toEqual(["cart:5"]);
    expect(
      await ids("?service=checkout&from=2026-01-02T00:00:00Z&to=2026-01-04T00:00:00Z"),
    ).toEqual(["checkout:3", "checkout:2"]);
    expect(await ids("?service=none")).toEqual([]);
  });

  test("pages show each once, also of those that began at the same time", async () => {
    const seen: string[] = [];
    let query = "?limit=1";
    for (;;) {
      const { deployments: rows, next } = await pageOf(query);
      seen.push(...rows.map(({ id }) => id));
      if (next === null) break;
      query = `?limit=1&cursor=${next}`;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  test.each(["?cursor=x", "?limit=0", "?from=yesterday", "?servic=a"])(
    "refuses %s",
    async (query) => {
      expect((await list(query)).status).toBe(400);
    },
  );
});
