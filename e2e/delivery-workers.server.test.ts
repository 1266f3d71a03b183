import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStore, type Store } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { readDeliveryRevision } from "#db/reads/delivery.ts";
import { deploy, push } from "#demo/github/build.ts";
import { newRepository } from "#demo/github/sample.ts";
import { type GithubStandIn, startGithub } from "#demo/github/server.ts";
import { githubAt, keptIn, runUntilOk } from "#jobs/delivery/testing.ts";
import type { DeliveryUpstream } from "#jobs/delivery/upstreams.ts";
import { type Queue, startQueue } from "#jobs/queue.ts";
import { configOf } from "#jobs/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import type { DeliveryTask } from "./faults/deliveryWorker.ts";
import { startMortal } from "./faults/mortal.ts";
import { SAVED, SAVING } from "./faults/worker.ts";
import { until } from "./product.ts";
import { missingPostgres, type PostgresServer, startPostgres } from "./servers/postgres.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const absent = missingPostgres();

/** A deployment a day, for so long that its history comes in several batches. */
function daily() {
  const { world, repository } = newRepository();
  for (let at = NOW - 200 * DAY; at < NOW; at += DAY) {
    const { sha } = push(repository, { at });
    deploy(repository, { sha, at: at + HOUR });
  }
  return world;
}

describe.skipIf(absent)(`deliveries on one PostgreSQL${absent ? ` (${absent})` : ""}`, () => {
  let server: PostgresServer;
  let github: GithubStandIn;
  let store: Store;
  let databaseUrl: string;
  let quiet: object;
  const open: { stop(): Promise<void> }[] = [];

  const fresh = async () => {
    databaseUrl = await server.createDatabase();
    const own = await openStore(databaseUrl);
    open.push({ stop: () => own.close() });
    await migrate(own);
    store = own;
  };
  beforeAll(async () => {
    server = await startPostgres();
    github = await startGithub({ world: daily(), clock: () => NOW });
    await fresh();
    await runUntilOk(store, githubAt(github.url), NOW);
    quiet = await keptIn(store);
  });
  afterAll(async () => {
    await github?.close();
    await server?.stop();
  });
  beforeEach(fresh);
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.stop();
  });

  test.each([
    [SAVING, 1],
    [SAVED, 1],
    [SAVING, 2],
    [SAVED, 2],
  ])("a worker killed at %s %d leaves what another makes whole", async (line, times) => {
    const task: DeliveryTask = { databaseUrl, githubUrl: github.url, now: NOW };
    const worker = startMortal("e2e/faults/deliveryWorker.ts", task);
    const heard = await worker.heard(line, times);
    await worker.kill();
    expect(heard, worker.lastWords()).toBe(true);
    await runUntilOk(store, githubAt(github.url), NOW);
    expect(await keptIn(store)).toEqual(quiet);
    const revision = await readDeliveryRevision(store.db);
    await runUntilOk(store, githubAt(github.url), NOW);
    expect(await readDeliveryRevision(store.db)).toBe(revision);
  });

  test("two runs at once leave what one leaves", async () => {
    const other = await openStore(databaseUrl);
    open.push({ stop: () => other.close() });
    const upstream = githubAt(github.url);
    await Promise.all([runUntilOk(store, upstream, NOW), runUntilOk(other, upstream, NOW)]);
    expect(await keptIn(store)).toEqual(quiet);
  });

  /** A worker with connections of its own; `runs` gets the time of each of its runs. */
  async function startWorker(upstream: DeliveryUpstream, clock: () => number) {
    const own = await openStore(databaseUrl);
    let minute: (at: number) => Promise<void> = async () => undefined;
    const queue: Queue = await startQueue({
      config: configOf(".", []),
      store: own,
      sources: new Map(),
      deliveries: new Map([[upstream.name, upstream]]),
      inUse: () => new Set(),
      clock,
      eachMinute: (work) => {
        minute = work;
        return () => undefined;
      },
    });
    open.push({ stop: () => queue.stop().then(() => own.close()) });
    return { queue, minute: (at: number) => minute(at) };
  }

  test("two workers ask once in five minutes, and at once when they are told of news", async () => {
    let now = NOW - MINUTE;
    const runs: number[] = [];
    const upstream = githubAt(github.url);
    const counted: DeliveryUpstream = {
      ...upstream,
      async *collect(...of) {
        runs.push(now);
        yield* upstream.collect(...of);
      },
    };
    const workers = [await startWorker(counted, () => now), await startWorker(counted, () => now)];
    await noJobsLeft();
    runs.length = 0;
    const minutes = [0, 1, 2, 3, 4, 5, 6].map((i) => NOW + i * MINUTE);
    for (const at of minutes) {
      now = at;
      await Promise.all(workers.map((worker) => worker.minute(at)));
      await noJobsLeft();
      await workers[1]?.minute(at);
      await noJobsLeft();
    }
    expect(runs).toEqual([NOW, NOW + 5 * MINUTE]);
    expect(await workers[0]?.queue.kickSource("github")).toBe(true);
    await noJobsLeft();
    expect(runs).toHaveLength(3);
    expect(await keptIn(store)).toEqual(quiet);
  });

  const noJobsLeft = () =>
    until("every job has ended", async () => {
      const { rows } = await store.session((session) =>
        session.query("select count(*)::int as n from pgboss.job where state <= 'active'"),
      );
      return rows[0]?.n === 0;
    });
});
