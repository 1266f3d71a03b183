import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sumOf } from "#bench/truth/ledger.ts";
import { countedSli } from "#lib/spec/counted.ts";
import type { CountedSli } from "#lib/spec/model.ts";
import { readDocument } from "#lib/spec/read.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";
import type { RunningServer } from "../../e2e/servers/process.ts";
import { missingPrometheus, startPrometheus } from "../../e2e/servers/prometheus.ts";
import { collectBatches, sourceAt } from "../../e2e/servers/source.ts";

const FROM = Date.UTC(2026, 0, 5);
const SPAN = { from: FROM, to: FROM + 3 * HOUR };
const DOWN = { from: FROM + HOUR, to: FROM + HOUR + 12 * MINUTE };
const GAP = { from: FROM + 2 * HOUR, to: FROM + 2 * HOUR + 10 * MINUTE };
const absent = missingPrometheus();

const within = (at: number, { from, to }: typeof DOWN) => at >= from && at < to;

/** A 0/1 gauge that is 0 for twelve minutes and not scraped for ten, and ratios that a rule recorded. */
function history(): string {
  const lines: string[] = ["# TYPE healthy gauge"];
  const times: number[] = [];
  for (let at = FROM + 11_000; at < SPAN.to; at += 30_000) if (!within(at, GAP)) times.push(at);
  for (const at of times) lines.push(`healthy{job="a"} ${within(at, DOWN) ? 0 : 1} ${at / 1000}`);
  lines.push("# TYPE errors gauge");
  for (const at of times)
    lines.push(`errors{window="5m"} ${within(at, DOWN) ? 0.25 : 0} ${at / 1000}`);
  return [...lines, "# EOF\n"].join("\n");
}

const PYRRA = `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: up }
spec:
  target: "99"
  window: 4w
  indicator: { bool_gauge: { metric: 'healthy{job="a"}' } }
`;
const SLOTH = `version: prometheus/v1
service: api
slos:
  - name: up
    objective: 99
    sli: { raw: { error_ratio_query: 'errors{window="{{.window}}"}' } }
    alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } }
`;
const OPENSLO = (method: string) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: up }
spec:
  service: api
  indicator:
    metadata: { name: up }
    spec:
      ratioMetric:
        rawType: failure
        raw: { metricSource: { type: Prometheus, spec: { query: 'errors{window="5m"}' } } }
  budgetingMethod: ${method}
  timeWindow: [{ duration: 30d, isRolling: true }]
  objectives: [{ target: 0.99, timeSliceWindow: 10m${method === "Timeslices" ? ", timeSliceTarget: 0.9" : ""} }]
`;

function sliIn(text: string): CountedSli {
  const { slos, findings } = readDocument("a.yaml", text);
  const [slo] = slos;
  if (!slo) throw new Error(findings.map(({ message }) => message).join("\n"));
  return countedSli(slo.definition);
}

describe.skipIf(absent)(`gauges and ready ratios${absent ? ` (${absent})` : ""}`, () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startPrometheus({ history: [history()] });
  });
  afterAll(() => server?.stop());

  async function collect(text: string, stepMs = MINUTE) {
    const slis = [{ key: "a", sli: sliIn(text), trailingMax: null }];
    const spans = [{ ...SPAN, stepMs, purpose: "backfill" as const, slis }];
    const source = sourceAt(server.url, { scrapeIntervalMs: 30_000 });
    const batches = await collectBatches(source, { settledAt: SPAN.to, spans });
    expect(batches.flatMap(({ failures }) => failures)).toEqual([]);
    const { good, total, covered } = sumOf(batches.flatMap(({ facts }) => facts[0]?.buckets ?? []));
    return { bad: total - good, total, covered };
  }

  test.each([MINUTE, 5 * MINUTE, HOUR])(
    "every sample of a 0/1 gauge is an event, at steps of %i ms; a gap holds none",
    async (stepMs) => {
      expect(await collect(PYRRA, stepMs)).toEqual({ bad: 24, total: 340, covered: 170 });
    },
  );

  test("a ready ratio counts each minute by its share of good", async () => {
    // A sample stands for its series for five minutes, so the first four of the gap have a value.
    const { bad, total, covered } = await collect(SLOTH);
    expect(bad).toBeCloseTo(12 * 0.25, 6);
    expect([total, covered]).toEqual([174, 174]);
  });

  test.each([
    ["Timeslices", 10],
    ["RatioTimeslices", 3],
  ])("by %s of ten minutes the same ratio spends %d minutes", async (method, bad) => {
    const found = await collect(OPENSLO(method));
    expect(found.bad).toBeCloseTo(bad, 6);
    expect([found.total, found.covered]).toEqual([174, 174]);
  });
});
