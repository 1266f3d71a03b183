import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import { owning } from "#app/api/v1/testing.ts";
import type { Store } from "#db/connection.ts";
import { batch, deliveryTables } from "#db/suites/deliveries.ts";
import { testStore } from "#db/testing.ts";
import { saveDelivery } from "#db/writes/delivery.ts";
import { deployed } from "#lib/dora/testing.ts";

let store: Store;
beforeAll(async () => {
  store = await testStore();
  serveFrom(store, { delivery: owning({}) });
});
beforeEach(async () => {
  for (const table of deliveryTables) await store.db.delete(table);
});
afterAll(async () => {
  release();
  await store.close();
});

const save = (parts: Parameters<typeof batch>[1], now = 0) =>
  saveDelivery(store.db, batch("github", parts), now);
const from = (collectedFrom: number) => ({
  repositories: [{ id: "R", fullName: "a/b", url: "https://x/", collectedFrom, complete: false }],
});

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
  await save({ deployments: [deployed("d1", 1)], ...from(900) });
  expect((await readDelivery(store.db)).synced).toMatchObject({ deployments: 900, changes: 900 });
  await save(from(100), 1);
  expect((await readDelivery(store.db)).synced).toMatchObject({ deployments: 100, changes: 100 });
});

test("without any incident there is no source of them", async () => {
  expect((await readDelivery(store.db)).synced).toEqual({
    ...{ deployments: null, changes: null, incidents: "no-source" },
  });
});
