import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { testStore } from "#db/testing.ts";
import { sloMetrics } from "#jobs/sloMetrics.ts";
import { emptyStore, plainDocument, scriptedSource, TestJobs } from "#jobs/testing.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 0, 10, 12);
const LABELS = 'service="shop",slo="a",team="shop"';

describe("metrics of SLOs and sources", () => {
  let store: Store;
  let jobs: TestJobs;
  let answers = true;
  beforeAll(async () => {
    store = await testStore();
  });
  afterAll(() => store?.close());
  afterEach(() => jobs?.[Symbol.dispose]());
  beforeEach(async () => {
    await emptyStore(store);
    answers = true;
    const sources = [scriptedSource("main", () => (answers ? { good: 99, total: 100 } : null))];
    jobs = await TestJobs.open({ now: NOW, sources, store });
    await jobs.write({ "shop.yaml": plainDocument("shop", [{ name: "a", window: "1d" }]) });
    await jobs.tick();
  });
  const lines = async (now = jobs.now) =>
    (await sloMetrics(store.db, now)).split("\n").filter((line) => !line.startsWith("#"));

  test("give the budget, the burn and the state of each SLO, and the health of each source", async () => {
    const found = await lines();
    expect(found).toContain(`plimsoll_slo_sli_ratio{${LABELS}} 0.99`);
    expect(found).toContain(`plimsoll_slo_budget_remaining_ratio{${LABELS}} 0`);
    expect(found).toContain(`plimsoll_slo_burn_rate{${LABELS},window="1h"} 1`);
    expect(found).toContain(`plimsoll_slo_state{${LABELS},state="exhausted"} 1`);
    expect(found).toContain('plimsoll_source_up{source="main"} 1');
    expect(found).toContain(
      `plimsoll_source_last_attempt_timestamp_seconds{source="main"} ${NOW / 1000}`,
    );
  });

  test("of an SLO that has become unknown say so, and nothing of its budget", async () => {
    answers = false;
    await jobs.minutes(8);
    const found = await lines();
    expect(found).toContain(`plimsoll_slo_state{${LABELS},state="unknown"} 1`);
    expect(found.filter((line) => /sli_ratio|remaining/.test(line))).toEqual([]);
  });

  test("of an evaluation that nothing followed are unknown", async () => {
    const found = await lines(jobs.now + 12 * MINUTE);
    expect(found).toContain(`plimsoll_slo_state{${LABELS},state="unknown"} 1`);
    expect(found).toContain(`plimsoll_slo_state{${LABELS},state="exhausted"} 0`);
    expect(found.filter((line) => /sli_ratio|remaining|burn|coverage/.test(line))).toEqual([]);
    expect(found).toContain(`plimsoll_slo_objective_ratio{${LABELS}} 0.99`);
  });

  test("of an SLO whose document was taken away are gone", async () => {
    await jobs.write({ "other.yaml": plainDocument("other", [{ name: "a" }]) });
    await jobs.remove("shop.yaml");
    jobs.now += DAY;
    expect((await lines()).filter((line) => line.includes('service="shop"'))).toEqual([]);
  });
});
