import { describe, expect, test } from "vitest";
import { UpstreamError } from "#collectors/collector.ts";
import type { PrometheusClient } from "#collectors/prometheus/client.ts";
import { RefusedQuery } from "#collectors/prometheus/failure.ts";
import { mostCommon, probeServer } from "#collectors/prometheus/probe.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";

const source: PrometheusSource = {
  name: "main",
  url: "http://127.0.0.1:9090",
  headers: {},
  bearerToken: null,
  basicAuth: null,
  counting: "auto",
  timeoutMs: 1000,
  scrapeIntervalMs: null,
  historyMs: 0,
};

const prometheus: PrometheusClient = {
  rangeQuery: () => Promise.reject(new RefusedQuery("parse error")),
  buildInfo: async () => ({ version: "2.42.0", revision: "abc" }),
  scrapeIntervals: async () => ["15s", "15s", "1m"],
  takeWarnings: () => [],
};

function probe(changed: Partial<PrometheusClient>, of: Partial<PrometheusSource> = {}) {
  const client = { ...prometheus, ...changed };
  return probeServer(client, { ...source, ...of }, new AbortController().signal);
}

const missing = new UpstreamError("404", { source: "main", kind: "http", httpStatus: 404 });

describe("probeServer", () => {
  test("Prometheus is counted exactly, at the interval of most of its targets", async () => {
    expect(await probe({})).toEqual({
      flavour: "Prometheus 2.42.0",
      counting: "exact",
      scrapeIntervalMs: 15_000,
      warnings: [],
    });
  });

  test.each([{}, { version: "2.24.0" }])(
    "VictoriaMetrics says %j and reads MetricsQL",
    async (info) => {
      const one = [{ labels: {}, values: [{ time: 0, value: 1 }] }];
      const found = await probe({ buildInfo: async () => info, rangeQuery: async () => one });
      expect(found).toMatchObject({ flavour: "VictoriaMetrics", counting: "increase" });
    },
  );

  test("a server that answers everything with nothing is not taken for VictoriaMetrics", async () => {
    const found = await probe({ buildInfo: async () => ({}), rangeQuery: async () => [] });
    expect(found).toMatchObject({ flavour: "Prometheus-compatible", counting: "exact" });
  });

  test("a server without build information is counted exactly", async () => {
    const found = await probe({ buildInfo: () => Promise.reject(missing) });
    expect(found).toMatchObject({ flavour: "Prometheus-compatible", counting: "exact" });
  });

  test("Mimir goes by its own name", async () => {
    const info = { application: "Grafana Mimir", version: "2.14" };
    expect((await probe({ buildInfo: async () => info })).flavour).toBe("Grafana Mimir 2.14");
  });

  test("the configuration decides where it says something", async () => {
    const found = await probe({}, { counting: "increase", scrapeIntervalMs: 60_000 });
    expect(found).toMatchObject({ counting: "increase", scrapeIntervalMs: 60_000 });
  });

  test.each([
    ["no targets", async () => []],
    ["no such endpoint", () => Promise.reject(missing)],
  ])("with %s 30 s are taken, and it says so", async (_, scrapeIntervals) => {
    const found = await probe({ scrapeIntervals });
    expect(found.scrapeIntervalMs).toBe(30_000);
    expect(found.warnings).toEqual([expect.stringMatching(/set scrapeInterval/)]);
  });

  test("a server that is down is an error, not a guess", async () => {
    const down = new UpstreamError("down", { source: "main", kind: "network" });
    await expect(probe({ buildInfo: () => Promise.reject(down) })).rejects.toBe(down);
    await expect(probe({ scrapeIntervals: () => Promise.reject(down) })).rejects.toBe(down);
  });
});

test("of equally common intervals the longest is taken", () => {
  expect(mostCommon([15, 60, 15, 60, 30])).toBe(60);
  expect(mostCommon([])).toBeNull();
});
