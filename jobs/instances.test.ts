import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AskLabels } from "#collectors/prometheus/labelSets.ts";
import type { Store } from "#db/client.ts";
import { readCatalog } from "#db/reads/catalog.ts";
import { readGrouping, readInstances } from "#db/reads/instances.ts";
import { testStore } from "#db/testing.ts";
import { findInstances } from "#jobs/instances.ts";
import { emptyStore, scriptedSource, TestJobs } from "#jobs/testing.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 6, 1, 10);
type Labels = Readonly<Record<string, string>>;

let store: Store;
let jobs: TestJobs;
let all: readonly Labels[];
let some: readonly Labels[];
let asked: string[];
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await emptyStore(store);
  [all, some, asked] = [[{ handler: "/pay" }, { handler: "/cart" }], [{ handler: "/pay" }], []];
  const script = () => ({ good: 100, total: 100 });
  jobs = await TestJobs.open({
    now: NOW,
    sources: [scriptedSource("main", script, DAY)],
    store,
  });
  await jobs.write({ "api.yaml": documentOf({}) });
});
afterEach(() => jobs?.[Symbol.dispose]());

function documentOf(changed: object): string {
  const slo = {
    name: "requests",
    sli: {
      bad: 'sum(rate(http_requests_total{code="500"}[5m]))',
      total: "sum(rate(http_requests_total[5m]))",
    },
    objective: 0.99,
    window: "30d",
    grouping: ["handler"],
    ...changed,
  };
  return JSON.stringify({ service: "api", owner: "shop", slos: [slo] });
}

const answer: AskLabels = async (query) => {
  asked.push(query);
  return query.includes("500") ? some : all;
};
const find = (ask: AskLabels = answer) =>
  findInstances({ db: store.db, askers: new Map([["main", ask]]), now: jobs.now });
const refresh = () => jobs.write({});
const names = async () => (await readCatalog(store.db)).map(({ name }) => name.split(".")[0]);
const grouping = async () => {
  const [whole] = await readCatalog(store.db);
  return readGrouping(store.db, whole?.id ?? 0);
};

describe("a grouped SLO", () => {
  test("gets an SLO for each of its label sets, counted and judged like any other", async () => {
    await find();
    expect(await refresh()).toBe(true);
    expect(await names()).toEqual(["requests", "requests@cart", "requests@pay"]);
    await jobs.minutes(2);
    const instances = await readInstances(store.db, { service: "api", name: "requests" });
    expect(instances.map(({ labels }) => labels)).toEqual([
      { handler: "/cart" },
      { handler: "/pay" },
    ]);
    expect(instances.map(({ status }) => status?.state)).toEqual(["healthy", "healthy"]);
    expect(instances.map(({ status }) => status?.team)).toEqual(["shop", "shop"]);
    expect(await refresh()).toBe(false);
  });

  test("is asked for again only a minute later", async () => {
    await find();
    await find();
    expect(asked).toHaveLength(2);
    jobs.now += MINUTE;
    await find();
    expect(asked).toHaveLength(4);
  });

  test("keeps a label set that is gone until its window has passed, then retires it", async () => {
    await find();
    await refresh();
    all = [{ handler: "/pay" }];
    jobs.now += 29 * DAY;
    await find();
    await refresh();
    expect(await names()).toContain("requests@cart");
    jobs.now += 2 * DAY;
    await find();
    expect(await refresh()).toBe(true);
    expect(await names()).toEqual(["requests", "requests@pay"]);
  });

  test("whose source gives no answer keeps its instances, and says why", async () => {
    await find();
    await refresh();
    jobs.now += MINUTE;
    await find(() => Promise.reject(new Error("main refused the connection")));
    expect(await refresh()).toBe(false);
    expect((await grouping())?.problem).toContain("main refused the connection");
    expect(await names()).toHaveLength(3);
    jobs.now += MINUTE;
    await find();
    expect(await grouping()).toMatchObject({ problem: null, found: 2 });
  });

  test("of a source that is silent is not waited for again in the same run", async () => {
    const other = JSON.parse(documentOf({})).slos[0];
    const more = { service: "web", slos: [other, { ...other, name: "second" }] };
    await jobs.write({ "web.yaml": JSON.stringify(more) });
    let attempts = 0;
    const silent: AskLabels = async () => {
      attempts += 1;
      throw new Error("main refused the connection");
    };
    await find(silent);
    expect(attempts).toBe(1);
    jobs.now += 5_000;
    await find(silent);
    jobs.now += 5_000;
    await find();
    expect(asked).toHaveLength(2);
  });

  test("has none where errors do not have the label", async () => {
    some = [{}];
    await find();
    await refresh();
    expect(await names()).toEqual(["requests"]);
    expect((await grouping())?.problem).toContain("cannot be told apart");
  });

  test("takes its instances along when it is renamed, and loses them when it is no longer grouped", async () => {
    await find();
    await refresh();
    const before = (await readCatalog(store.db)).map(({ id }) => id);
    await jobs.write({ "api.yaml": documentOf({ name: "answers", formerly: ["api/requests"] }) });
    expect(await names()).toEqual(["answers", "answers@cart", "answers@pay"]);
    expect((await readCatalog(store.db)).map(({ id }) => id)).toEqual(before);
    await jobs.write({ "api.yaml": documentOf({ name: "answers", grouping: [] }) });
    expect(await names()).toEqual(["answers"]);
  });
});
