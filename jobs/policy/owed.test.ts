import { afterAll, beforeAll, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { readOwed } from "#db/reads/owed.ts";
import { incidents, sliProgress, slis, sliTotals, slos, sloVersions } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { findOwed } from "#jobs/policy/owed.ts";
import { days, minutes, rowsOf, sloOf } from "#lib/slo/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Two days of 100 requests a minute; 1 % may fail: 2,880. Two hours with 12 bad a minute: half of it. */
const START = Date.UTC(2026, 0, 10);
const NOW = START + 2 * DAY;
const ROWS = rowsOf(
  START,
  minutes(2 * 1440, (i) => {
    const bad = i >= 600 && i < 720 ? 12 : 0;
    return { good: 100 - bad, total: 100 };
  }),
).filter(({ at }) => (at - START) % (5 * MINUTE) === 0);

let store: Store;
beforeAll(async () => {
  store = await testStore();
  const { db } = store;
  const clauses = { postmortemAbove: 0.2, planningAbove: 0.001, exempt: [] };
  const definition = sloOf({ objective: 0.99, window: days(2), clauses });
  const names = { service: "checkout", name: "availability", team: "shop" };
  await db
    .insert(slis)
    .values({ id: 1, key: "k", source: "main", definition: definition.sli, createdAt: START });
  await db.insert(sliTotals).values(ROWS.map((row) => ({ sliId: 1, ...row })));
  await db
    .insert(sliProgress)
    .values({ sliId: 1, firstCoveredAt: START, lastCoveredAt: NOW, backfilledAt: START });
  await db.insert(slos).values([
    { id: 1, ...names, documentPath: "slos/a.yaml", version: 1, createdAt: START },
    { id: 2, ...names, name: "wish", documentPath: "b.yaml", version: 1, createdAt: START },
    {
      id: 3,
      ...names,
      name: "availability@x",
      documentPath: "a.yaml",
      version: 1,
      createdAt: START,
    },
  ]);
  await db.insert(sloVersions).values([
    { sloId: 1, sliId: 1, version: 1, validFrom: START, definition },
    {
      sloId: 2,
      sliId: 1,
      version: 1,
      validFrom: START,
      definition: { ...definition, enforced: false },
    },
    {
      sloId: 3,
      sliId: 1,
      version: 1,
      validFrom: START,
      definition: { ...definition, instance: { of: "availability", labels: { x: "x" } } },
    },
  ]);
  const of = { service: "checkout", origin: "hand", severity: "SEV2" } as const;
  const times = { createdAt: START, updatedAt: START };
  const lasted = { startedAt: START + 10 * HOUR, resolvedAt: START + 12 * HOUR };
  const quiet = { startedAt: START + 20 * HOUR, resolvedAt: START + 21 * HOUR };
  await db.insert(incidents).values([
    { id: "dear", title: "Payments fail", incidentClass: "dependency", ...of, ...times, ...lasted },
    { id: "cheap", title: "Slow search", ...of, ...times, ...quiet },
  ]);
});
afterAll(() => store.close());

test("an incident that spent half of an enforced budget owes a postmortem, and its class planned work, once, however many label sets it hit", async () => {
  await findOwed(store, NOW);
  await findOwed(store, NOW + MINUTE);
  const items = await readOwed(store.db, { service: "checkout" });
  expect(items.map(({ naturalKey }) => naturalKey).sort()).toEqual([
    "planning:1:dependency:2026-Q1",
    "postmortem:1:dear",
  ]);
  const postmortem = items.find(({ kind }) => kind === "postmortem");
  expect(postmortem?.share).toBeCloseTo(0.5, 2);
  expect(postmortem).toMatchObject({ team: "shop", openedAt: NOW, doneAt: null });
});

test("its own postmortem settles it, and nothing opens it again", async () => {
  await store.db.update(incidents).set({ postmortemUrl: "https://example.org/p" });
  await findOwed(store, NOW + 2 * HOUR);
  await findOwed(store, NOW + 3 * HOUR);
  const open = await readOwed(store.db, { service: "checkout", open: true });
  expect(open.map(({ kind }) => kind)).toEqual(["planning"]);
});
