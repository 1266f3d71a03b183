import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SCRAPE_MS, truthCases } from "#bench/truth/cases.ts";
import { applyBatch, emptyLedger, type Ledger, sumOf } from "#bench/truth/ledger.ts";
import { openMetricsDays, playCases, sliOf, type Truth } from "#bench/truth/openmetrics.ts";
import { prometheusCollector } from "#collectors/prometheus/collector.ts";
import { planWork } from "#collectors/prometheus/plan.ts";
import type { Span } from "#collectors/prometheus/work.ts";
import { judgeSlices } from "#lib/slo/slices.ts";
import type { Bucket, Counts } from "#lib/slo/totals.ts";
import type { CountedSli, Slicing } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import type { RunningServer } from "../../e2e/servers/process.ts";
import { missingPrometheus, startPrometheus } from "../../e2e/servers/prometheus.ts";
import { sourceAt } from "../../e2e/servers/source.ts";

const FROM = Date.UTC(2026, 0, 5);
const SPAN = { from: FROM, to: FROM + 2 * DAY };
const INCIDENT = FROM + DAY + 9 * HOUR;
const CASES = ["steady", "resets", "churn", "gaps"] as const;
/** A quarter of the requests fails in the incident's hour, half a percent otherwise. */
const BAD_MINUTES = 60;
const absent = missingPrometheus();

const METHODS = ["timeslices", "ratioTimeslices"] as const;

function slicing(method: Slicing["method"], windowMs: number): Slicing {
  return method === "timeslices" ? { method, target: 0.9, windowMs } : { method, windowMs };
}

function slicedSli(name: string, slices: Slicing): CountedSli {
  return { ...sliOf(name), slices };
}

describe.skipIf(absent)(`slices of known events${absent ? ` (${absent})` : ""}`, () => {
  let truth: Truth;
  let server: RunningServer;
  beforeAll(async () => {
    const cases = truthCases(SPAN).filter(({ name }) => CASES.some((each) => each === name));
    truth = playCases(cases, SPAN);
    server = await startPrometheus({ history: openMetricsDays(truth) });
  });
  afterAll(() => server?.stop());

  const collector = () =>
    prometheusCollector(sourceAt(server.url, { scrapeIntervalMs: SCRAPE_MS }));

  async function collect(span: Omit<Span, "slis">, rules: readonly Slicing[]) {
    const slis = CASES.flatMap((name) =>
      rules.map((rule) => ({
        key: `${name} ${rule.method}`,
        sli: slicedSli(name, rule),
        trailingMax: null,
      })),
    );
    const found = new Map<string, Bucket[]>();
    const work = { settledAt: SPAN.to, spans: [{ ...span, slis }] };
    for await (const batch of collector().collect(work, AbortSignal.timeout(60_000))) {
      expect(batch.failures).toEqual([]);
      for (const fact of batch.facts) found.set(fact.sliKey, [...fact.buckets]);
    }
    return found;
  }

  /** The slices of what really happened. */
  function really(name: string, rule: Slicing): Counts {
    const minutes = (truth.cases.get(name)?.truth ?? []).map(({ at, total, bad }) => ({
      at,
      total,
      good: total - bad,
      covered: 1,
    }));
    return sumOf(judgeSlices(minutes, rule, SPAN));
  }

  test.each([
    [MINUTE, MINUTE],
    [5 * MINUTE, MINUTE],
    [HOUR, MINUTE],
    [MINUTE, HOUR],
    [15 * MINUTE, HOUR],
    [2 * HOUR, HOUR],
    [5 * MINUTE, 5 * MINUTE],
  ])("slices of %i ms, where rows are kept each %i ms", async (windowMs, stepMs) => {
    const rules = METHODS.map((method) => slicing(method, windowMs));
    const found = await collect({ ...SPAN, stepMs, purpose: "backfill" }, rules);
    for (const name of CASES) {
      for (const rule of rules) {
        const counts = sumOf(found.get(`${name} ${rule.method}`) ?? []);
        const real = really(name, rule);
        const off = Math.abs(counts.total - counts.good - (real.total - real.good));
        const allowed = rule.method === "timeslices" ? 0 : 0.005 * (real.total - real.good);
        expect(off, `${name}: ${rule.method}`).toBeLessThanOrEqual(allowed);
        expect(counts.covered, name).toBe((SPAN.to - SPAN.from) / MINUTE);
      }
    }
  });

  test("an hour at 75 % is an hour of bad minutes in slices that end with it", () => {
    for (const name of CASES) {
      const { good, total } = really(name, slicing("timeslices", 5 * MINUTE));
      expect(total - good, name).toBe(BAD_MINUTES);
    }
  });

  test.each(METHODS)("%s counted live and read again are those of one backfill", async (method) => {
    const rule = slicing(method, 5 * MINUTE);
    const span = { from: INCIDENT - HOUR, to: INCIDENT + 2 * HOUR };
    const ledgers = new Map<string, Ledger>(
      CASES.map((name) => [name, begun(name, rule, span.from)]),
    );
    const source = collector();
    for (let now = span.from + MINUTE; now <= span.to + MINUTE; now += MINUTE) {
      const progress = [...ledgers.values()].map((ledger) => ledger.progress);
      const work = planWork(progress, now, { historyMs: 60 * DAY });
      for await (const batch of source.collect(work, AbortSignal.timeout(60_000)))
        applyBatch(ledgers, batch, now);
    }
    const whole = await collect({ ...span, stepMs: MINUTE, purpose: "backfill" }, [rule]);
    for (const [name, { buckets }] of ledgers) {
      const [live, all] = [sumOf(buckets.values()), sumOf(whole.get(`${name} ${method}`) ?? [])];
      expect(live.covered, name).toBe(all.covered);
      expect(live.total, name).toBe(all.total);
      expect(live.good, name).toBeCloseTo(all.good, 3);
    }
  });

  test.each([3 * DAY, 34 * DAY])(
    "a first backfill %i ms later, across resolutions, finds the same bad minutes",
    async (age) => {
      const rule = slicing("timeslices", 5 * MINUTE);
      const now = SPAN.to + age;
      const ledgers = new Map<string, Ledger>(CASES.map((name) => [name, fresh(name, rule)]));
      for (let more = true; more; ) {
        const progress = [...ledgers.values()].map((ledger) => ledger.progress);
        const work = planWork(progress, now, { historyMs: now - FROM });
        more = work.more || progress.some((p) => p.backfilledAt === null);
        for await (const batch of collector().collect(work, AbortSignal.timeout(60_000)))
          applyBatch(ledgers, batch, now);
      }
      for (const [name, { buckets }] of ledgers) {
        const { good, total } = sumOf(buckets.values());
        expect(total - good, name).toBe(BAD_MINUTES);
      }
    },
  );
});

function fresh(name: string, rule: Slicing): Ledger {
  const empty = emptyLedger(name, slicedSli(name, rule));
  return { ...empty, progress: { ...empty.progress, backfillFrom: FROM - HOUR } };
}

function begun(name: string, rule: Slicing, at: number): Ledger {
  const empty = emptyLedger(name, slicedSli(name, rule));
  const known = { headAt: at, tailAt: at, backfilledAt: at, lastCoveredAt: at, rereadAt: at };
  return { ...empty, progress: { ...empty.progress, ...known } };
}
