import { afterAll, beforeAll, expect, test } from "vitest";
import { readWebhooksView } from "#app/_data/settings/webhooks/read.ts";
import type { Store } from "#db/connection.ts";
import { testStore } from "#db/testing.ts";
import { createWebhookSecret, revokeWebhookSecret, storeDelivery } from "#db/writes/webhooks.ts";
import { LOCAL } from "#lib/access/actor.ts";

const URL = "https://plimsoll.example";

let store: Store;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store.close());

test("the webhooks page says where to deliver, with which secrets, and what arrived", async () => {
  const { db } = store;
  const by = { actor: LOCAL, address: null, at: 1 };
  const secret = (id: string) => ({ id, source: "github" as const, sealed: "sealed", hint: id });
  const hints = async () => {
    const { secrets, mayAdd } = (await readWebhooksView(db, URL)).github;
    return { hints: secrets.map(({ hint }) => hint), mayAdd };
  };
  await createWebhookSecret(db, by, secret("one1"));
  expect(await hints()).toEqual({ hints: ["one1"], mayAdd: true });
  await createWebhookSecret(db, { ...by, at: 2 }, secret("two2"));
  expect(await hints()).toEqual({ hints: ["one1", "two2"], mayAdd: false });
  await revokeWebhookSecret(db, by, { source: "github", id: "one1" });
  expect(await hints()).toEqual({ hints: ["two2"], mayAdd: true });

  const delivery = { source: "pagerduty" as const, deliveryId: "d1", event: "incident.resolved" };
  await storeDelivery(db, { ...delivery, body: "{}", receivedAt: 3 });
  const view = await readWebhooksView(db, URL);
  expect(view.pagerduty).toMatchObject({ url: `${URL}/api/webhooks/pagerduty`, secrets: [] });
  expect(view.alertmanager.url).toBe(`${URL}/api/webhooks/alertmanager`);
  expect(view.deliveries).toMatchObject([{ ...delivery, bytes: 2, processedAt: null }]);
  expect(JSON.stringify(view)).not.toContain("sealed");
});
