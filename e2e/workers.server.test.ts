import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openStore, type Store } from "#db/client.ts";
import { migrate } from "#db/migrate.ts";
import { readSourceRow } from "#db/reads/sources.ts";
import { type Queue, startQueue } from "#jobs/queue.ts";
import type { Source } from "#jobs/sources.ts";
import { configOf, plainDocument, scriptedSource, sumOf, TestJobs } from "#jobs/testing.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";
import { startMortal } from "./faults/mortal.ts";
import { type QueueTask, STEADY } from "./faults/queueWorker.ts";
import { SAVED } from "./faults/worker.ts";
import { until } from "./product.ts";
import { missingPostgres, type PostgresServer, startPostgres } from "./servers/postgres.ts";

const NOW = Date.UTC(2026, 0, 10, 12);
const absent = missingPostgres();

describe.skipIf(absent)(`two workers on one PostgreSQL${absent ? ` (${absent})` : ""}`, () => {
  let server: PostgresServer;
  let url: string;
  let jobs: TestJobs;
  let now: number;
  const open: { stop(): Promise<void> }[] = [];
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    now = NOW;
    url = await server.createDatabase();
    const store = await openStore(url);
    await migrate(store);
    jobs = await TestJobs.open({ now, store, sources: [scriptedSource("main", STEADY)] });
    await jobs.write({ "shop.yaml": plainDocument("shop", [{ name: "a" }]) });
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.stop();
    jobs[Symbol.dispose]();
    await jobs.store.close();
  });

  /** A worker in this process, with connections of its own; `runs` gets the time of each of its ticks. */
  async function startWorker(runs: number[]) {
    const store: Store = await openStore(url);
    const source = counted(scriptedSource("main", STEADY), runs);
    let minute: (at: number) => Promise<void> = async () => undefined;
    const queue: Queue = await startQueue({
      config: configOf(".", [source.settings]),
      store,
      sources: new Map([[source.name, source]]),
      deliveries: new Map(),
      inUse: () => new Set(),
      clock: () => now,
      eachMinute: (work) => {
        minute = work;
        return () => undefined;
      },
    });
    open.push({ stop: () => queue.stop().then(() => store.close()) });
    return { minute: (at: number) => minute(at) };
  }

  function counted(source: Source, runs: number[]): Source {
    return {
      ...source,
      probe: (at, signal) => {
        runs.push(at);
        return source.probe(at, signal);
      },
    };
  }

  const noJobsLeft = () =>
    until("every job has ended", async () => {
      const { rows } = await jobs.store.session((session) =>
        session.query("select count(*)::int as n from pgboss.job where state <= 'active'"),
      );
      return rows[0]?.n === 0;
    });

  async function expectWholeHistory(): Promise<void> {
    jobs.now = now;
    const { good, total, covered } = sumOf(await jobs.counts("a"));
    expect(covered).toBe((now - MINUTE - (NOW - 2 * DAY)) / MINUTE);
    expect([good, total]).toEqual([99 * covered, 100 * covered]);
  }

  test("tick each source once a minute, and no minute counts twice", async () => {
    const runs: number[] = [];
    const workers = [await startWorker(runs), await startWorker(runs)];
    await noJobsLeft();
    runs.length = 0;
    const minutes = [1, 2, 3].map((i) => NOW + i * MINUTE);
    for (const at of minutes) {
      now = at;
      await Promise.all(workers.map((worker) => worker.minute(at)));
      await noJobsLeft();
      await workers[1]?.minute(at);
      await noJobsLeft();
    }
    expect(runs).toEqual(minutes);
    await expectWholeHistory();
  });

  test("go on alone when one is killed in the middle of a job", async () => {
    const task: QueueTask = { databaseUrl: url, now };
    const doomed = startMortal("e2e/faults/queueWorker.ts", task);
    if (!(await doomed.heard(SAVED))) throw new Error(doomed.lastWords());
    const runs: number[] = [];
    const survivor = await startWorker(runs);
    await doomed.kill();
    expect((await jobs.slo("a")).backfilledAt).toBeNull();
    now += MINUTE;
    await until("the other worker has taken over", async () => {
      await survivor.minute(now);
      return ((await readSourceRow(jobs.store.db, "main"))?.lastAttemptAt ?? 0) >= now;
    });
    await noJobsLeft();
    expect(runs).toEqual([now]);
    expect((await jobs.slo("a")).backfilledAt).toBe(now);
    await expectWholeHistory();
  });
});
