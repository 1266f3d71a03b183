import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askedDora } from "#app/_data/dora/ask.ts";
import { readDora } from "#app/_data/dora/read.ts";
import { readServiceDelivery } from "#app/_data/dora/service.ts";
import { readTeamDelivery } from "#app/_data/dora/team.ts";
import { closeDelivery, deliveryStore } from "#app/_data/dora/testing.ts";
import { whyWords } from "#components/dora/why.ts";
import type { Store } from "#db/connection.ts";
import { at } from "#lib/dora/testing.ts";
import { HOUR } from "#lib/time/duration.ts";

let store: Store;
beforeAll(async () => {
  store = await deliveryStore();
});
afterAll(() => closeDelivery(store));

const NOW = at(500);
const read = (query: string) => readDora(store.db, askedDora(new URLSearchParams(query), NOW), NOW);
const metricOf = (view: Awaited<ReturnType<typeof read>>["view"], name: string) =>
  view.metrics.find((metric) => metric.name === name);

const TEN_DAYS = "period=days&from=2026-01-12&to=2026-01-21";

describe("the delivery page", () => {
  test("puts all services in one pot, says so, and lists each for itself", async () => {
    const { view, choices } = await read("period=2026-01");
    expect(metricOf(view, "deploymentFrequency")?.now).toMatchObject({ value: 8, n: 8 });
    expect(metricOf(view, "leadTime")?.now.flags).toContain("pooled");
    expect(
      view.services.map(({ service, teams, metrics }) => [
        service,
        teams.join(),
        metrics.deploymentFrequency.value,
        metrics.leadTime.value,
      ]),
    ).toEqual([
      ["cart", "checkout", 2, null],
      ["orphan", "", 1, null],
      ["shop", "storefront", 5, 20 * HOUR],
    ]);
    expect(choices).toMatchObject({
      teams: ["checkout", "storefront"],
      services: ["cart", "orphan", "shop"],
    });
    expect(choices.months.slice(0, 2)).toEqual(["2026-01", "2025-12"]);
  });

  test("of a team has its services alone", async () => {
    const { view } = await read("period=2026-01&team=storefront");
    expect(view.services.map(({ service }) => service)).toEqual(["shop"]);
    expect(metricOf(view, "deploymentFrequency")?.now.value).toBe(5);
    const { view: nobody } = await read("period=2026-01&team=storefront&service=cart");
    // The team has no such service: of nothing, nothing is known.
    expect(metricOf(nobody, "deploymentFrequency")?.now.value).toBeNull();
  });

  test("says of which services what is missing, and of whose incidents nothing is known", async () => {
    const { view } = await read("period=2026-01");
    expect(view.gaps).toEqual([
      ...[{ service: "orphan", kind: "deployments", state: "part", since: at(50), through: null }],
    ]);
    expect(view.blind).toEqual(["orphan"]);
    expect(metricOf(view, "changeFailureRate")).toMatchObject({
      now: { n: 7, flags: expect.arrayContaining(["partly-synced", "no-incident-source"]) },
      level: { state: "none", reason: "partly-synced" },
    });
    const { view: shop } = await read("period=2026-01&service=shop");
    expect([shop.gaps, shop.blind]).toEqual([[], []]);
  });

  test("answers why lead time is up: the stage, the slowest change, its commits", async () => {
    const { view } = await read(`${TEN_DAYS}&service=shop`);
    const { change, slowest, bars } = view.leadTime;
    expect(change?.stages[0]?.stage).toBe("waiting");
    expect(whyWords(change)).toMatch(/longer than in the period before: waiting to deploy takes/);
    expect(slowest.map(({ number, leadTimeMs }) => [number, leadTimeMs / HOUR])).toEqual([
      [3, 260],
      [4, 20],
    ]);
    const [first] = slowest;
    expect(first?.commits).toEqual([
      {
        sha: "branch-of-3",
        authoredAt: at(200),
        url: "https://git.example/o/shop/commit/branch-of-3",
      },
    ]);
    const sum = Object.values(first?.stages ?? {}).reduce<number>((all, ms) => all + (ms ?? 0), 0);
    expect(sum).toBe(first?.leadTimeMs);
    expect(bars.reduce((n, bar) => n + bar.n, 0)).toBe(2);
  });

  test("has the period before beside each number, and six months behind it", async () => {
    const { view } = await read(`${TEN_DAYS}&service=shop`);
    const leadTime = metricOf(view, "leadTime");
    expect(leadTime?.before.value).toBe(18 * HOUR);
    expect(leadTime?.trend.map(({ month, complete }) => [month, complete])).toEqual([
      ["2025-08", true],
      ["2025-09", true],
      ["2025-10", true],
      ["2025-11", true],
      ["2025-12", true],
      ["2026-01", false],
    ]);
    expect(view.addressBefore).toMatchObject({ from: "2026-01-02", to: "2026-01-11" });
  });

  test("opens the rows behind a number, newest first, with what is left out", async () => {
    const { view } = await read("period=2026-01&service=shop&rows=deploymentFrequency");
    expect(view.rows).toMatchObject({
      metric: "deploymentFrequency",
      kind: "deployments",
      total: 5,
    });
    expect(view.rows?.rows.map(({ id }) => id)).toEqual(["d4", "d3", "d2", "d1", "d0"]);
    expect(view.rows?.excluded.map(({ reason, id }) => [reason, id])).toEqual([
      ["never-succeeded", "broken"],
    ]);
    expect((await read("period=2026-01")).view.rows).toBeNull();
  });

  test("reads the facts anew when one changes", async () => {
    const { view } = await read("period=2026-01");
    expect(view.isEmpty).toBe(false);
    await store.db.execute("update deployments set environment = 'prod-eu' where id = 'stage'");
    const { view: after } = await read("period=2026-01");
    await store.db.execute("update deployments set environment = 'staging' where id = 'stage'");
    expect(metricOf(after, "deploymentFrequency")?.now.value).toBe(9);
  });
});

test("a team's page has its metrics, what it shipped last and its open incidents", async () => {
  const view = await readTeamDelivery(store.db, "checkout", NOW);
  expect(view?.lines.map(({ id, outcome, isOpen }) => [id, outcome, isOpen])).toEqual([
    ["c2", "failed", true],
    ["c1", "fine", false],
  ]);
  expect(view?.open.map(({ id, severity }) => [id, severity])).toEqual([["i2", "SEV1"]]);
  expect(view?.metrics).toHaveLength(5);
  expect((await readTeamDelivery(store.db, "nobody", NOW))?.lines).toEqual([]);
});

test("a service's page has its deployments and what waits to be shipped", async () => {
  const view = await readServiceDelivery(store.db, "shop");
  expect(view.lines[0]).toMatchObject({ id: "broken", outcome: "never-reached", changes: null });
  expect(view.lines[1]).toMatchObject({ id: "d4", title: "v4", changes: 1 });
  expect(view.waiting?.map(({ number }) => number)).toEqual([5]);
  expect((await readServiceDelivery(store.db, "nothing")).waiting).toBeNull();
});
