import { afterAll, beforeAll, expect, test } from "vitest";
import { askedDora } from "#app/_data/dora/ask.ts";
import { readDora } from "#app/_data/dora/read.ts";
import { readTeamDelivery } from "#app/_data/dora/team.ts";
import { closeDelivery, deliveryStore, readFrom } from "#app/_data/dora/testing.ts";
import { serveFrom } from "#app/api/settings/tokens/testing.ts";
import type { Store } from "#db/connection.ts";
import { batch } from "#db/suites/deliveries.ts";
import { saveDelivery } from "#db/writes/delivery.ts";
import { sourceFailed, sourceSucceeded } from "#db/writes/sources.ts";
import type { MetricName } from "#lib/dora/report.ts";
import { at } from "#lib/dora/testing.ts";
import { HOUR } from "#lib/time/duration.ts";

/** What the delivery page says while a source does not answer. All was read up to NOW. */
const NOW = at(500);
const LABELS = { github: { labels: ["incident"] } };

let store: Store;
beforeAll(async () => {
  store = await deliveryStore(NOW);
});
afterAll(() => closeDelivery(store));

async function pageOf(service: string, now = NOW) {
  const ask = askedDora(new URLSearchParams({ period: "2026-01", service }), now);
  const { view } = await readDora(store.db, ask, now);
  const metric = (name: MetricName) => view.metrics.find((one) => one.name === name);
  return { view, metric };
}

test("PagerDuty that never answered: no failure rate of its service, however well GitHub is read", async () => {
  const pagerduty = { token: "t", services: { P1: "shop" } };
  const repositories = { shop: "o/shop", cart: "o/cart" };
  serveFrom(store, { delivery: readFrom(repositories, { ...LABELS, pagerduty }) });
  await sourceFailed(store.db, {
    ...{ source: "pagerduty", kind: "pagerduty", message: "refused", now: NOW },
  });
  const { view, metric } = await pageOf("shop");
  expect(view.sources).toContainEqual({ name: "pagerduty", state: "failed", lastSuccessAt: null });
  expect(metric("deploymentFrequency")?.now).toMatchObject({ value: 5, flags: [] });
  expect(metric("changeFailureRate")).toMatchObject({
    now: { value: null, reason: "not-synced" },
    level: { state: "none" },
  });
  expect(view.gaps).toMatchObject([{ service: "shop", kind: "incidents", state: "unread" }]);
  const { metric: ofCart } = await pageOf("cart");
  expect(ofCart("changeFailureRate")?.now.value).toBe(0.5);
  const cursor = { newestAt: NOW - 3 * HOUR, collectedFrom: at(-9_000), seen: {} };
  await saveDelivery(store.db, batch("pagerduty", { cursor }), NOW);
  const { metric: later } = await pageOf("shop");
  expect(later("changeFailureRate")?.now).toMatchObject({
    ...{ value: 0.2, flags: expect.arrayContaining(["partly-synced"]) },
    known: { from: at(0), to: NOW - 3 * HOUR },
  });
});

test("a repository that GitHub does not show has no zero, and another's numbers stay", async () => {
  serveFrom(store, { delivery: readFrom({ shop: "o/shop", gone: "o/gone" }) });
  const { view, metric } = await pageOf("gone");
  expect(metric("deploymentFrequency")).toMatchObject({
    now: { value: null, reason: "not-synced" },
    level: { state: "none", reason: "no-value" },
  });
  expect(view.gaps.map(({ service, kind, state }) => [service, kind, state])).toEqual([
    ["gone", "deployments", "unread"],
    ["gone", "incidents", "unread"],
  ]);
  const { metric: ofShop } = await pageOf("shop");
  expect(ofShop("deploymentFrequency")?.now).toMatchObject({ value: 5, flags: [] });
});

test("GitHub that stopped answering: the number covers the days before, without a level", async () => {
  serveFrom(store, { delivery: readFrom({ shop: "o/shop", cart: "o/cart" }) });
  await sourceSucceeded(store.db, { source: "github", kind: "github", now: NOW });
  const soon = await pageOf("shop", NOW + HOUR / 6);
  expect(soon.metric("deploymentFrequency")?.now.flags).toEqual([]);
  const { view, metric } = await pageOf("shop", at(1_000));
  expect(metric("deploymentFrequency")).toMatchObject({
    now: { value: 5, flags: ["partly-synced"], known: { from: at(0), to: NOW } },
    level: { state: "none", reason: "partly-synced" },
  });
  expect(metric("deploymentFrequency")?.trend.at(-1)).toMatchObject({ partly: true });
  expect(view.gaps).toMatchObject([
    { kind: "deployments", state: "part", since: null, through: NOW },
    { kind: "incidents", state: "part", since: null, through: NOW },
  ]);
  const team = await readTeamDelivery(store.db, "storefront", at(1_000));
  expect(team?.metrics[0]?.now.flags).toContain("partly-synced");
});
