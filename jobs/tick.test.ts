import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { testStore } from "#db/testing.ts";
import { isDone } from "#jobs/queue.ts";
import type { Source } from "#jobs/sources.ts";
import { emptyStore, plainDocument, scriptedSource, TestJobs } from "#jobs/testing.ts";
import { runTick } from "#jobs/tick.ts";
import { MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 0, 10, 12);

describe("a tick", () => {
  let store: Store;
  let jobs: TestJobs;
  beforeAll(async () => {
    store = await testStore();
  });
  afterAll(() => store?.close());
  beforeEach(() => emptyStore(store));
  afterEach(() => jobs?.[Symbol.dispose]());

  async function start(source: Source, names: readonly string[]): Promise<void> {
    jobs = await TestJobs.open({ now: NOW, sources: [source], store });
    const slos = names.map((name) => ({ name, job: name, window: "1d" }));
    await jobs.write({ "shop.yaml": plainDocument("shop", slos) });
  }
  const tickOnce = (source: Source, patienceMs?: number) =>
    runTick({
      store,
      source,
      publicUrl: "",
      clock: () => jobs.now,
      signal: AbortSignal.timeout(20_000),
      patienceMs,
    });

  test("of a source that hangs makes its SLOs unknown while it hangs", async () => {
    const answering = scriptedSource("main", () => ({ good: 99, total: 100 }));
    const answer = Promise.withResolvers<never>();
    let hangs = false;
    const source: Source = {
      ...answering,
      collector: {
        ...answering.collector,
        async *collect(work, signal) {
          if (hangs) await answer.promise;
          yield* answering.collector.collect(work, signal);
        },
      },
    };
    await start(source, ["a"]);
    await tickOnce(source);
    expect((await jobs.slo("a")).status?.state).toBe("exhausted");
    hangs = true;
    jobs.now += 8 * MINUTE;
    const ticking = tickOnce(source, 20);
    await expect.poll(async () => (await jobs.slo("a")).status?.state).toBe("unknown");
    answer.reject(new Error("gave up"));
    await ticking;
  });

  test("asks a query that is refused once, and does not go round and round for its history", async () => {
    const answering = scriptedSource(
      "main",
      () => ({ good: 99, total: 100 }),
      400 * 24 * 60 * MINUTE,
    );
    const asked: string[] = [];
    const source: Source = {
      ...answering,
      collector: {
        ...answering.collector,
        async *collect({ spans }) {
          for (const { slis } of spans) {
            asked.push(...slis.map(({ key }) => key));
            yield {
              facts: [],
              failures: slis.map(({ key }) => ({ sliKey: key, message: "refused" })),
            };
          }
        },
      },
    };
    await start(
      source,
      Array.from({ length: 10 }, (_, i) => `job${i}`),
    );
    await tickOnce(source);
    asked.length = 0;
    jobs.now += MINUTE;
    await tickOnce(source);
    expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
    expect(asked).toHaveLength(10);
  });
});

describe("a minute that had its tick", () => {
  test.each([
    ["never asked", null, false],
    ["asked before it", NOW - 1, false],
    ["asked in it", NOW, true],
    ["asked by a clock that was ahead and has been put right", NOW + 90 * MINUTE, false],
  ])("is %s", (_, lastAttemptAt, done) => {
    expect(isDone(lastAttemptAt, NOW, NOW + 1_000)).toBe(done);
  });
});
