import { afterAll, beforeAll, expect, test } from "vitest";
import { readSourcesView } from "#app/_data/sources/read.ts";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import type { Store } from "#db/connection.ts";
import { sliGaps, sliProgress, slis, slos, sloVersions } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { registerSources } from "#db/writes/sources.ts";
import { sloOf } from "#lib/slo/testing.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 2, 1, 20, 8);
const LAST = NOW - HOUR;
const { sli } = sloOf({});

let store: Store;
beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  await registerSources(store.db, [{ name: "main", kind: "prometheus", address: "a" }], 0);
  for (const id of [1, 2]) await seed(id);
});
afterAll(async () => {
  release();
  await store.close();
});

/** An SLI with data up to LAST, in use by an SLO. */
async function seed(id: number): Promise<void> {
  const { db } = store;
  const own = { id, service: "shop", name: `slo-${id}`, team: "shop", documentPath: "a.yaml" };
  await db
    .insert(slis)
    .values({ id, key: `k${id}`, source: "main", definition: sli, createdAt: 0 });
  await db
    .insert(sliProgress)
    .values({ sliId: id, firstCoveredAt: 0, lastCoveredAt: LAST, backfilledAt: 0 });
  await db.insert(slos).values({ ...own, version: 1, createdAt: 0 });
  const definition = sloOf({});
  await db
    .insert(sloVersions)
    .values({ sloId: id, sliId: id, version: 1, validFrom: 0, definition });
}

test("an open gap after which no data came goes on, an older one ends where it ends", async () => {
  const open = { state: "open", foundAt: NOW, closedAt: null } as const;
  const old = { fromAt: LAST - 3 * HOUR, toAt: LAST - 2 * HOUR };
  await store.db.insert(sliGaps).values([
    { sliId: 1, fromAt: LAST, toAt: LAST + 29 * MINUTE, ...open },
    { sliId: 2, fromAt: LAST, toAt: LAST + 30 * MINUTE, ...open },
    { sliId: 1, ...old, ...open },
  ]);
  const [source] = (await readSourcesView(store.db, NOW)).sources;
  expect(source?.gaps).toEqual([
    { from: LAST, to: null, state: "open", slis: 2 },
    { from: old.fromAt, to: old.toAt, state: "open", slis: 1 },
  ]);
});
