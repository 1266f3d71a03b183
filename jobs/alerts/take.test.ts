import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#db/connection.ts";
import { readDeliveries } from "#db/reads/webhooks.ts";
import { alerts, webhookDeliveries } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { type NewDelivery, storeDelivery } from "#db/writes/webhooks.ts";
import { takeAlerts } from "#jobs/alerts/take.ts";

const NOW = Date.UTC(2026, 10, 21, 4);
const FIXTURES = "app/api/webhooks/__fixtures__";
const recorded = (name: string) => readFileSync(`${FIXTURES}/${name}.json`, "utf8");
const GROUP = recorded("alertmanager-payload");
const FIRST = recorded("alertmanager-payload-first-firing");

let store: Store;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  for (const table of [alerts, webhookDeliveries]) await store.db.delete(table);
});

let sent = 0;
const deliver = (body: string, of: Partial<NewDelivery> = {}) =>
  storeDelivery(store.db, {
    ...{ source: "alertmanager", deliveryId: `a${++sent}`, event: "firing", body },
    ...{ receivedAt: NOW, ...of },
  });
const take = () => takeAlerts(store.db, () => NOW + 1, { atOnce: 2 });
const kept = async () =>
  (await store.db.select().from(alerts).orderBy(alerts.name)).map(({ name, endsAt }) => [
    name,
    endsAt,
  ]);
const ENDED = Date.parse("2026-11-21T03:56:06.256Z");

describe("deliveries of Alertmanager", () => {
  test.each([
    ["in order", [FIRST, GROUP]],
    ["reversed", [GROUP, FIRST]],
    ["many times", [GROUP, FIRST, GROUP, FIRST, FIRST]],
  ])("become one alert per firing, %s", async (_, bodies) => {
    for (const body of bodies) await deliver(body);
    expect(await take()).toBe(bodies.length);
    expect(await take()).toBe(0);
    expect(await kept()).toEqual([
      ["DiskFull", null],
      ["ErrorBudgetBurn", ENDED],
    ]);
    const [row] = await store.db.select().from(alerts);
    expect(row?.labels).toMatchObject({ service: "checkout" });
    expect((await readDeliveries(store.db)).map(({ processedAt }) => processedAt)).toEqual(
      bodies.map(() => NOW + 1),
    );
  });

  test("with mistakes are told of on their own, and the rest is taken", async () => {
    const broken = GROUP.replace(/"fingerprint":"[^"]*"/, '"fingerprint":""');
    for (const body of ["not json", broken, '{"alerts":7}', FIRST]) await deliver(body);
    expect(await take()).toBe(4);
    expect((await readDeliveries(store.db)).map(({ error }) => error).reverse()).toEqual([
      "It is not JSON.",
      "alerts[0]: has no fingerprint.",
      "It holds no list of alerts.",
      null,
    ]);
    expect((await kept()).length).toBe(2);
  });

  test("of other senders are left alone", async () => {
    await deliver(FIRST, { source: "github" });
    expect([await take(), await kept()]).toEqual([0, []]);
  });
});
