import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { truthCases } from "#bench/truth/cases.ts";
import { openMetricsDays, playCases } from "#bench/truth/openmetrics.ts";
import type { Store } from "#db/client.ts";
import { readSourceRow } from "#db/reads/sources.ts";
import { testStore } from "#db/testing.ts";
import { sourceFrom } from "#jobs/sources.ts";
import { emptyStore, plainDocument, settingsOf, sumOf, TestJobs } from "#jobs/testing.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import { type Fault, type FaultProxy, startFaultProxy } from "../e2e/servers/fault-proxy.ts";
import { freePort, type RunningServer } from "../e2e/servers/process.ts";
import { missingPrometheus, startPrometheus } from "../e2e/servers/prometheus.ts";

const FROM = Date.UTC(2026, 0, 5);
const SPAN = { from: FROM, to: FROM + 2 * DAY };
/** An hour before the incident of the generated history. */
const START = FROM + DAY + 8 * HOUR;
const LONG = 120;
const SHORT = 15;
const AFTER = 12;
const END = START + (LONG + AFTER) * MINUTE;
const absent = missingPrometheus();

describe.skipIf(absent)(`a source that fails for a while${absent ? ` (${absent})` : ""}`, () => {
  let server: RunningServer;
  let store: Store;
  let port: number;
  let undisturbed: readonly Bucket[];

  beforeAll(async () => {
    const cases = truthCases(SPAN).filter(({ name }) => name === "steady");
    server = await startPrometheus({ history: openMetricsDays(playCases(cases, SPAN)) });
    port = await freePort();
    store = await testStore();
    await startProxy();
    const jobs = await begin();
    await jobs.minutes(LONG + AFTER);
    undisturbed = await jobs.counts("proxied");
    await cleanUp();
  });
  afterAll(async () => {
    await store?.close();
    await server?.stop();
  });
  beforeEach(() => emptyStore(store));
  afterEach(() => cleanUp());

  const opened: { stop(): Promise<void> | void }[] = [];
  async function cleanUp(): Promise<void> {
    for (const each of opened.splice(0)) await each.stop();
  }

  async function startProxy(): Promise<FaultProxy> {
    const proxy = await startFaultProxy(server.url, port);
    opened.push(proxy);
    return proxy;
  }

  /** One SLO is asked through the proxy, another one of the same server directly. */
  async function begin(): Promise<TestJobs> {
    const proxied = { name: "main", url: `http://127.0.0.1:${port}`, timeoutMs: 2_000 };
    const sources = [proxied, { name: "other", url: server.url }];
    const jobs = await TestJobs.open({
      now: START,
      store,
      sources: sources.map((each) => sourceFrom(settingsOf({ historyMs: 30 * HOUR, ...each }))),
    });
    opened.push({ stop: () => jobs[Symbol.dispose]() });
    const slo = { target: 0.998, window: "1d" };
    const names = [{ name: "proxied" }, { name: "direct", datasource: "other" }];
    await jobs.write({
      "shop.yaml": plainDocument(
        "shop",
        names.map((each) => ({ ...slo, ...each })),
      ),
    });
    await jobs.tick();
    return jobs;
  }

  async function expectUnknownAndHeld(jobs: TestJobs): Promise<void> {
    const { status, detail } = await jobs.slo("proxied");
    expect(status).toMatchObject({ state: "unknown", policyState: "Feature freeze", held: true });
    expect(detail?.blocks).toBe(true);
    expect(detail?.reason).toMatch(/^No data since/);
    expect((await jobs.slo("direct")).status).toMatchObject({ held: false, state: "exhausted" });
    expect((await jobs.counts("direct")).at(-1)?.at).toBe(jobs.now - MINUTE);
  }

  async function expectNothingLost(jobs: TestJobs): Promise<void> {
    const counts = await jobs.counts("proxied");
    const last = counts.at(-1)?.at ?? 0;
    expect(last).toBe(jobs.now - MINUTE);
    expect(counts).toEqual(undisturbed.filter(({ at }) => at <= last));
    expect((await jobs.slo("proxied")).status).toMatchObject({ held: false, state: "exhausted" });
  }

  test("the history has something to lose", () => {
    expect(undisturbed.at(-1)?.at).toBe(END - MINUTE);
    expect(sumOf(undisturbed).total).toBeGreaterThan(30 * 60 * 5 * 60);
  });

  test("a port that is shut for 120 ticks: the same totals as without", async () => {
    const proxy = await startProxy();
    const jobs = await begin();
    await proxy.stop();
    await jobs.minutes(LONG);
    await expectUnknownAndHeld(jobs);
    const row = await readSourceRow(store.db, "main");
    expect(row).toMatchObject({ state: "failed", errorSince: START + MINUTE });
    expect(row?.error).toMatch(/refused the connection/);
    await startProxy();
    await jobs.minutes(1);
    await expectNothingLost(jobs);
    expect(await readSourceRow(store.db, "main")).toMatchObject({ state: "ok", error: null });
    await jobs.minutes(AFTER - 1);
    expect(await jobs.counts("proxied")).toEqual(undisturbed);
  });

  test.each<[Fault, number, RegExp]>([
    ["too-many", SHORT, /slow down/],
    ["error", SHORT, /HTTP 500/],
    ["garbage", SHORT, /not Prometheus's JSON/],
    ["truncated", SHORT, /broke off/],
    ["empty", SHORT, /not Prometheus's JSON/],
    ["slow", 1, /did not answer within/],
  ])("%s for a while: Unknown meanwhile, nothing lost after", async (fault, ticks, words) => {
    const proxy = await startProxy();
    const jobs = await begin();
    proxy.fault = fault;
    jobs.now += (SHORT - ticks) * MINUTE;
    await jobs.minutes(ticks);
    await expectUnknownAndHeld(jobs);
    expect((await readSourceRow(store.db, "main"))?.error).toMatch(words);
    proxy.fault = "none";
    await jobs.minutes(1);
    await expectNothingLost(jobs);
  });

  test.each([SHORT, LONG])(
    "answers without any series for %i minutes: Unknown meanwhile, nothing lost after",
    async (ticks) => {
      const proxy = await startProxy();
      const jobs = await begin();
      proxy.fault = "nothing";
      await jobs.minutes(ticks);
      await expectUnknownAndHeld(jobs);
      expect(await readSourceRow(store.db, "main")).toMatchObject({ state: "no-data" });
      proxy.fault = "none";
      await jobs.minutes(2);
      await expectNothingLost(jobs);
    },
  );

  test("a server that asks for 7 s is given 7 s, three times in all", async () => {
    const proxy = await startProxy();
    const jobs = await begin();
    proxy.fault = "too-many";
    proxy.requests.length = 0;
    await jobs.minutes(1);
    expect(jobs.waits).toEqual([7_000, 7_000]);
    expect(proxy.requests.length).toBe(3);
  });
});
