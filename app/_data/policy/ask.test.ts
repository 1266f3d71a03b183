import { afterAll, beforeAll, expect, test } from "vitest";
import { readAskView } from "#app/_data/policy/ask.ts";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import type { Store } from "#db/connection.ts";
import { inForce } from "#db/suites/definitions.ts";
import { testStore } from "#db/testing.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveDeployments } from "#db/writes/delivery.ts";
import { deployed } from "#lib/dora/testing.ts";
import { DAY } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 10, 21);

let store: Store;
beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
});
afterAll(async () => {
  release();
  await store.close();
});

test("a service is offered the environments that it is deployed to, not those of others", async () => {
  const slos = ["checkout", "search"].map((service) => inForce({ name: "a", service }));
  await applyCatalog(store.db, { documents: [], slos, now: NOW - 100 * DAY });
  const to = (id: string, service: string, environment: string, days: number) =>
    deployed(id, 0, { service, environment, createdAt: NOW - days * DAY });
  await saveDeployments(store.db, [
    to("1", "checkout", "staging", 1),
    to("2", "search", "production-search", 1),
    to("3", "checkout", "long-gone", 95),
  ]);
  const view = await readAskView(store.db, {
    actor: { kind: "local" },
    address: new URLSearchParams(),
    now: NOW,
  });
  expect(view.services.map(({ service, environments }) => [service, environments])).toEqual([
    ["checkout", ["production", "staging"]],
    ["search", ["production", "production-search"]],
  ]);
});
