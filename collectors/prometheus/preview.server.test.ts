import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SCRAPE_MS, truthCases } from "#bench/truth/cases.ts";
import { sumOf } from "#bench/truth/ledger.ts";
import { openMetricsDays, playCases, sliOf, type Truth } from "#bench/truth/openmetrics.ts";
import { prometheusClient } from "#collectors/prometheus/client.ts";
import { prometheusCollector } from "#collectors/prometheus/collector.ts";
import { type NamesAsk, readNames } from "#collectors/prometheus/names.ts";
import { previewSli } from "#collectors/prometheus/preview.ts";
import type { CountedSli } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import type { RunningServer } from "../../e2e/servers/process.ts";
import { missingPrometheus, startPrometheus } from "../../e2e/servers/prometheus.ts";
import { sourceAt } from "../../e2e/servers/source.ts";

const FROM = Date.UTC(2026, 0, 5);
const SPAN = { from: FROM, to: FROM + 2 * DAY };
const TOLERANCE = 0.002;
const absent = missingPrometheus();

describe.skipIf(absent)(`looking before saving${absent ? ` (${absent})` : ""}`, () => {
  let truth: Truth;
  let server: RunningServer;
  beforeAll(async () => {
    truth = playCases(
      truthCases(SPAN).filter(({ name }) => name === "steady"),
      SPAN,
    );
    server = await startPrometheus({ history: openMetricsDays(truth) });
  });
  afterAll(() => server?.stop());

  const source = () => sourceAt(server.url, { scrapeIntervalMs: SCRAPE_MS });
  const signal = AbortSignal.timeout(120_000);

  function preview(sli: CountedSli, stepMs: number) {
    const collector = prometheusCollector(source());
    const client = prometheusClient(source());
    const span = { ...SPAN, stepMs };
    return previewSli({ collector, client, sli, span, settledAt: SPAN.to, signal });
  }

  async function counted(sli: CountedSli, stepMs: number) {
    const previewed = await preview(sli, stepMs);
    if ("refused" in previewed) throw new Error(previewed.refused);
    return { ...sumOf(previewed.buckets), ...previewed };
  }

  test.each([MINUTE, HOUR])(
    "events are those that there were, at steps of %i ms",
    async (stepMs) => {
      const minutes = truth.cases.get("steady")?.truth ?? [];
      const total = minutes.reduce((sum, minute) => sum + minute.total, 0);
      const bad = minutes.reduce((sum, minute) => sum + minute.bad, 0);
      const found = await counted(sliOf("steady"), stepMs);
      expect(bad).toBeGreaterThan(0);
      expect(Math.abs(found.total - total)).toBeLessThanOrEqual(total * TOLERANCE);
      expect(Math.abs(found.total - found.good - bad)).toBeLessThanOrEqual(bad * TOLERANCE);
      expect(found.numerator).toBe("unasked");
    },
  );

  test("a misspelt query of bad events is told from a perfect service", async () => {
    const { total } = sliOf("steady");
    const of = (code: string) => `sum(rate(http_requests_total{job="steady",code="${code}"}[5m]))`;
    const misspelt = { kind: "events", counts: "bad", numerator: of("5xx"), total } as const;
    expect((await counted(misspelt, HOUR)).numerator).toBe("absent");
    const still = { ...misspelt, numerator: `${of("500")} * 0` };
    expect(await preview(still, HOUR)).not.toMatchObject({ numerator: "absent" });
  });

  test("a total that matches nothing has no buckets", async () => {
    expect((await counted(sliOf("nobody"), HOUR)).buckets).toEqual([]);
  });

  test("values are looked at each five minutes where the step is coarse", async () => {
    const query = 'sum(rate(http_requests_total{job="steady"}[5m]))';
    const sli = { kind: "threshold", query, op: "gt", threshold: 0 } as const;
    const [fine, coarse] = [await counted(sli, MINUTE), await counted(sli, HOUR)];
    expect(fine.buckets.length).toBeGreaterThan(4 * coarse.buckets.length);
    expect(coarse.total).toBeGreaterThan(0.99 * fine.total);
    expect(coarse.covered).toBe(coarse.buckets.length * 5);
  });

  test("a query that the server refuses is told in its words", async () => {
    const sli = { kind: "ratio", query: 'up{job=~"("}', counts: "good" } as const;
    expect(await preview(sli, HOUR)).toMatchObject({ refused: expect.stringMatching(/missing/) });
  });

  test.each<[NamesAsk, string[]]>([
    [{ kind: "metrics", part: "requests" }, ["http_requests_total"]],
    [{ kind: "metrics", part: "" }, ["http_requests_total"]],
    [{ kind: "metrics", part: "nothing_like_it" }, []],
    [{ kind: "labels", metric: "http_requests_total" }, ["code", "job", "pod"]],
    [{ kind: "labels", metric: null }, ["code", "job", "pod"]],
    [{ kind: "values", label: "code", metric: "http_requests_total" }, ["200", "500"]],
    [{ kind: "values", label: "code", metric: "other" }, []],
  ])("of names there are those of the last day: %j", async (ask, names) => {
    expect(await readNames(source(), ask, { signal, now: SPAN.to })).toEqual(names);
  });

  test("names of a time without data are none", async () => {
    const ask = { kind: "metrics", part: "" } as const;
    expect(await readNames(source(), ask, { signal, now: SPAN.to + 9 * DAY })).toEqual([]);
  });
});
