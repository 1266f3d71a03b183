import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { resolveAlert } from "#app/_data/alert/resolve.ts";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import type { Store } from "#db/connection.ts";
import { alerts, burnAlerts, slis, slos, sloVersions } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { saveAlerts } from "#db/writes/outsideAlerts.ts";
import { START, sloOf } from "#lib/slo/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = START + 2 * DAY;
const definition = sloOf();
const PATH = "/services/checkout/slos/availability";
const iso = (ms: number) => new Date(ms).toISOString();

let store: Store;
beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  const { db } = store;
  await db
    .insert(slis)
    .values({ id: 1, key: "k", source: "main", definition: definition.sli, createdAt: START });
  const own = { id: 1, service: "checkout", name: "availability", documentPath: "a.yaml" };
  await db.insert(slos).values({ ...own, team: "shop", version: 1, createdAt: START });
  await db
    .insert(sloVersions)
    .values({ sloId: 1, sliId: 1, version: 1, validFrom: START, definition });
});
afterEach(async () => {
  for (const table of [alerts, burnAlerts]) await store.db.delete(table);
});
afterAll(async () => {
  release();
  await store.close();
});

const fired = (tier: string, from: number, to: number | null) =>
  store.db.insert(burnAlerts).values({
    ...{ sloId: 1, tier, severity: tier.startsWith("page") ? "page" : "ticket" },
    ...{ startedAt: from, endedAt: to },
  });

/** The query of the page to which a link leads. */
async function landed(asked: Record<string, string>) {
  const found = await resolveAlert({ slo: "checkout/availability", ...asked }, NOW);
  if (found.kind !== "landing") throw new Error(JSON.stringify(found));
  const url = new URL(found.path, "http://localhost");
  expect(url.pathname).toBe(PATH);
  return Object.fromEntries(url.searchParams);
}

describe("the link of an alert", () => {
  test("of several firings leads to the worst, from its start", async () => {
    await fired("page-fast", START + 22 * MINUTE, START + HOUR);
    await fired("page-slow", START + 24 * MINUTE, START + 3 * HOUR);
    await fired("ticket-fast", START + 26 * MINUTE, START + 9 * HOUR);
    expect(await landed({})).toMatchObject({
      ...{ tier: "page-fast", at: iso(START + 22 * MINUTE), to: iso(START + HOUR) },
    });
  });

  test("of what fires leads to a page that moves on with the data", async () => {
    await fired("page-fast", NOW - HOUR, null);
    expect(await landed({})).toEqual({
      ...{ tier: "page-fast", at: iso(NOW - HOUR), from: iso(NOW - 2 * HOUR) },
    });
  });

  test("with a part that fits nothing leads on all the same, and names it", async () => {
    await fired("page-fast", NOW - HOUR, null);
    const tier = "page-fast";
    expect(await landed({ fingerprint: "nosuch" })).toMatchObject({
      ...{ tier, unmatched: "fingerprint:nosuch" },
    });
    expect(await landed({ tier: "bogus" })).toMatchObject({ tier, unmatched: "tier:bogus" });
    expect(await landed({ startsAt: "1700000000" })).toMatchObject({
      ...{ tier, unmatched: "startsAt:2023-11-14T22:13:20.000Z" },
    });
    expect(await landed({ startsAt: iso(NOW + DAY) })).toMatchObject({
      ...{ tier, at: iso(NOW - HOUR) },
    });
    expect(await landed({})).not.toHaveProperty("unmatched");
  });

  test("of a tier where nothing ever fired leads to the SLO, and says so", async () => {
    expect(await landed({ tier: "page-slow" })).toEqual({ unmatched: "tier:page-slow" });
    expect(await landed({})).toEqual({});
  });

  test("at a time at which nothing fired shows that day, not all since", async () => {
    const startsAt = NOW - 80 * DAY;
    expect(await landed({ startsAt: iso(startsAt) })).toMatchObject({
      ...{ at: iso(startsAt), to: iso(startsAt + DAY), unmatched: `startsAt:${iso(startsAt)}` },
    });
  });

  test("of an instance that is not told apart leads to the whole, and says so of a grouped SLO alone", async () => {
    expect(await landed({ instance: "10.0.0.1:9090" })).toEqual({});
    const grouped = { ...definition, grouping: ["handler"] };
    await store.db.update(sloVersions).set({ definition: grouped });
    expect(await landed({ instance: "handler=/pay" })).toEqual({
      unmatched: "instance:handler=/pay",
    });
    await store.db.update(sloVersions).set({ definition });
  });

  test("by its fingerprint alone leads to the SLO that it is tied to", async () => {
    const times = { startsAt: START, endsAt: START + HOUR, createdAt: START, updatedAt: START };
    await saveAlerts(store.db, [
      {
        ...{
          source: "alertmanager",
          fingerprint: "aa11",
          name: "Burn",
          severity: "page",
          ...times,
        },
        ...{ labels: {}, annotations: {}, service: "checkout", sloId: 1, deliveryId: 1 },
      },
    ]);
    expect(await landed({ slo: "", fingerprint: "aa11" })).toMatchObject({ at: iso(START) });
    const lost = await resolveAlert({ fingerprint: "nosuch" }, NOW);
    expect(lost.kind === "wrong" && lost.problem).toContain("fingerprint “nosuch” is tied to one");
  });
});
