import { afterAll, beforeAll, expect, test } from "vitest";
import { readSourcesView } from "#app/_data/sources/read.ts";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import type { Store } from "#db/connection.ts";
import { batch } from "#db/suites/deliveries.ts";
import { testStore } from "#db/testing.ts";
import { saveDelivery } from "#db/writes/delivery.ts";
import { registerSources, sourceFailed, sourceSucceeded } from "#db/writes/sources.ts";
import { DAY } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 2, 1);

let store: Store;
beforeAll(async () => {
  store = await testStore();
  const url = "https://api.github.com";
  const github = {
    url,
    token: "t",
    production: "^prod",
    excludeBots: false,
    historyMs: 180 * DAY,
    timeoutMs: 1,
  };
  serveFrom(store, { delivery: { github, incidents: {}, services: [], production: "^prod" } });
});
afterAll(async () => {
  release();
  await store.close();
});

test("a delivery source is shown with its repositories, its quota and how far back it is", async () => {
  const address = "api.github.com";
  await registerSources(store.db, [{ name: "github", kind: "github", address }], NOW);
  const view = async () => (await readSourcesView(store.db, NOW)).deliveries;
  const unasked = { name: "github", address, state: "starting", repositories: [], failures: [] };
  expect(await view()).toEqual([
    { ...unasked, lastSuccessAt: null, error: null, errorSince: null, quota: null, backfill: null },
  ]);

  const repository = (id: string, days: number, complete: boolean) => {
    const from = { collectedFrom: NOW - days * DAY, complete };
    return { id, fullName: `acme/${id}`, url: `https://github.example/acme/${id}`, ...from };
  };
  const failures = [{ repository: "acme/gone", message: "there is no such repository" }];
  const points = { used: 12, remaining: 4_000, limit: 5_000, resetAt: NOW + DAY };
  const repositories = [repository("b", 30, false), repository("a", 180, true)];
  await saveDelivery(store.db, batch("github", { repositories, failures, points }), NOW);
  await sourceSucceeded(store.db, { source: "github", kind: "github", now: NOW });
  expect(await view()).toMatchObject([
    {
      state: "ok",
      lastSuccessAt: NOW,
      quota: points,
      failures,
      repositories: [
        { name: "acme/a", complete: true },
        { name: "acme/b", complete: false },
      ],
      backfill: { share: 30 / 180, daysDone: 30, daysOf: 180 },
    },
  ]);
  expect((await readSourcesView(store.db, NOW)).sources).toEqual([]);

  const whole = [repository("b", 180, true)];
  await saveDelivery(store.db, batch("github", { repositories: whole, points }), NOW);
  await sourceFailed(store.db, { source: "github", kind: "github", now: NOW, message: "github …" });
  expect(await view()).toMatchObject([
    { state: "failed", error: "github …", lastSuccessAt: NOW, failures: [], backfill: null },
  ]);
});
