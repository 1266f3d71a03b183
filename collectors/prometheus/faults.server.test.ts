import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { truthCases } from "#bench/truth/cases.ts";
import { openMetricsDays, playCases, sliOf } from "#bench/truth/openmetrics.ts";
import { UpstreamError } from "#collectors/collector.ts";
import { prometheusCollector } from "#collectors/prometheus/collector.ts";
import type { PrometheusWork } from "#collectors/prometheus/work.ts";
import type { PrometheusSource } from "#lib/sources/prometheus.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import { type Fault, type FaultProxy, startFaultProxy } from "../../e2e/servers/fault-proxy.ts";
import type { RunningServer } from "../../e2e/servers/process.ts";
import { freePort } from "../../e2e/servers/process.ts";
import { missingPrometheus, startPrometheus } from "../../e2e/servers/prometheus.ts";
import { collectBatches, sourceAt } from "../../e2e/servers/source.ts";

const TOKEN = "tok-3n-s3cret";
const PASSWORD = "p4ss-s3cret";
const FROM = Date.UTC(2026, 0, 5);
const SPAN = { from: FROM, to: FROM + DAY };
const absent = missingPrometheus();

function workOf(
  keys: readonly string[],
  sli: (key: string) => SliDefinition = sliOf,
): PrometheusWork {
  const slis = keys.map((key) => ({ key, sli: sli(key), trailingMax: null }));
  const span = { from: FROM + HOUR, to: FROM + 2 * HOUR, stepMs: MINUTE };
  return { settledAt: SPAN.to, spans: [{ ...span, purpose: "gap", slis }] };
}

async function errorOf(source: PrometheusSource): Promise<UpstreamError> {
  const error = await collectBatches(source, workOf(["steady"])).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UpstreamError);
  return error as UpstreamError;
}

describe.skipIf(absent)(`a source that fails${absent ? ` (${absent})` : ""}`, () => {
  let server: RunningServer;
  let proxy: FaultProxy;
  const printed: string[] = [];
  beforeAll(async () => {
    const cases = truthCases(SPAN).filter(({ name }) => name === "steady" || name === "resets");
    server = await startPrometheus({ history: openMetricsDays(playCases(cases, SPAN)) });
    proxy = await startFaultProxy(server.url);
  });
  afterAll(async () => {
    await proxy?.stop();
    await server?.stop();
  });
  beforeEach(() => {
    proxy.fault = "none";
    proxy.requests.length = 0;
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expect(printed.splice(0).join("")).not.toMatch(/s3cret/);
  });

  const source = (changed: Partial<PrometheusSource> = {}) =>
    sourceAt(proxy.url, { bearerToken: TOKEN, timeoutMs: 500, ...changed });

  test.each<[Fault, string, number | null, RegExp]>([
    ["down", "network", null, /broke off its answer/],
    ["slow", "timeout", null, /did not answer within 0.5 s/],
    ["trickle", "timeout", null, /did not answer within 0.5 s/],
    ["too-many", "http", 429, /asks us to slow down/],
    ["error", "http", 500, /HTTP 500: broken/],
    ["unauthorized", "http", 401, /check the source's token/],
    ["garbage", "parse", 200, /not Prometheus's JSON/],
    ["truncated", "network", null, /broke off its answer/],
    ["redirect", "http", 302, /redirects to another address/],
    ["empty", "parse", 200, /not Prometheus's JSON/],
  ])("%s is a clear error without a secret in it", async (fault, kind, status, words) => {
    proxy.fault = fault;
    const error = await errorOf(source());
    expect(error).toMatchObject({ kind, httpStatus: status, source: "main" });
    expect(error.message).toMatch(words);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/s3cret/);
  });

  test("an answer without end is cut off", async () => {
    proxy.fault = "oversize";
    const error = await errorOf(source({ timeoutMs: 15_000 }));
    expect(error).toMatchObject({ kind: "parse" });
    expect(error.message).toMatch(/more than we read/);
  });

  test("a server that is gone refuses the connection", async () => {
    const gone = sourceAt(`http://127.0.0.1:${await freePort()}`, {
      basicAuth: { username: "u", password: PASSWORD },
    });
    const error = await errorOf(gone);
    expect(error.message).toMatch(/refused the connection/);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/s3cret/);
  });

  test("429 carries how long to wait", async () => {
    proxy.fault = "too-many";
    expect((await errorOf(source())).retryAfterMs).toBe(7000);
  });

  test("a metadata address is never asked", async () => {
    const error = await errorOf(source({ url: "http://[::ffff:169.254.169.254]" }));
    expect(error.message).toMatch(/cloud metadata/);
  });

  test("user and password of the URL are not shown", async () => {
    proxy.fault = "error";
    const url = proxy.url.replace("http://", `http://u:${PASSWORD}@`);
    expect((await errorOf(source({ url }))).message).not.toMatch(/s3cret/);
  });

  test("giving up is the caller's reason, not an upstream error", async () => {
    proxy.fault = "slow";
    const stop = new AbortController();
    const asked = prometheusCollector(source({ timeoutMs: 10_000 })).probe(stop.signal);
    stop.abort(new Error("enough"));
    await expect(asked).rejects.toThrow("enough");
  });

  test("after it is back everything is there", async () => {
    proxy.fault = "error";
    await errorOf(source());
    proxy.fault = "none";
    const [batch] = await collectBatches(source({ timeoutMs: 10_000 }), workOf(["steady"]));
    expect(batch?.facts[0]?.buckets.length).toBe(60);
  });

  test("one refused query fails alone, with what the server said of it", async () => {
    const refused = "sum(rate(http_requests_total[5m]) * on(pod) rate(http_requests_total[5m]))";
    const keys = ["steady", "a", "b", "bad", "c", "resets"];
    const work = workOf(keys, (key) =>
      key === "bad" ? { ...sliOf("steady"), numerator: refused } : sliOf(key),
    );
    const [batch] = await collectBatches(source({ timeoutMs: 10_000 }), work);
    expect(batch?.failures).toEqual([
      { sliKey: "bad", message: expect.stringMatching(/many-to-many/) },
    ]);
    expect(batch?.facts.map((fact) => fact.sliKey).sort()).toEqual([
      "a",
      "b",
      "c",
      "resets",
      "steady",
    ]);
    const counted = batch?.facts.find((fact) => fact.sliKey === "steady")?.buckets.length;
    expect(counted).toBe(60);
  });

  test("a total that many SLIs share is asked once", async () => {
    const work = workOf(["one", "two", "three"], () => sliOf("steady"));
    await collectBatches(source({ timeoutMs: 10_000, scrapeIntervalMs: 30_000 }), work);
    const asked = proxy.requests.map(({ body }) => new URLSearchParams(body).get("query") ?? "");
    const ranges = asked.filter((query) => query.includes("label_replace"));
    expect(ranges.length).toBe(1);
    expect(ranges[0]?.match(/label_replace/g)?.length).toBe(2);
  });
});
