import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { readFrom } from "#app/_data/dora/testing.ts";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import { owning } from "#app/api/v1/testing.ts";
import type { Store } from "#db/connection.ts";
import { batch, deliveryTables } from "#db/suites/deliveries.ts";
import { testStore } from "#db/testing.ts";
import { saveDelivery } from "#db/writes/delivery.ts";
import { saveIncidents } from "#db/writes/incidents.ts";
import { knowledgeOf } from "#lib/dora/knowledge.ts";
import { at, deployed, incident } from "#lib/dora/testing.ts";

const LABELS = { github: { labels: ["incident"] } };

let store: Store;
beforeAll(async () => {
  store = await testStore();
});
beforeEach(async () => {
  serveFrom(store, { delivery: readFrom({ shop: "o/shop", gone: "o/gone" }, LABELS) });
  for (const table of deliveryTables) await store.db.delete(table);
});
afterAll(async () => {
  release();
  await store.close();
});

const save = (parts: Parameters<typeof batch>[1], now = 0) =>
  saveDelivery(store.db, batch("github", parts), now);
const from = (collectedFrom: number) => ({
  repositories: [
    { id: "R", fullName: "o/shop", url: "https://x/", collectedFrom, complete: false },
  ],
});
const known = async (service = "shop") =>
  knowledgeOf((await readDelivery(store.db)).knowledge, service);

test("the facts are joined once for as long as none changes", async () => {
  await save({ deployments: [deployed("d1", 1)] });
  const first = await readDelivery(store.db);
  expect(first.delivery.verdicts).toHaveLength(1);
  await save({ deployments: [deployed("d1", 1)], cursor: { after: 2 } });
  expect((await readDelivery(store.db)).delivery).toBe(first.delivery);
  await save({ deployments: [deployed("d2", 9)] });
  expect((await readDelivery(store.db)).delivery.verdicts).toHaveLength(2);
});

test("how far back everything is known is read anew, though no fact has changed", async () => {
  await save({ deployments: [deployed("d1", 1)], ...from(900) }, 1_000);
  expect(await known()).toMatchObject({ deployments: { from: 900, through: 1_000 } });
  await save(from(100), 2_000);
  expect(await known()).toMatchObject({ deployments: { from: 100, through: 2_000 } });
});

test("only the source that was settled tells how far deployments are known", async () => {
  const settled = (source: string) => ({
    cursor: { repositories: { "o/shop": { id: "R", chosen: { shop: source } } } },
  });
  const deployments = [deployed("d1", 1), deployed("p1", 9, { source: "api" })];
  await save({ deployments, ...from(100), ...settled("deployment") }, 1_000);
  expect(await known()).toMatchObject({ deployments: { from: 100, through: 1_000 } });
  await save(settled("api"));
  expect(await known()).toMatchObject({ deployments: { from: at(9) }, changes: { from: 100 } });
});

test("a repository that GitHub does not show is not read, though others are", async () => {
  await save(from(100), 1_000);
  expect(await known("gone")).toEqual({ deployments: null, changes: null, incidents: null });
});

test("without any source of incidents there is none, also when another service has one", async () => {
  serveFrom(store, { delivery: owning({ shop: "t", cart: "t" }) });
  expect(await known()).toEqual({
    ...{ deployments: "no-source", changes: "no-source", incidents: "no-source" },
  });
  const told = [incident("i1", { from: 3, to: 4 }, { service: "cart" })];
  await saveIncidents(store.db, told, { origin: "api", now: at(9) });
  expect(await known()).toMatchObject({ incidents: "no-source" });
  expect(await known("cart")).toMatchObject({ incidents: { from: at(3) } });
});

test("PagerDuty that never answered leaves its services unknown, however well GitHub is read", async () => {
  const pagerduty = { token: "t", services: { P1: "shop" } };
  serveFrom(store, {
    delivery: readFrom({ shop: "o/shop", cart: "o/cart" }, { ...LABELS, pagerduty }),
  });
  await save(from(100), 1_000);
  expect(await known()).toMatchObject({ deployments: { from: 100 }, incidents: null });
  const cursor = { newestAt: 900, collectedFrom: 200, seen: {} };
  await saveDelivery(store.db, batch("pagerduty", { cursor }), 1_000);
  expect(await known()).toMatchObject({ incidents: { from: 200, through: 900 } });
});
