import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sumOf } from "#bench/truth/ledger.ts";
import type { SliFact } from "#collectors/collector.ts";
import type { Span } from "#collectors/prometheus/work.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";
import type { RunningServer } from "../../e2e/servers/process.ts";
import { missingPrometheus, startPrometheus } from "../../e2e/servers/prometheus.ts";
import { collectBatches, sourceAt } from "../../e2e/servers/source.ts";

const T = Date.UTC(2026, 0, 5, 10);
const SCRAPE = 30_000;
const absent = missingPrometheus();

interface Sampled {
  readonly series: string;
  readonly from: number;
  readonly to: number;
  readonly value: (sinceMs: number) => number;
}

/** 60 events a minute on top of what was there at T. */
const growing = (start: number) => (sinceMs: number) => start + (60 * sinceMs) / MINUTE;
const hours = (n: number) => T + n * HOUR;

const SAMPLED: Sampled[] = [
  { series: 'c_total{job="old"}', from: hours(2), to: hours(4), value: growing(1_000_000) },
  { series: 'c_total{job="gone"}', from: T, to: hours(1), value: growing(500) },
  { series: 'c_total{job="gone"}', from: hours(2), to: hours(4), value: growing(500) },
  { series: 'c_total{job="gone",code="500"}', from: T, to: hours(1), value: () => 8 },
  { series: 'c_total{job="gone",code="500"}', from: hours(2), to: hours(4), value: () => 8 },
  { series: 'c_total{job="joined",pod="a"}', from: T, to: hours(4), value: growing(500) },
  { series: 'c_total{job="joined",pod="b"}', from: hours(2), to: hours(4), value: growing(9e6) },
  { series: 'c_total{job="back",pod="a"}', from: T, to: hours(4), value: growing(500) },
  { series: 'c_total{job="back",pod="b"}', from: T, to: hours(1), value: growing(9e6) },
  { series: 'c_total{job="back",pod="b"}', from: hours(2), to: hours(4), value: growing(9e6) },
];

const GAUGES: Sampled[] = [
  { series: 'g{pod="a"}', from: T, to: hours(4), value: () => 0.2 },
  { series: 'g{pod="b"}', from: T, to: hours(4), value: (ms) => (ms < 90 * MINUTE ? 0.2 : 0.9) },
  { series: "idle", from: T, to: hours(4), value: () => Number.NaN },
  { series: "endless", from: T, to: hours(4), value: () => Number.POSITIVE_INFINITY },
];

function linesOf({ series, from, to, value }: Sampled): string[] {
  const times = Array.from({ length: (to - from) / SCRAPE }, (_, i) => from + i * SCRAPE);
  return times.map((at) => `${series} ${text(value(at - T))} ${at / 1000}`);
}

const text = (value: number) => (value === Number.POSITIVE_INFINITY ? "+Inf" : String(value));

function openMetrics(): string {
  const gauges = ["g", "idle", "endless"].flatMap((name) => [
    `# TYPE ${name} gauge`,
    ...GAUGES.filter(({ series }) => series.split("{")[0] === name).flatMap(linesOf),
  ]);
  return ["# TYPE c counter", ...SAMPLED.flatMap(linesOf), ...gauges, "# EOF\n"].join("\n");
}

const events = (job: string, total = `sum(rate(c_total{job="${job}"}[5m]))`): SliDefinition => ({
  kind: "events",
  counts: "bad",
  numerator: `sum(rate(c_total{job="${job}",code="500"}[5m]))`,
  total,
});

const threshold = (query: string): SliDefinition => ({
  kind: "threshold",
  query,
  op: "lte",
  threshold: 0.5,
});

describe.skipIf(absent)(`guards on a real Prometheus${absent ? ` (${absent})` : ""}`, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startPrometheus({ history: [openMetrics()] });
  });
  afterAll(() => server?.stop());

  async function collect(sli: SliDefinition, span: Partial<Span> = {}): Promise<SliFact> {
    const work = {
      settledAt: hours(4),
      spans: [
        {
          purpose: "backfill" as const,
          from: hours(1.5),
          to: hours(3),
          stepMs: MINUTE,
          slis: [{ key: "a", sli, trailingMax: null }],
          ...span,
        },
      ],
    };
    const source = sourceAt(server.url, { scrapeIntervalMs: SCRAPE });
    const [batch] = await collectBatches(source, work);
    expect(batch?.failures).toEqual([]);
    const [fact] = batch?.facts ?? [];
    if (!fact) throw new Error("no fact");
    return fact;
  }

  test("a counter that is seen for the first time does not count its whole life", async () => {
    const { buckets } = await collect(events("old"));
    expect(buckets[0]?.at).toBeLessThanOrEqual(hours(2) + MINUTE);
    expect(Math.abs(sumOf(buckets).total - 3600)).toBeLessThanOrEqual(90);
  });

  test("growth hidden by an hour without scrapes is not counted, and the hour is not covered", async () => {
    const { buckets } = await collect(events("gone"));
    expect(sumOf(buckets).good).toBe(sumOf(buckets).total);
    expect(sumOf(buckets).covered).toBeLessThanOrEqual(61);
    expect(Math.abs(sumOf(buckets).total - 3600)).toBeLessThanOrEqual(90);
  });

  test("a total that always answers is covered only where something was scraped", async () => {
    const total = 'sum(rate(c_total{job="gone"}[5m])) or vector(0)';
    const { buckets } = await collect(events("gone", total));
    expect(sumOf(buckets).covered).toBeLessThanOrEqual(61);
    expect(sumOf(buckets).covered).toBeGreaterThanOrEqual(59);
  });

  test("an old process that joins others is suspect, and its life is not counted", async () => {
    const { buckets, suspects } = await collect(events("joined"));
    expect(suspects).toEqual([
      expect.objectContaining({ kept: "plain", counted: expect.any(Number) }),
    ]);
    expect(Math.abs(sumOf(buckets).total - (5400 + 3600))).toBeLessThanOrEqual(150);
  });

  test("an instance that comes back after an hour beside others counts what it does from then on", async () => {
    const { buckets, suspects } = await collect(events("back"));
    expect(suspects).toEqual([]);
    expect(Math.abs(sumOf(buckets).total - (5400 + 3600))).toBeLessThanOrEqual(90);
  });

  test("the author's offset moves what is counted", async () => {
    const { buckets } = await collect(
      events("joined", 'sum(rate(c_total{job="joined"}[5m] offset 30m))'),
      { to: hours(2) },
    );
    expect(Math.round(sumOf(buckets).total)).toBe(30 * 60);
  });

  test("of several series the worst minute counts", async () => {
    const { buckets } = await collect(threshold("g"));
    expect(sumOf(buckets)).toEqual({ good: 0, total: 90, covered: 90 });
    const early = await collect(threshold("g"), { from: T, to: hours(1) });
    expect(sumOf(early.buckets)).toEqual({ good: 60, total: 60, covered: 60 });
  });

  test("an hour of a threshold SLI holds its minutes", async () => {
    const { buckets } = await collect(threshold("g"), { from: hours(1), stepMs: HOUR });
    expect(buckets.map(({ good, total }) => [good, total])).toEqual([
      [29, 60],
      [0, 60],
    ]);
  });

  test("no traffic spends nothing, and infinity is not no traffic", async () => {
    expect(sumOf((await collect(threshold("idle"))).buckets)).toMatchObject({
      total: 0,
      covered: 90,
    });
    expect(sumOf((await collect(threshold("endless"))).buckets)).toMatchObject({
      good: 0,
      total: 90,
    });
  });
});
