import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UpstreamError } from "#collectors/collector.ts";
import {
  askAll,
  batches,
  inParallel,
  joinQueries,
  splitRange,
} from "#collectors/prometheus/batch.ts";
import { RefusedQuery } from "#collectors/prometheus/failure.ts";
import { fakeClient } from "#collectors/prometheus/fake.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import { MINUTE } from "#lib/time/duration.ts";

const RANGE = { from: 0, to: 2 * MINUTE, stepMs: MINUTE };
const signal = new AbortController().signal;
const names = (count: number) => Array.from({ length: count }, (_, i) => `sum(q${i})`);
const numberIn = (query: string) => Number(/q(\d+)/.exec(query)?.[1]);

describe("askAll", () => {
  test("gives each query its own values, five to a request", async () => {
    const client = fakeClient((query, at) => numberIn(query) + at);
    const answers = await askAll(client, names(12), RANGE, signal);
    expect(client.asked.length).toBe(3);
    expect(answers.get("sum(q7)")).toEqual({
      series: new Map([
        [0, 7],
        [MINUTE, 7 + MINUTE],
        [2 * MINUTE, 7 + 2 * MINUTE],
      ]),
    });
  });

  test("asks a query once, however often it is given", async () => {
    const client = fakeClient(() => 1);
    await askAll(client, ["sum(q1)", "sum(q1)", "sum(q1)"], RANGE, signal);
    expect(client.asked.map(({ query }) => query)).toEqual([joinQueries(["sum(q1)"])]);
  });

  test("a query without an answer has no values", async () => {
    const answers = await askAll(
      fakeClient(() => null),
      ["sum(q1)"],
      RANGE,
      signal,
    );
    expect(answers.get("sum(q1)")).toEqual({ series: new Map() });
  });

  test("halves a refused batch until every bad query stands alone, and keeps the good ones", async () => {
    const bad = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(bad, async (broken) => {
        const good = fakeClient((query) => numberIn(query));
        const client = {
          ...good,
          rangeQuery: (query: string, range: typeof RANGE) =>
            broken.some((i) => query.includes(`q${i})`))
              ? Promise.reject(new RefusedQuery("no"))
              : good.rangeQuery(query, range, signal),
        };
        const answers = await askAll(client, names(10), RANGE, signal);
        const refused = [...answers].filter(([, answer]) => "refused" in answer);
        expect(refused.map(([query]) => numberIn(query)).sort()).toEqual([...broken].sort());
        expect(answers.size).toBe(10);
      }),
    );
  });

  test("an upstream that fails fails the whole question", async () => {
    const error = new UpstreamError("down", { source: "main", kind: "network" });
    const client = { ...fakeClient(() => 1), rangeQuery: () => Promise.reject(error) };
    await expect(askAll(client, names(3), RANGE, signal)).rejects.toBe(error);
  });

  test("a range of more points than servers give is asked in parts and put together", async () => {
    const client = fakeClient((_, at) => at);
    const range = { from: 0, to: 25_000 * MINUTE, stepMs: MINUTE };
    const answer = (await askAll(client, ["sum(q1)"], range, signal)).get("sum(q1)");
    expect(client.asked.length).toBe(3);
    expect(answer && "series" in answer && answer.series.size).toBe(25_001);
  });
});

test("joined queries are PromQL and stay within 16 KB", () => {
  const query = fc.integer({ min: 1, max: 9000 }).map((length) => `sum(x${"y".repeat(length)})`);
  fc.assert(
    fc.property(fc.array(query, { minLength: 1, maxLength: 12 }), (queries) => {
      const groups = batches(queries);
      expect(groups.flat()).toEqual(queries);
      for (const group of groups) {
        expect(group.length).toBeLessThanOrEqual(5);
        expect(joinQueries(group).length).toBeLessThan(16_384);
        expect(parsePromql(joinQueries(group))).toHaveProperty("tree");
      }
    }),
  );
});

test("parts of a range tile it, each under 11,000 points", () => {
  const steps = fc.integer({ min: 0, max: 60_000 });
  fc.assert(
    fc.property(steps, (count) => {
      const parts = splitRange({ from: 0, to: count * MINUTE, stepMs: MINUTE });
      expect(parts[0]?.from).toBe(0);
      expect(parts.at(-1)?.to).toBe(count * MINUTE);
      for (const [i, part] of parts.entries()) {
        expect((part.to - part.from) / MINUTE).toBeLessThan(11_000);
        if (i > 0) expect(part.from).toBe((parts[i - 1]?.to ?? 0) + MINUTE);
      }
    }),
  );
});

describe("inParallel", () => {
  test("runs no more than its limit at once, and everything once", async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await inParallel([1, 2, 3, 4, 5, 6], 2, async (task) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      done.push(task);
    });
    expect(most).toBe(2);
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("begins nothing new after a failure", async () => {
    const begun: number[] = [];
    const run = async (task: number) => {
      begun.push(task);
      await Promise.resolve();
      throw new Error(`task ${task}`);
    };
    await expect(inParallel([1, 2, 3, 4, 5], 2, run)).rejects.toThrow("task 1");
    expect(begun).toEqual([1, 2]);
  });
});
