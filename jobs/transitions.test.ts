import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { UpstreamError } from "#collectors/collector.ts";
import type { Store } from "#db/client.ts";
import { readBurnAlerts, readTransitions } from "#db/reads/history.ts";
import { readSourceRow } from "#db/reads/sources.ts";
import { testStore } from "#db/testing.ts";
import { evaluateSource } from "#jobs/evaluate.ts";
import { emptyStore, plainDocument, type Script, scriptedSource, TestJobs } from "#jobs/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 0, 10, 12);
const EVER = { from: 0, to: NOW + 365 * DAY };

/** All is well but from `from` on, for as long as given, where nothing is. */
function outageAt(from: number, ms: number): Script {
  return (at) => ({ good: at > from && at <= from + ms ? 0 : 100, total: 100 });
}

describe("transitions and alerts", () => {
  let store: Store;
  let jobs: TestJobs;
  beforeAll(async () => {
    store = await testStore();
  });
  afterAll(() => store?.close());
  afterEach(() => jobs?.[Symbol.dispose]());

  async function start(script: Script, target = 0.99): Promise<void> {
    await emptyStore(store);
    const sources = [scriptedSource("main", script)];
    jobs = await TestJobs.open({ now: NOW, sources, store });
    await document(target);
  }
  const document = (target: number) =>
    jobs.write({ "shop.yaml": plainDocument("shop", [{ name: "a", target, window: "1d" }]) });
  const transitions = async () => {
    const { id } = await jobs.slo("a");
    const rows = await readTransitions(store.db, id, EVER);
    return rows.reverse().map((row) => `${row.fromState} > ${row.toState}: ${row.cause}`);
  };
  const alerts = async () => {
    const { id } = await jobs.slo("a");
    return (await readBurnAlerts(store.db, id, EVER)).filter((row) => !row.fromHistory);
  };
  const evaluateAgain = () =>
    evaluateSource({ store, source: "main", now: jobs.now, publicUrl: "" });

  test("history that was exhausted and recovered leaves no transition and no raised alert", async () => {
    await start(outageAt(NOW - 40 * HOUR, 2 * HOUR));
    await jobs.tick();
    const slo = await jobs.slo("a");
    expect(slo.backfilledAt).toBe(NOW);
    expect(slo.status).toMatchObject({ state: "healthy", policyState: "Healthy", held: false });
    expect([await transitions(), await alerts()]).toEqual([[], []]);
    const recorded = await readBurnAlerts(store.db, slo.id, EVER);
    expect(recorded.map(({ tier }) => tier)).toContain("page-fast");
    expect(recorded.every(({ fromHistory }) => fromHistory)).toBe(true);
  });

  test("none comes before the first backfill has ended, then exactly one", async () => {
    const script = outageAt(NOW - 3 * HOUR, 2 * HOUR);
    let oldest = NOW - 30 * HOUR;
    await start((at) => {
      if (at > oldest) return script(at);
      throw new UpstreamError("too far back", { source: "main", kind: "parse" });
    });
    await jobs.tick();
    await jobs.minutes(3);
    const halfWay = await jobs.slo("a");
    expect(halfWay.backfilledAt).toBeNull();
    expect(halfWay.status?.consumed).toBeGreaterThan(1);
    expect(halfWay.status).toMatchObject({ policyState: "Healthy", held: true, alert: null });
    expect([await transitions(), await alerts()]).toEqual([[], []]);
    oldest = 0;
    await jobs.minutes(1);
    expect((await jobs.slo("a")).backfilledAt).toBe(jobs.now);
    expect(await transitions()).toEqual(["Healthy > Feature freeze: budget"]);
    await jobs.minutes(3);
    expect(await transitions()).toHaveLength(1);
  });

  test("each change is told once, however often it is evaluated, and over a restart", async () => {
    await start(outageAt(NOW + 10 * MINUTE, 30 * MINUTE));
    await jobs.tick();
    for (let i = 0; i < 50; i++) {
      await jobs.minutes(1);
      await evaluateAgain();
      jobs.restart();
    }
    expect(await transitions()).toEqual([
      "Healthy > Reliability review required before next feature release: budget",
      "Reliability review required before next feature release > Feature freeze: budget",
    ]);
    const raised = await alerts();
    const tiers = raised.map(({ tier }) => tier);
    expect(new Set(tiers).size).toBe(tiers.length);
    expect(tiers).toContain("page-fast");
    const [fast] = raised.filter(({ tier }) => tier === "page-fast");
    expect(fast?.endedAt).toBeGreaterThan(NOW + 40 * MINUTE);
  });

  test("a day after an outage the policy state goes back, once", async () => {
    await start(outageAt(NOW - 23 * HOUR, HOUR));
    await jobs.tick();
    expect(await transitions()).toEqual(["Healthy > Feature freeze: budget"]);
    jobs.now += 2 * HOUR + 2 * MINUTE;
    await jobs.tick();
    await jobs.minutes(2);
    expect((await transitions()).slice(1)).toEqual(["Feature freeze > Healthy: budget"]);
  });

  test("an edit of the objective changes the state with the cause `definition`, and keeps all history", async () => {
    await start(outageAt(NOW - 3 * HOUR, 10 * MINUTE), 0.95);
    await jobs.tick();
    const before = await jobs.slo("a");
    expect(await transitions()).toEqual([]);
    jobs.now += MINUTE;
    await document(0.999);
    await jobs.tick();
    expect(await transitions()).toEqual(["Healthy > Feature freeze: definition"]);
    const after = await jobs.slo("a");
    expect([after.sliId, after.version]).toEqual([before.sliId, before.version + 1]);
    await jobs.minutes(2);
    expect(await transitions()).toHaveLength(1);
  });

  test("an edit of the query changes the state with the cause `definition` once its history is there", async () => {
    let oldest = 0;
    const script = outageAt(NOW - 3 * HOUR, 10 * MINUTE);
    await start((at) => {
      if (at > oldest) return script(at);
      throw new UpstreamError("too far back", { source: "main", kind: "parse" });
    }, 0.95);
    await jobs.tick();
    oldest = NOW - 30 * HOUR;
    const other = { name: "a", job: "other", target: 0.999, window: "1d" };
    await jobs.write({ "shop.yaml": plainDocument("shop", [other]) });
    await jobs.minutes(3);
    expect((await jobs.slo("a")).status).toMatchObject({ policyState: "Healthy", held: true });
    oldest = 0;
    await jobs.minutes(3);
    expect(await transitions()).toEqual(["Healthy > Feature freeze: definition"]);
  });

  test("a minute that is asked for twice does not make a source that has nothing look well", async () => {
    await start(() => null);
    await jobs.tick();
    const state = async () => (await readSourceRow(store.db, "main"))?.state;
    expect(await state()).toBe("no-data");
    await jobs.tick();
    expect(await state()).toBe("no-data");
  });

  test("Unknown holds the policy state and starts or ends no alert", async () => {
    const silentFrom = NOW + 10 * MINUTE;
    const burning = outageAt(NOW - 20 * MINUTE, DAY);
    await start((at) => (at > silentFrom && at <= silentFrom + HOUR ? null : burning(at)));
    await jobs.tick();
    await jobs.minutes(10);
    const [before, raised] = [await transitions(), await alerts()];
    await jobs.minutes(30);
    expect((await jobs.slo("a")).status).toMatchObject({
      state: "unknown",
      policyState: "Feature freeze",
      held: true,
    });
    expect((await jobs.slo("a")).detail?.blocks).toBe(true);
    expect([await transitions(), await alerts()]).toEqual([before, raised]);
  });
});
