import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { sloReadings } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { emptyStore, scriptedSource, TestJobs } from "#jobs/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Midnight of 1 March in Berlin is 23:00 UTC the day before. */
const MARCH = Date.UTC(2026, 1, 28, 23);
const NOW = MARCH - 3 * MINUTE;

let store: Store;
let jobs: TestJobs;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await emptyStore(store);
  // A tenth fails until the month ends, and then nothing.
  const script = (at: number) => ({ good: at <= MARCH ? 90 : 100, total: 100 });
  jobs = await TestJobs.open({
    now: NOW,
    sources: [scriptedSource("main", script, 3 * DAY)],
    store,
  });
  const document = {
    service: "shop",
    slos: [
      {
        name: "monthly",
        sli: {
          bad: 'sum(rate(http_requests_total{code="500"}[5m]))',
          total: "sum(rate(http_requests_total[5m]))",
        },
        objective: 0.995,
        window: { calendar: "month", zone: "Europe/Berlin" },
      },
    ],
  };
  await jobs.write({ "shop.yaml": JSON.stringify(document) });
});
afterEach(() => jobs?.[Symbol.dispose]());

describe("an SLO over a calendar month", () => {
  test("begins anew at midnight of its zone, and is forecast to", async () => {
    await jobs.tick();
    const { status, detail } = await jobs.slo("monthly");
    expect(status).toMatchObject({ window: "month", state: "exhausted" });
    expect(status?.recoversAt).toBe(new Date(MARCH).toISOString());
    expect(detail?.blocks).toBe(true);
    await jobs.minutes(8);
    const next = await jobs.slo("monthly");
    expect(next.status).toMatchObject({ policyState: "Healthy", consumed: 0 });
    expect(next.detail?.bad).toBe(0);
    // The rest of March is taken to be like the last days.
    expect((next.detail?.budgetTotal ?? 0) / (0.005 * 743 * 60 * 100)).toBeCloseTo(1, 2);
    const [reading] = await store.db.select().from(sloReadings);
    expect(reading?.status.total).toBeLessThan((HOUR / MINUTE / 6) * 100);
  });
});
