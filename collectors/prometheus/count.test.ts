import { describe, expect, test } from "vitest";
import { count } from "#collectors/prometheus/count.ts";
import { fakeClient } from "#collectors/prometheus/fake.ts";
import type { CountingQuery } from "#lib/promql/counting.ts";
import { MINUTE } from "#lib/time/duration.ts";

const signal = new AbortController().signal;
const RANGE = { from: MINUTE, to: 60 * MINUTE, stepMs: MINUTE };

const counting = (name: string): CountingQuery => ({
  query: `quick_${name}`,
  careful: `careful_${name}`,
  plain: `plain_${name}`,
  presence: null,
  regains: true,
});

/** Quick answers 1, NaN at the odd minutes; careful answers 100. */
function server(odd: readonly number[]) {
  return fakeClient((query, at) => {
    if (query.startsWith("careful")) return 100;
    return query === "quick_a" && odd.includes(at / MINUTE) ? Number.NaN : 1;
  });
}

async function values(odd: readonly number[], client = server(odd)) {
  const answers = await count(client, [counting("a"), counting("b")], RANGE, signal);
  const answer = answers.get("quick_a");
  if (!answer || "refused" in answer) throw new Error("no answer");
  return answer.series;
}

describe("count", () => {
  test("asks nothing more when the quick form answers everywhere", async () => {
    const client = server([]);
    await values([], client);
    expect(client.asked.length).toBe(1);
  });

  test("takes the careful answer where the quick one is NaN, and only there", async () => {
    const client = server([7, 40]);
    const found = await values([7, 40], client);
    expect([...found].filter(([, v]) => v === 100).map(([at]) => at / MINUTE)).toEqual([7, 40]);
    expect(found.size).toBe(60);
    const careful = client.asked.slice(1);
    expect(careful.map(({ range }) => [range.from / MINUTE, range.to / MINUTE])).toEqual([
      [7, 7],
      [40, 40],
    ]);
    expect(careful.every(({ query }) => !query.includes("careful_b"))).toBe(true);
  });

  test("odd minutes near each other are asked in one range", async () => {
    const client = server([7, 9, 12]);
    await values([7, 9, 12], client);
    expect(client.asked.length).toBe(2);
  });

  test("very many odd minutes are asked in few ranges", async () => {
    const client = fakeClient((query, at) => (query.startsWith("c") ? 1 : at % 7 ? 1 : Number.NaN));
    const range = { from: MINUTE, to: 6000 * MINUTE, stepMs: MINUTE };
    await count(client, [counting("a")], range, signal);
    expect(client.asked.length).toBeLessThan(30);
  });

  test("what even the careful form does not know is no answer", async () => {
    const client = fakeClient((_, at) => (at === 5 * MINUTE ? Number.NaN : 1));
    const found = await values([], client);
    expect(found.has(5 * MINUTE)).toBe(false);
    expect(found.size).toBe(59);
  });
});
