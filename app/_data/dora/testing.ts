import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import {
  type DeliverySettings,
  deliverySettings,
  githubShape,
  incidentsShape,
  servicesShape,
} from "#config/delivery.ts";
import type { Store } from "#db/connection.ts";
import { inForce } from "#db/suites/definitions.ts";
import { batch } from "#db/suites/deliveries.ts";
import { testStore } from "#db/testing.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveDelivery } from "#db/writes/delivery.ts";
import { at, brought, deployed, incident, pull } from "#lib/dora/testing.ts";

/**
 * For tests of delivery pages and routes: two services of two teams, read from GitHub with their incidents,
 * and a third of nobody, whose pipeline posts.
 */

/** Changes of shop: quick in January's first half, then one that waited 10 days to be shipped. */
const changes = [
  pull(1, { from: 20, to: 30, sha: "m1" }, { firstReviewAt: at(26) }),
  pull(2, { from: 40, to: 50, sha: "m2" }),
  pull(3, { from: 200, to: 210, sha: "m3" }, { url: "https://git.example/o/shop/pull/3" }),
  pull(4, { from: 455, to: 470, sha: "m4" }),
  pull(5, { from: 480, to: 490, sha: "m5" }),
];

const records = [
  deployed("d0", 10),
  deployed("d1", 36),
  deployed("d2", 60),
  deployed("d3", 460),
  deployed("d4", 475, { ref: "v4" }),
  deployed("broken", 476, { statuses: [{ state: "failure", at: at(476.5) }] }),
  deployed("stage", 477, { environment: "staging" }),
  deployed("c1", 100, { service: "cart" }),
  deployed("c2", 430, { service: "cart" }),
  deployed("o1", 50, { service: "orphan", source: "api" }),
];

const incidents = [
  incident("i1", { from: 461, to: 465 }, { title: "Checkout is slow" }),
  incident("i2", { from: 431, to: null }, { service: "cart", severity: "SEV1" }),
];

/** A server that has these facts, all of which were read up to `now`. */
export async function deliveryStore(now = Date.now()): Promise<Store> {
  const store = await testStore();
  const slos = [
    inForce({ name: "availability", service: "shop", team: "storefront" }),
    inForce({ name: "availability", service: "cart", team: "checkout" }),
  ];
  await applyCatalog(store.db, { documents: [], slos, now: at(0) });
  const delivery = batch("github", {
    ...{ deployments: records, changes, incidents },
    shipped: [
      brought("d1", "d0", ["m1"]),
      brought("d2", "d1", ["m2"]),
      brought("d3", "d2", ["m3"]),
      brought("d4", "d3", ["m4"]),
    ],
    repositories: [repository("o/shop"), repository("o/cart")],
  });
  await saveDelivery(store.db, delivery, now);
  serveFrom(store, { delivery: readFrom({ shop: "o/shop", cart: "o/cart" }) });
  return store;
}

function repository(fullName: string) {
  const url = `https://git.example/${fullName}`;
  return { id: fullName, fullName, url, collectedFrom: at(-9_000), complete: true };
}

/** A configuration in which these services have these repositories, and their issues tell of incidents. */
export function readFrom(
  repositories: Readonly<Record<string, string>>,
  incidents: object = { github: { labels: ["incident"] } },
): DeliverySettings {
  return deliverySettings({
    github: githubShape.parse({ token: "t" }),
    incidents: incidentsShape.parse(incidents),
    services: servicesShape.parse(
      Object.entries(repositories).map(([name, repository]) => ({ name, repository })),
    ),
  });
}

export async function closeDelivery(store: Store): Promise<void> {
  release();
  delete (globalThis as { [key: symbol]: unknown })[Symbol.for("plimsoll.delivery")];
  await store.close();
}
