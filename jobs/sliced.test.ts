import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { testStore } from "#db/testing.ts";
import {
  emptyStore,
  plainDocument,
  type Script,
  scriptedSource,
  sumOf,
  TestJobs,
} from "#jobs/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 2, 2, 9, 1, 20);
const OUTAGE = Date.UTC(2026, 2, 2, 9, 33);
const YESTERDAY = Date.UTC(2026, 2, 1, 12, 2);

/** A hundred requests a minute; all of them fail for three minutes yesterday and eleven today. */
const script: Script = (at) => {
  const fails =
    (at > YESTERDAY && at <= YESTERDAY + 3 * MINUTE) || (at > OUTAGE && at <= OUTAGE + 11 * MINUTE);
  return { good: fails ? 0 : 100, total: 100 };
};

const five = { method: "timeslices", target: 0.95, window: "5m" };
const DOCUMENT = plainDocument("shop", [
  { name: "events", target: 0.999 },
  { name: "sliced", target: 0.999, budgeting: five },
  { name: "ratios", target: 0.999, budgeting: { method: "ratio_timeslices", window: "5m" } },
  { name: "hours", target: 0.99, budgeting: { ...five, window: "1h" } },
]);

let store: Store;
let jobs: TestJobs;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await emptyStore(store);
  jobs = await TestJobs.open({ now: NOW, store, sources: [scriptedSource("main", script)] });
  await jobs.write({ "shop.yaml": DOCUMENT });
  await jobs.tick();
});
afterEach(() => jobs?.[Symbol.dispose]());

const statusOf = async (name: string) => (await jobs.slo(name)).status;

async function badMinutes(name: string): Promise<number> {
  const status = await statusOf(name);
  return (status?.total ?? 0) - (status?.good ?? 0);
}

test("minutes of budget: three bad ones spend the whole slice, or their part of it", async () => {
  const { status, detail } = await jobs.slo("sliced");
  expect(detail?.unit).toBe("minutes");
  expect(detail?.budgetTotal).toBeCloseTo(43.2, 9);
  expect(status?.state).toBe("healthy");
  expect(status?.consumed).toBeCloseTo(5 / 43.2, 9);
  expect((await statusOf("ratios"))?.consumed).toBeCloseTo(3 / 43.2, 9);
  // 57 good minutes of 60 are the 95 % that an hour needs.
  expect((await statusOf("hours"))?.consumed).toBe(0);
  expect((await jobs.slo("events")).detail?.unit).toBe("events");
});

test("an alert follows the first slice that ends bad, and no minute of a slice is unknown", async () => {
  const seen: string[] = [];
  let pagedAt = 0;
  while (jobs.now < OUTAGE + 20 * MINUTE) {
    await jobs.minutes(1);
    for (const name of ["sliced", "ratios", "hours"])
      seen.push((await statusOf(name))?.state ?? "");
    if (pagedAt === 0 && (await statusOf("sliced"))?.alert?.severity === "page") pagedAt = jobs.now;
  }
  expect(seen).not.toContain("unknown");
  // 09:30 to 09:35 is bad by its last two minutes, and asked for a minute after its end.
  expect(pagedAt).toBe(NOW + 35 * MINUTE);
  expect((await statusOf("sliced"))?.state).toBe("at-risk");
  expect(await badMinutes("sliced")).toBeCloseTo(20, 9);
  // 3 minutes yesterday; 2 of 5, 5 of 5 and 4 of 5 today.
  expect(await badMinutes("ratios")).toBeCloseTo(14, 9);
});

test("windows shorter than a slice are not told, and a slice that runs spends nothing yet", async () => {
  jobs.now = OUTAGE + 5 * MINUTE;
  await jobs.tick();
  expect(await badMinutes("hours")).toBe(0);
  const told = Object.keys((await statusOf("hours"))?.burn ?? {});
  expect(told.sort()).toEqual(["1d", "1h", "2h", "3d", "6h"]);
  jobs.now = Date.UTC(2026, 2, 2, 10, 2);
  await jobs.tick();
  expect(await badMinutes("hours")).toBeCloseTo(60, 9);
});

test("an outage of the worker is filled in by whole slices, as if it had been there", async () => {
  jobs.now = NOW + 5 * HOUR;
  await jobs.tick();
  expect(await badMinutes("sliced")).toBeCloseTo(20, 9);
  const asked = Math.floor((jobs.now - MINUTE) / MINUTE) - Math.ceil((NOW - 2 * DAY) / HOUR) * 60;
  expect(sumOf(await jobs.counts("sliced")).covered).toBe(asked);
});
