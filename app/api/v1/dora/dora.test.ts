import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDelivery, deliveryStore } from "#app/_data/dora/testing.ts";
import { refused } from "#app/api/settings/asking.ts";
import { ORIGIN, signedIn } from "#app/api/settings/tokens/testing.ts";
import { GET as dora } from "#app/api/v1/dora/route.ts";
import { GET as rowsCsv } from "#app/api/v1/dora/rows.csv/route.ts";
import { doraAnswer } from "#app/api/v1/dora/schema.ts";
import type { Store } from "#db/connection.ts";

let store: Store;
let headers: Record<string, string>;
beforeAll(async () => {
  store = await deliveryStore();
  headers = await signedIn(store, { name: "Vera" });
});
afterAll(() => closeDelivery(store));

const JANUARY = "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z";
const context = { params: Promise.resolve({}) };
const ask = (query: string) =>
  dora(new Request(`${ORIGIN}/api/v1/dora?${query}`, { headers }), context);
const answer = async (query: string) => {
  const response = await ask(query);
  expect(response.status).toBe(200);
  return doraAnswer.parse(await response.json());
};

describe("GET /api/v1/dora", () => {
  test("keeps to its schema, with times in UTC and the rows by id", async () => {
    const { window, metrics } = await answer(`${JANUARY}&service=shop`);
    expect(window).toEqual({
      from: "2026-01-01T00:00:00.000Z",
      to: "2026-02-01T00:00:00.000Z",
      zone: "UTC",
    });
    expect(metrics.deploymentFrequency.rows).toEqual(["d0", "d1", "d2", "d3", "d4"]);
    expect(metrics.deploymentFrequency.excluded).toEqual([
      { reason: "never-succeeded", id: "broken", service: "shop", at: expect.any(String), n: 1 },
    ]);
    expect(metrics.changeFailureRate).toMatchObject({ value: 0.2, n: 5, rows: ["d3"] });
    expect(metrics.leadTime.stages?.map(({ stage }) => stage)).toHaveLength(5);
  });

  test("says why there is no number", async () => {
    const { metrics } = await answer("from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z");
    expect(metrics.leadTime).toMatchObject({ value: null, reason: "no-deployments" });
    expect(metrics.deploymentFrequency).toMatchObject({ value: 0, flags: [] });
  });

  test("says which part of a range a number covers, and never 0 of what was not read", async () => {
    const { metrics } = await answer(JANUARY);
    expect(metrics.deploymentFrequency).toMatchObject({
      flags: ["pooled", "partly-synced"],
      known: { from: "2026-01-03T02:00:00.000Z", to: "2026-02-01T00:00:00.000Z" },
    });
    expect((await answer(`${JANUARY}&service=shop`)).metrics.leadTime.known).toBeUndefined();
    const before = await answer("from=2025-12-01T00:00:00Z&to=2026-01-01T00:00:00Z&service=orphan");
    expect(before.metrics.deploymentFrequency).toMatchObject({ value: null, reason: "not-synced" });
    expect(before.metrics.changeFailureRate).toMatchObject({ reason: "no-incident-source" });
  });

  test("takes the last 30 days of its zone when no range is given", async () => {
    const { window } = await answer("zone=Pacific/Auckland");
    const length = Date.parse(window.to) - Date.parse(window.from);
    expect(Math.round(length / 86_400_000)).toBe(30);
    expect(Date.parse(window.to)).toBeGreaterThan(Date.now());
  });

  test.each([
    ["zone=Berlin", "zone"],
    ["from=yesterday", "from"],
    ["from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", "to"],
    ["from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "from"],
    ["team=storefrnt", "team"],
    ["service=shp", "service"],
    ["servce=shop", "servce"],
  ])("%s is refused with the field at fault", async (query, field) => {
    expect(await refused(await ask(query))).toEqual([400, "bad-parameter", field]);
  });

  test("asks who is there", async () => {
    const nobody = await dora(new Request(`${ORIGIN}/api/v1/dora`), context);
    expect(nobody.status).toBe(401);
  });
});

/** A CSV read back: no field of these has a comma or a quote. */
function table(text: string): Record<string, string>[] {
  const [head = "", ...lines] = text.trimEnd().split("\r\n");
  const names = head.split(",");
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, i) => [names[i] ?? "", cell])),
  );
}

const median = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
};

describe("the CSV of the rows behind a number", () => {
  const csv = async (query: string) => {
    const url = `${ORIGIN}/api/v1/dora/rows.csv?${JANUARY}&${query}`;
    return rowsCsv(new Request(url, { headers }), context);
  };
  const rows = async (query: string) => table(await (await csv(query)).text());

  test.each(["", "&service=shop", "&team=checkout"])("recomputes to it: all%s", async (scope) => {
    const { metrics } = await answer(JANUARY + scope);
    const deployments = await rows(`metric=deploymentFrequency${scope}`);
    expect(deployments).toHaveLength(metrics.deploymentFrequency.value ?? -1);
    const judged = await rows(`metric=changeFailureRate${scope}`);
    const share = (all: typeof judged, column: string) =>
      all.filter((row) => row[column] === "true").length / all.length;
    expect(share(judged, "failed")).toBe(metrics.changeFailureRate.value);
    expect(share(deployments, "rework")).toBe(metrics.reworkRate.value);
    const changes = (await rows(`metric=leadTime${scope}`)).map((row) => Number(row.lead_time_ms));
    expect(changes).toHaveLength(metrics.leadTime.n);
    if (changes.length > 0) expect(median(changes)).toBe(metrics.leadTime.value);
  });

  test("of recovery recomputes once nothing is open", async () => {
    const { metrics } = await answer(`${JANUARY}&service=shop`);
    const all = await rows("metric=recoveryTime&service=shop");
    const times = all.flatMap((row) => (row.recovery_ms ? [Number(row.recovery_ms)] : []));
    expect(times).toHaveLength(1);
    expect(median(times)).toBe(metrics.recoveryTime.value);
  });

  test("can tell what was left out instead, and is a file to keep", async () => {
    const response = await csv("metric=leadTime&service=shop&what=excluded");
    expect(response.headers.get("content-disposition")).toBe(
      'attachment; filename="plimsoll-leadTime-excluded-2026-01-01-to-2026-01-31.csv"',
    );
    expect(table(await response.text()).map(({ reason, id }) => [reason, id])).toEqual([
      ["first-deployment", "d0"],
    ]);
  });

  test("tells by its name and a header that a part of the range is missing", async () => {
    const { headers: told } = await csv("metric=deploymentFrequency");
    expect(told.get("content-disposition")).toContain("-2026-01-31-not-all-known.csv");
    expect(told.get("plimsoll-known")).toBe("2026-01-03T02:00:00.000Z/2026-02-01T00:00:00.000Z");
    const whole = await csv("metric=deploymentFrequency&service=shop");
    expect(whole.headers.has("plimsoll-known")).toBe(false);
  });

  test.each([
    ["", "metric"],
    ["metric=speed", "metric"],
    ["metric=leadTime&what=all", "what"],
  ])("%j is refused", async (query, field) => {
    expect(await refused(await csv(query))).toEqual([400, "bad-parameter", field]);
  });
});
