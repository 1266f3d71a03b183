import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SCRAPE_MS, truthCases } from "#bench/truth/cases.ts";
import { sumOf } from "#bench/truth/ledger.ts";
import { expositionText, playCases, sliOf, type Truth } from "#bench/truth/openmetrics.ts";
import type { SliFact } from "#collectors/collector.ts";
import { prometheusCollector } from "#collectors/prometheus/collector.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import type { RunningServer } from "../../e2e/servers/process.ts";
import { collectBatches, sourceAt } from "../../e2e/servers/source.ts";
import { loadVictoria, missingVictoria, startVictoria } from "../../e2e/servers/victoria.ts";

const FROM = Date.UTC(2026, 0, 5);
const SPAN = { from: FROM, to: FROM + 2 * DAY };
const absent = missingVictoria();

describe.skipIf(absent)(`VictoriaMetrics${absent ? ` (${absent})` : ""}`, () => {
  let server: RunningServer;
  let truth: Truth;
  beforeAll(async () => {
    truth = playCases(truthCases(SPAN), SPAN);
    server = await startVictoria();
    await loadVictoria(server, expositionText(truth));
  });
  afterAll(() => server?.stop());

  const source = () => sourceAt(server.url, { scrapeIntervalMs: SCRAPE_MS });

  async function collect(stepMs: number): Promise<SliFact[]> {
    const slis = [...truth.cases.keys()].map((key) => ({
      key,
      sli: sliOf(key),
      trailingMax: null,
    }));
    const span = { ...SPAN, stepMs, purpose: "backfill" as const, slis };
    const work = { settledAt: SPAN.to, spans: [span] };
    const batches = await collectBatches(source(), work);
    return batches.flatMap((batch) => batch.facts);
  }

  test("is told from Prometheus, and counted with its own increase()", async () => {
    const probe = await prometheusCollector(source()).probe(AbortSignal.timeout(10_000));
    expect(probe).toMatchObject({ flavour: "VictoriaMetrics", counting: "increase" });
  });

  test.each([MINUTE, 5 * MINUTE, HOUR])("totals are true at steps of %i ms", async (stepMs) => {
    const facts = await collect(stepMs);
    expect(facts.length).toBe(truth.cases.size);
    for (const { sliKey, buckets } of facts) {
      const minutes = truth.cases.get(sliKey)?.truth ?? [];
      const total = minutes.reduce((sum, m) => sum + m.total, 0);
      const bad = minutes.reduce((sum, m) => sum + m.bad, 0);
      const counted = sumOf(buckets);
      expect(Math.abs(counted.total / total - 1), `${sliKey}: total`).toBeLessThanOrEqual(0.002);
      const share = (counted.total - counted.good) / bad;
      expect(Math.abs(share - 1), `${sliKey}: bad`).toBeLessThanOrEqual(0.002);
    }
  });
});
