import { afterAll, beforeAll, expect, test } from "vitest";
import { readWebhooksView } from "#app/_data/settings/webhooks/read.ts";
import { sealWebhookSecret } from "#auth/webhooks/secrets.ts";
import type { Store } from "#db/connection.ts";
import { slis, slos, sloVersions } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { createWebhookSecret, revokeWebhookSecret, storeDelivery } from "#db/writes/webhooks.ts";
import { LOCAL } from "#lib/access/actor.ts";
import { sloOf } from "#lib/slo/testing.ts";

const URL = "https://plimsoll.example";
const SERVER = { publicUrl: URL, secret: "the secret of this server, long enough" };

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
    const { secrets, mayAdd } = (await readWebhooksView(db, SERVER)).github;
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
  const view = await readWebhooksView(db, SERVER);
  expect(view.pagerduty).toMatchObject({ url: `${URL}/api/webhooks/pagerduty`, secrets: [] });
  expect(view.alertmanager.url).toBe(`${URL}/api/webhooks/alertmanager`);
  expect(view.deliveries).toMatchObject([{ ...delivery, bytes: 2, processedAt: null }]);
  expect(JSON.stringify(view)).not.toContain("sealed");
});

test("the webhooks page names the alerts of a delivery, and what none of ours is called", async () => {
  const { db } = store;
  const own = { id: 7, service: "cart", name: "availability", documentPath: "a.yaml", version: 1 };
  const definition = sloOf({ service: "cart", name: "availability" });
  await db
    .insert(slis)
    .values({ id: 1, key: "k", source: "main", definition: definition.sli, createdAt: 1 });
  await db.insert(slos).values({ ...own, team: null, createdAt: 1 });
  await db.insert(sloVersions).values({ sloId: 7, sliId: 1, version: 1, validFrom: 1, definition });
  const alert = (labels: Record<string, string>, status = "firing") => ({
    ...{ status, labels: { alertname: "Burn", ...labels }, fingerprint: JSON.stringify(labels) },
    startsAt: "2026-11-21T10:00:00Z",
  });
  const alerts = [
    alert({ slo: "cart/availability", tier: "page-fast" }, "resolved"),
    alert({ slo: "nosuchslo", service: "cart" }),
    alert({ slo: "a/b" }),
    alert({}),
  ];
  const sent = { source: "alertmanager" as const, deliveryId: "a", event: "firing" };
  const receivedAt = Date.UTC(2026, 10, 21, 11);
  await storeDelivery(db, { ...sent, body: JSON.stringify({ alerts }), receivedAt });
  await storeDelivery(db, { ...sent, deliveryId: "b", body: "not json", receivedAt: 4 });
  const { deliveries } = await readWebhooksView(db, SERVER);
  const told = deliveries.find(({ deliveryId }) => deliveryId === "a")?.alerts;
  expect(told?.map(({ tiedTo, named }) => [tiedTo, named])).toEqual([
    ["cart/availability", null],
    ["cart", "cart/nosuchslo"],
    [null, "a/b"],
    [null, null],
  ]);
  expect(told?.[0]).toMatchObject({ name: "Burn", tier: "page-fast", isOver: true });
  expect(deliveries.find(({ deliveryId }) => deliveryId === "b")?.alerts).toBeNull();
  expect(JSON.stringify(deliveries)).not.toContain("not json");
});

test("the webhooks page says which secrets this server can open", async () => {
  const { db } = store;
  const by = { actor: LOCAL, address: null, at: 4 };
  const sealedBy = (secret: string) => ({
    source: "pagerduty" as const,
    ...sealWebhookSecret("a secret of PagerDuty", secret),
  });
  await createWebhookSecret(db, by, sealedBy("what this server's secret was before"));
  await createWebhookSecret(db, { ...by, at: 5 }, sealedBy(SERVER.secret));
  const { secrets } = (await readWebhooksView(db, SERVER)).pagerduty;
  expect(secrets.map(({ opens }) => opens)).toEqual([false, true]);
});
