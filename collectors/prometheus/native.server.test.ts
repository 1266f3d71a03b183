import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sumOf } from "#bench/truth/ledger.ts";
import type { Counts } from "#lib/slo/totals.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { readDocument } from "#lib/spec/read.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import type { RunningServer } from "../../e2e/servers/process.ts";
import { missingPrometheus, startPrometheus } from "../../e2e/servers/prometheus.ts";
import { type NativeSample, writeNative } from "../../e2e/servers/remote-write.ts";
import { collectBatches, sourceAt } from "../../e2e/servers/source.ts";

const FROM = Date.UTC(2026, 0, 5);
const SPAN = { from: FROM, to: FROM + 6 * HOUR };
const SCRAPE_MS = 30_000;
const absent = missingPrometheus();

interface Requests {
  readonly fast: number;
  readonly slow: number;
}

/** Requests between two scrapes: slow ones in one bad hour, and busier then. */
function requestsAt(at: number): Requests {
  const isBad = at > FROM + 3 * HOUR && at <= FROM + 4 * HOUR;
  return isBad ? { fast: 150, slow: 100 } : { fast: 99, slow: 1 };
}

/** What a process showed at each scrape; it may begin anew once. */
function scrapes(span: { from: number; to: number }, restartsAt = 0): NativeSample[] {
  const found: NativeSample[] = [];
  let [fast, slow] = [0, 0];
  for (let at = span.from; at <= span.to; at += SCRAPE_MS) {
    if (at === restartsAt) [fast, slow] = [0, 0];
    const requests = requestsAt(at);
    fast += requests.fast;
    slow += requests.slow;
    found.push({ at: at + 7_000, fast, slow });
  }
  return found;
}

/** What really happened: each scrape's requests, from the second one of a process on. */
function really(from: number, to: number): Requests {
  const sum = { fast: 0, slow: 0 };
  for (let at = from; at < to; at += SCRAPE_MS) {
    const requests = requestsAt(at);
    sum.fast += requests.fast;
    sum.slow += requests.slow;
  }
  return sum;
}

const PYRRA = `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: latency }
spec:
  target: "99"
  window: 4w
  indicator:
    latencyNative: { total: { metric: 'x_seconds{job="a"}' }, latency: 250ms }
`;
const PLAIN = `service: api
slos:
  - name: latency
    sli: { metric: 'histogram_fraction(0, 0.25, sum(rate(x_seconds{job="a"}[5m])))' }
    target: 0.99
    window: 30d
`;

function sliIn(text: string): SliDefinition {
  const { slos, findings } = readDocument("a.yaml", text);
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  const [slo] = slos;
  if (!slo) throw new Error("there is no SLO in the document");
  return slo.definition.sli;
}

describe.skipIf(absent)(`native histograms${absent ? ` (${absent})` : ""}`, () => {
  let server: RunningServer;
  beforeAll(async () => {
    const flags = ["--enable-feature=native-histograms", "--web.enable-remote-write-receiver"];
    server = await startPrometheus({ flags });
    const steady = scrapes({ from: FROM - HOUR, to: SPAN.to });
    const restarts = scrapes({ from: FROM - HOUR, to: SPAN.to }, FROM + 2 * HOUR);
    await writeNative(server.url, [
      { labels: { __name__: "x_seconds", job: "a", pod: "1" }, samples: steady },
      { labels: { __name__: "x_seconds", job: "a", pod: "2" }, samples: restarts },
    ]);
  });
  afterAll(() => server?.stop());

  async function collect(sli: SliDefinition, stepMs: number): Promise<Counts> {
    const source = sourceAt(server.url, { scrapeIntervalMs: SCRAPE_MS });
    const slis = [{ key: "a", sli, trailingMax: null }];
    const spans = [{ ...SPAN, stepMs, purpose: "backfill" as const, slis }];
    const batches = await collectBatches(source, { settledAt: SPAN.to, spans });
    expect(batches.flatMap(({ failures }) => failures)).toEqual([]);
    return sumOf(batches.flatMap(({ facts }) => facts.flatMap(({ buckets }) => buckets)));
  }

  test.each([
    ["Pyrra's latencyNative", PYRRA, MINUTE],
    ["Pyrra's latencyNative", PYRRA, 5 * MINUTE],
    ["Pyrra's latencyNative", PYRRA, HOUR],
    ["histogram_fraction as a metric", PLAIN, MINUTE],
  ])("%s counts requests, weighted by traffic", async (_, document, stepMs) => {
    const counts = await collect(sliIn(document), stepMs);
    const { fast, slow } = really(SPAN.from, SPAN.to);
    expect(counts.covered).toBe((SPAN.to - SPAN.from) / MINUTE);
    expect(Math.abs(counts.total - 2 * (fast + slow))).toBeLessThan(0.005 * 2 * (fast + slow));
    expect(Math.abs(counts.total - counts.good - 2 * slow)).toBeLessThan(0.005 * 2 * slow);
  });

  test("no sample is no data, whatever was there the day before", async () => {
    const source = sourceAt(server.url, { scrapeIntervalMs: SCRAPE_MS });
    const slis = [{ key: "a", sli: sliIn(PYRRA), trailingMax: null }];
    const from = SPAN.to + DAY;
    const span = { from, to: from + HOUR, stepMs: MINUTE, purpose: "gap" as const, slis };
    const [batch] = await collectBatches(source, { settledAt: span.to, spans: [span] });
    expect(batch?.facts[0]?.buckets).toEqual([]);
  });
});
