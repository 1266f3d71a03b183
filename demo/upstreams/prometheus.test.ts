import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type NamesAsk, readNames } from "#collectors/prometheus/names.ts";
import { type Story, tellStory } from "#demo/story/story.ts";
import { NO_FAULT } from "#demo/upstreams/fault.ts";
import { type StandIn, startPrometheus } from "#demo/upstreams/prometheus.ts";
import { sourceAt } from "../../e2e/servers/source.ts";

const MINUTE = 60_000;
const ANCHOR = Date.UTC(2026, 4, 13, 9, 30);

let story: Story;
let standIn: StandIn;
beforeAll(async () => {
  story = tellStory(ANCHOR);
  const series = [...story.series("main"), ...story.series("edge")];
  standIn = await startPrometheus({ name: "main", series, clock: () => ANCHOR + 10 * MINUTE });
});
afterAll(() => standIn.close());
beforeEach(() => {
  standIn.fault = NO_FAULT;
});

interface Span {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}
const HOUR_BEFORE: Span = { from: ANCHOR - 60 * MINUTE, to: ANCHOR, stepMs: MINUTE };

function post(path: string, form: Record<string, string>) {
  return fetch(standIn.url + path, { method: "POST", body: new URLSearchParams(form) });
}

interface Line {
  readonly metric: Record<string, string>;
  readonly values: [number, string][];
}

async function range(query: string, span: Span): Promise<Line[]> {
  const { from, to, stepMs } = span;
  const seconds = { start: `${from / 1000}`, end: `${to / 1000}`, step: `${stepMs / 1000}` };
  const answer = await post("/api/v1/query_range", { query, ...seconds });
  const body = await answer.json();
  expect(body).toMatchObject({ status: "success", data: { resultType: "matrix" } });
  return body.data.result;
}

async function values(query: string, span: Span): Promise<Map<number, number>> {
  const lines = await range(query, span);
  expect(lines.length).toBeLessThanOrEqual(1);
  return new Map(lines[0]?.values.map(([t, v]) => [t * 1000, Number(v)]));
}

/** The story's own sum of the `stepMs` that end at `t`. */
function told(name: string, of: "total" | "bad", t: number, stepMs: number): number {
  const staged = story.flows.find(({ flow }) => `${flow.service}/${flow.slo}` === name);
  if (!staged) throw new Error(`there is no ${name} in the story`);
  let sum = 0;
  for (let at = t - stepMs; at < t; at += MINUTE) sum += staged[of](at / MINUTE);
  return sum;
}

describe("what completion asks", () => {
  const signal = AbortSignal.timeout(60_000);
  const names = (ask: NamesAsk) => readNames(sourceAt(standIn.url), ask, { signal, now: ANCHOR });

  test("metrics by a part of their names", async () => {
    const found = await names({ kind: "metrics", part: "requests" });
    expect(found).toContain("http_requests_total");
    expect(found.every((name) => name.includes("requests"))).toBe(true);
    expect(await names({ kind: "metrics", part: "zzz" })).toEqual([]);
  });

  test("labels of a metric, and their values", async () => {
    const metric = "http_requests_total";
    expect(await names({ kind: "labels", metric })).toEqual(["code", "service"]);
    const values = await names({ kind: "values", label: "service", metric });
    expect(values).toContain("checkout");
  });
});

describe("what the collector asks", () => {
  test.each([
    ["1m", MINUTE, ANCHOR - 120 * MINUTE, ANCHOR],
    ["5m", 5 * MINUTE, ANCHOR - 4 * 1440 * MINUTE, ANCHOR - 3 * 1440 * MINUTE],
    ["1h", 60 * MINUTE, ANCHOR - 60 * 1440 * MINUTE, ANCHOR - 45 * 1440 * MINUTE],
  ])("increases over %s are the story's own sums", async (label, stepMs, from, to) => {
    const span = { from: from - (from % stepMs), to: to - (to % stepMs), stepMs };
    const bad = `sum(sum(increase(http_requests_total{service="checkout",code=~"5.."}[${label}])))`;
    const slow = `sum(sum(increase(http_request_duration_seconds_count{service="payments"}[${label}])) - sum(increase(http_request_duration_seconds_bucket{service="payments",le="1"}[${label}])))`;
    for (const [t, value] of await values(bad, span)) {
      expect(value).toBe(told("checkout/availability", "bad", t, stepMs));
    }
    const answered = await values(slow, span);
    expect(answered.size).toBe((span.to - span.from) / stepMs + 1);
    for (const [t, value] of answered) {
      expect(value).toBe(told("payments/latency", "bad", t, stepMs));
    }
  });

  test("a batch is told apart by its label", async () => {
    const query =
      'label_replace(sum(increase(http_requests_total{service="cart"}[1m])), "plimsoll", "0", "", "") or ' +
      'label_replace(sum(increase(http_requests_total{service="search"}[1m])), "plimsoll", "1", "", "")';
    const lines = await range(query, { ...HOUR_BEFORE, from: ANCHOR });
    const byLabel = Object.fromEntries(lines.map((l) => [l.metric.plimsoll, l.values[0]?.[1]]));
    expect(byLabel).toEqual({
      0: String(told("cart/availability", "total", ANCHOR, MINUTE)),
      1: String(told("search/availability", "total", ANCHOR, MINUTE)),
    });
  });

  test("presence counts the minutes with samples; after the edge's end there are none", async () => {
    const query =
      'count_over_time((count(last_over_time(http_requests_total{service="cdn"}[59s999ms])))[4m59s:1m])';
    const found = await values(query, { ...HOUR_BEFORE, stepMs: 5 * MINUTE });
    expect([...found.keys()].at(-1)).toBe(ANCHOR - 40 * MINUTE);
    expect(new Set(found.values())).toEqual(new Set([5]));
  });

  test("a percentile stands above its threshold in the story's bad minutes, on average", async () => {
    const day = { from: ANCHOR - 7 * 1440 * MINUTE, to: ANCHOR - MINUTE, stepMs: MINUTE };
    const query =
      'max(histogram_quantile(0.95, rate(http_request_duration_seconds_bucket{service="orders"}[5m])))';
    const found = await values(query, day);
    const above = [...found.values()].filter((value) => value > 0.5).length;
    const staged = story.flows.find(({ flow }) => flow.slo === "latency-p95");
    let bad = 0;
    for (const t of found.keys()) if (staged?.isBad(t / MINUTE - 1)) bad++;
    expect(bad).toBeGreaterThan(100);
    expect(Math.abs(above - bad) / bad).toBeLessThan(0.15);
  });

  test("NaN is what 0 divided by 0 is", async () => {
    const of = (result: string) =>
      `sum(rate(partner_imports_total{service="partner-import",feed="ftp"${result}}[5m]))`;
    const found = await values(`max(${of(',result="error"')} / ${of("")})`, HOUR_BEFORE);
    expect(found.size).toBe(61);
    expect([...found.values()].every(Number.isNaN)).toBe(true);
  });

  test("nothing is known after now", async () => {
    const query = 'sum(increase(http_requests_total{service="cart"}[1m]))';
    const found = await values(query, { ...HOUR_BEFORE, to: ANCHOR + 60 * MINUTE });
    expect([...found.keys()].at(-1)).toBe(ANCHOR + 10 * MINUTE);
  });

  test("instant queries answer by GET", async () => {
    const query = 'count(http_requests_total{service=~"cart|search",code!="200"})';
    const time = String(ANCHOR / 1000);
    const url = `${standIn.url}/api/v1/query?${new URLSearchParams({ query, time })}`;
    const body = await (await fetch(url)).json();
    expect(body.data).toEqual({
      resultType: "vector",
      result: [{ metric: {}, value: [ANCHOR / 1000, "2"] }],
    });
  });
});

describe("operators", () => {
  const answers = (query: string) => values(query, { ...HOUR_BEFORE, from: ANCHOR });
  const one = 'sum(increase(http_requests_total{service="cart"}[1m]))';
  const total = told.bind(null, "cart/availability", "total", ANCHOR, MINUTE);

  test.each([
    [`100 * ${one} / 4`, () => total() * 25],
    [`1 - ${one} / ${one}`, () => 0],
    [`${one} > bool 0`, () => 1],
    [`(${one} < 0) or ${one}`, () => total()],
    [`max_over_time((${one})[1m:1m])`, () => total()],
    [`max(${one} > 0 unless ${one} > 0) or sum(absent_metric) or ${one} - ${one}`, () => 0],
    [`sum by (service) (increase(http_requests_total{service="cart"}[1m]))`, () => total()],
    [`sum without (code) (increase(http_requests_total{service="cart"}[1m]))`, () => total()],
  ])("%s", async (query, expected) => {
    expect((await answers(query)).get(ANCHOR)).toBe(expected());
  });
});

describe("what it does not know", () => {
  test.each([
    ["sum(rate(x[5m])", /parse error/],
    ["deriv(x[5m])", /does not know deriv/],
    ["topk(3, x)", /does not evaluate AggregateExpr/],
    ["WITH (x = 1) x", /parse error/],
    ["x @ 5", /does not evaluate StepInvariantExpr/],
    ["a * on(b) group_left(c) d", /does not evaluate BinaryExpr/],
  ])("%s is bad_data", async (query, words) => {
    const answer = await post("/api/v1/query", { query, time: `${ANCHOR / 1000}` });
    expect(answer.status).toBe(400);
    const body = await answer.json();
    expect(body).toMatchObject({ status: "error", errorType: "bad_data" });
    expect(body.error).toMatch(words);
  });

  test("more than 11,000 points are refused as by Prometheus", async () => {
    const form = { query: "x", start: "0", end: "660000", step: "60" };
    const answer = await post("/api/v1/query_range", form);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error).toMatch(/11000 points/);
  });

  test("another path is not found", async () => {
    expect((await fetch(`${standIn.url}/api/v1/nope`)).status).toBe(404);
  });
});

describe("faults", () => {
  const ask = () => fetch(`${standIn.url}/api/v1/status/buildinfo`);

  test("are switched by PUT and ended again", async () => {
    const put = (body: string) => fetch(`${standIn.url}/-/fault`, { method: "PUT", body });
    await put('{"kind":"status","status":429,"retryAfterSeconds":7}');
    const refused = await ask();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "7"]);
    await put('{"kind":"none"}');
    expect((await ask()).status).toBe(200);
    expect((await put('{"kind":"gremlins"}')).status).toBe(400);
  });

  test("down breaks the connection off", async () => {
    standIn.fault = { kind: "down" };
    await expect(ask()).rejects.toThrow();
  });

  test("garbage is no JSON", async () => {
    standIn.fault = { kind: "garbage" };
    expect(await (await ask()).text()).toMatch(/^<!doctype html>/);
  });

  test("empty has no series", async () => {
    standIn.fault = { kind: "empty" };
    expect(await range("sum(http_requests_total)", HOUR_BEFORE)).toEqual([]);
  });

  test("slow answers late", async () => {
    standIn.fault = { kind: "slow", ms: 60_000 };
    const answer = fetch(`${standIn.url}/-/ready`, { signal: AbortSignal.timeout(150) });
    await expect(answer).rejects.toThrow(/timeout/);
  });
});
