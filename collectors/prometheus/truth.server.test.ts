import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SCRAPE_MS, truthCases } from "#bench/truth/cases.ts";
import { applyBatch, emptyLedger, type Ledger, rowsOf, sumOf } from "#bench/truth/ledger.ts";
import { openMetricsDays, playCases, sliOf, type Truth } from "#bench/truth/openmetrics.ts";
import { prometheusCollector } from "#collectors/prometheus/collector.ts";
import { planWork } from "#collectors/prometheus/plan.ts";
import type { Span } from "#collectors/prometheus/work.ts";
import { evaluateRange } from "#lib/slo/range.ts";
import type { Bucket, TotalsRow } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import type { RunningServer } from "../../e2e/servers/process.ts";
import { missingPrometheus, startPrometheus } from "../../e2e/servers/prometheus.ts";
import { sourceAt } from "../../e2e/servers/source.ts";

const FROM = Date.UTC(2026, 0, 5);
const SPAN = { from: FROM, to: FROM + 3 * DAY };
const CASES = ["steady", "resets", "churn", "low-traffic", "gaps", "unscraped"] as const;
const TOLERANCE = 0.002;
const absent = missingPrometheus();

describe.skipIf(absent)(`counts against known events${absent ? ` (${absent})` : ""}`, () => {
  let truth: Truth;
  let server: RunningServer;
  let byMinute: Map<string, readonly Bucket[]>;
  beforeAll(async () => {
    truth = playCases(truthCases(SPAN), SPAN);
    server = await startPrometheus({ history: openMetricsDays(truth) });
    byMinute = await collect({ ...SPAN, stepMs: MINUTE, purpose: "backfill" });
  });
  afterAll(() => server?.stop());

  const collector = () =>
    prometheusCollector(sourceAt(server.url, { scrapeIntervalMs: SCRAPE_MS }));

  async function collect(span: Omit<Span, "slis">): Promise<Map<string, readonly Bucket[]>> {
    const slis = CASES.map((key) => ({ key, sli: sliOf(key), trailingMax: null }));
    const work = { settledAt: SPAN.to, spans: [{ ...span, slis }] };
    const found = new Map<string, readonly Bucket[]>();
    for await (const batch of collector().collect(work, AbortSignal.timeout(60_000))) {
      expect(batch.failures).toEqual([]);
      for (const fact of batch.facts) found.set(fact.sliKey, fact.buckets);
    }
    return found;
  }

  function expectTrue(name: string, buckets: Iterable<Bucket>): void {
    const minutes = truth.cases.get(name)?.truth ?? [];
    const total = minutes.reduce((sum, m) => sum + m.total, 0);
    const bad = minutes.reduce((sum, m) => sum + m.bad, 0);
    const counted = sumOf(buckets);
    expect(Math.abs(counted.total - total), `${name}: total`).toBeLessThanOrEqual(
      total * TOLERANCE,
    );
    const off = Math.abs(counted.total - counted.good - bad);
    expect(off, `${name}: bad`).toBeLessThanOrEqual(bad * TOLERANCE);
  }

  test("totals are true by the minute", () => {
    for (const name of CASES) expectTrue(name, byMinute.get(name) ?? []);
  });

  test.each([5 * MINUTE, HOUR])("totals are true at steps of %i ms", async (stepMs) => {
    const found = await collect({ ...SPAN, stepMs, purpose: "backfill" });
    for (const name of CASES) expectTrue(name, found.get(name) ?? []);
  });

  test("every minute of the gaps is covered and marked as bridged", () => {
    const buckets = byMinute.get("gaps") ?? [];
    expect(sumOf(buckets).covered).toBe((SPAN.to - SPAN.from) / MINUTE);
    expect(buckets.filter((b) => b.bridged).length).toBeGreaterThan(9 * 17);
    expect(Math.max(...buckets.map((b) => b.total))).toBeLessThan(2 * 5 * 60);
  });

  test("live minutes and re-reads add up to the same as one backfill", async () => {
    const span = { from: FROM + 4 * HOUR, to: FROM + 8 * HOUR };
    const ledgers = startedAt(span.from);
    const source = collector();
    for (let now = span.from + MINUTE; now <= span.to + MINUTE; now += MINUTE) {
      const progress = [...ledgers.values()].map((ledger) => ledger.progress);
      const work = planWork(progress, now, { historyMs: 60 * DAY });
      for await (const batch of source.collect(work, AbortSignal.timeout(60_000)))
        applyBatch(ledgers, batch, now);
    }
    const whole = await collect({ ...span, stepMs: MINUTE, purpose: "backfill" });
    for (const [name, { buckets }] of ledgers) {
      const [live, all] = [sumOf(buckets.values()), sumOf(whole.get(name) ?? [])];
      expect(live.covered, name).toBe(all.covered);
      expect(live.total, name).toBeCloseTo(all.total, 3);
      expect(live.good, name).toBeCloseTo(all.good, 3);
    }
  });

  test.each([3 * DAY, 34 * DAY])(
    "a first backfill %i ms later, newest first and across resolutions, finds the same",
    async (age) => {
      const now = SPAN.to + age;
      const historyMs = now - FROM + HOUR;
      const ledgers = neverAsked(FROM - HOUR);
      const tails: number[] = [];
      for (let more = true; more; ) {
        const progress = [...ledgers.values()].map((ledger) => ledger.progress);
        const work = planWork(progress, now, { historyMs });
        more = work.more || progress.some((p) => p.backfilledAt === null);
        for await (const batch of collector().collect(work, AbortSignal.timeout(60_000)))
          applyBatch(ledgers, batch, now);
        tails.push(ledgers.get("steady")?.progress.tailAt ?? 0);
      }
      expect(tails).toEqual(tails.toSorted((a, b) => b - a));
      for (const [name, { buckets }] of ledgers) expectTrue(name, buckets.values());
    },
  );

  test("burn-rate tiers fire in the minutes in which the truth says so", () => {
    for (const name of ["steady", "resets", "churn", "gaps", "unscraped"] as const) {
      const minutes = truth.cases.get(name)?.truth ?? [];
      const real = minutes.map((m) => ({ ...m, good: m.total - m.bad, covered: 1 }));
      const expected = firing(rowsOf(real));
      expect(expected.length, name).toBeGreaterThan(0);
      const fired = firing(rowsOf(byMinute.get(name) ?? []));
      expect(fired.map((f) => f.tier)).toEqual(expected.map((f) => f.tier));
      for (const [i, each] of expected.entries()) {
        const off = Math.abs((fired[i]?.startedAt ?? 0) - each.startedAt);
        expect(off, `${name}: ${each.tier}`).toBeLessThanOrEqual(MINUTE);
      }
    }
  });
});

function neverAsked(backfillFrom: number): Map<string, Ledger> {
  const fresh = (name: string): Ledger => {
    const empty = emptyLedger(name, sliOf(name));
    return { ...empty, progress: { ...empty.progress, backfillFrom } };
  };
  return new Map(CASES.map((name) => [name, fresh(name)]));
}

/** SLIs that are known up to a time and have no history to fetch. */
function startedAt(at: number): Map<string, Ledger> {
  const begun = (name: string): Ledger => {
    const empty = emptyLedger(name, sliOf(name));
    const known = { headAt: at, tailAt: at, backfilledAt: at, lastCoveredAt: at };
    return { ...empty, progress: { ...empty.progress, ...known, rereadAt: at } };
  };
  return new Map(CASES.map((name) => [name, begun(name)]));
}

const DEFINITION: SloDefinition = {
  service: "shop",
  name: "availability",
  team: null,
  description: null,
  objective: 0.99,
  window: { kind: "rolling", ms: 30 * DAY, label: "30d" },
  sli: sliOf("steady"),
  policy: [{ threshold: 1, action: "Freeze", name: "Freeze", gate: "block" }],
  alerting: { minBadEvents: 5, page: true, ticket: true },
  enforced: true,
  formerly: [],
  labels: {},
  runbook: null,
  dashboard: null,
  datasource: null,
};

function firing(rows: readonly TotalsRow[]) {
  return evaluateRange(DEFINITION, rows, FROM + DAY, SPAN.to);
}
