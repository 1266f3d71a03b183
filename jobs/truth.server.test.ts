import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { truthCases } from "#bench/truth/cases.ts";
import { rowsOf } from "#bench/truth/ledger.ts";
import {
  expositionText,
  openMetricsDays,
  playCases,
  type Truth,
} from "#bench/truth/openmetrics.ts";
import type { Store } from "#db/client.ts";
import { readBurnAlerts } from "#db/reads/history.ts";
import { testStore } from "#db/testing.ts";
import { sourceFrom } from "#jobs/sources.ts";
import { emptyStore, plainDocument, settingsOf, sumOf, TestJobs } from "#jobs/testing.ts";
import { evaluateRange, type FiringInterval } from "#lib/slo/range.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import type { RunningServer } from "../e2e/servers/process.ts";
import { missingPrometheus, startPrometheus } from "../e2e/servers/prometheus.ts";
import { loadVictoria, missingVictoria, startVictoria } from "../e2e/servers/victoria.ts";

const FROM = Date.UTC(2026, 0, 5);
const SPAN = { from: FROM, to: FROM + 3 * DAY };
const INCIDENT = FROM + DAY + 9 * HOUR;
const CASES = ["steady", "resets", "churn", "low-traffic", "gaps", "unscraped"] as const;
/** Those with an incident. */
const BURNING = CASES.filter((name) => name !== "low-traffic");
const TOLERANCE = 0.002;

let truth: Truth;
let store: Store;
let jobs: TestJobs;
beforeAll(async () => {
  truth = playCases(truthCases(SPAN), SPAN);
  store = await testStore();
});
afterAll(() => store?.close());
beforeEach(() => emptyStore(store));
afterEach(() => jobs?.[Symbol.dispose]());

const DOCUMENT = plainDocument(
  "shop",
  CASES.map((name) => ({ name, job: name, target: 0.993 })),
);

/** Everything is fetched as it would be by a product that starts at `now`. */
async function collect(server: RunningServer, now: number): Promise<void> {
  const settings = settingsOf({ name: "main", url: server.url, historyMs: now - FROM + HOUR });
  jobs = await TestJobs.open({ now, store, sources: [sourceFrom(settings)] });
  await jobs.write({ "shop.yaml": DOCUMENT });
  await jobs.tick();
}

/** The events that really happened, as running totals. */
function trueRows(name: string) {
  const minutes = truth.cases.get(name)?.truth ?? [];
  return rowsOf(minutes.map((m) => ({ ...m, good: m.total - m.bad, covered: 1 })));
}

async function expectTrueTotals(): Promise<void> {
  for (const name of CASES) {
    expect((await jobs.slo(name)).backfilledAt, name).toBe(jobs.now);
    const counted = sumOf(await jobs.counts(name));
    const real = trueRows(name).at(-1) ?? { good: 0, total: 0 };
    const bad = real.total - real.good;
    const off = Math.abs(counted.total - real.total) / real.total;
    expect(off, `${name}: total`).toBeLessThanOrEqual(TOLERANCE);
    const badOff = Math.abs(counted.total - counted.good - bad) / bad;
    expect(badOff, `${name}: bad`).toBeLessThanOrEqual(TOLERANCE);
  }
}

const noPrometheus = missingPrometheus();
describe.skipIf(noPrometheus)(`known events in Prometheus (${noPrometheus ?? "found"})`, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startPrometheus({ history: openMetricsDays(truth) });
  });
  afterAll(() => server?.stop());

  test.each([
    ["by the minute and by five", 2 * DAY],
    ["by five minutes and by the hour", 33 * DAY],
  ])("are counted %s within 0.2 percent", async (_, age) => {
    await collect(server, SPAN.to + age);
    await expectTrueTotals();
  });

  test("are counted by the minute, and tiers fire over history in the minutes in which the truth says so", async () => {
    await collect(server, SPAN.to + MINUTE);
    await expectTrueTotals();
    for (const name of BURNING) {
      const { id, definition } = await jobs.slo(name);
      const expected = evaluateRange(definition, trueRows(name), FROM, SPAN.to);
      const recorded = await readBurnAlerts(store.db, id, { from: 0, to: SPAN.to });
      expectSameFirings(name, recorded, expected.filter(atIncident));
    }
  });

  test("alerts are raised live in the minutes in which the truth says so", async () => {
    await collect(server, INCIDENT);
    await jobs.minutes(100);
    const at = jobs.now - MINUTE;
    for (const name of BURNING) {
      const { id, definition } = await jobs.slo(name);
      const expected = evaluateRange(definition, trueRows(name), FROM, at);
      const raised = await readBurnAlerts(store.db, id, { from: INCIDENT, to: SPAN.to });
      expect(
        raised.every((each) => !each.fromHistory),
        name,
      ).toBe(true);
      expectSameFirings(name, raised, expected.filter(atIncident));
    }
  });
});

/** Around the incident; without traffic history a few errors of the first hours fire as well. */
function atIncident({ startedAt }: FiringInterval): boolean {
  return startedAt >= INCIDENT && startedAt <= INCIDENT + 4 * HOUR;
}

function expectSameFirings(
  name: string,
  found: readonly FiringInterval[],
  expected: readonly FiringInterval[],
): void {
  const around = found.filter(atIncident);
  const byTier = (of: readonly FiringInterval[]) => of.map(({ tier }) => tier).sort();
  expect(expected.length, name).toBeGreaterThan(1);
  expect(byTier(around), name).toEqual(byTier(expected));
  for (const each of expected) {
    const same = around.find(({ tier }) => tier === each.tier);
    expect(minutesApart(same?.startedAt, each.startedAt), `${name}: ${each.tier}`).toBeLessThan(2);
    expect(minutesApart(same?.endedAt, each.endedAt), `${name}: ${each.tier} ends`).toBeLessThan(2);
  }
}

/** Two alerts that are still on ended at the same time. */
function minutesApart(a: number | null | undefined, b: number | null): number {
  if (a === null && b === null) return 0;
  return Math.abs((a ?? 0) - (b ?? 0)) / MINUTE;
}

const noVictoria = missingVictoria();
describe.skipIf(noVictoria)(`known events in VictoriaMetrics (${noVictoria ?? "found"})`, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startVictoria();
    await loadVictoria(server, expositionText(truth));
  });
  afterAll(() => server?.stop());

  test("the same documents give totals within 0.2 %, and the same state", async () => {
    await collect(server, SPAN.to + MINUTE);
    await expectTrueTotals();
    const { rows } = await store.session((session) => session.query("select flavour from sources"));
    expect(rows).toEqual([{ flavour: "VictoriaMetrics" }]);
  });
});
