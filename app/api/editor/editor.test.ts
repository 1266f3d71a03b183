import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET as names } from "#app/api/editor/names/route.ts";
import { POST as preview } from "#app/api/editor/preview/route.ts";
import { ask, refused } from "#app/api/settings/asking.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import type { PreviewAnswer } from "#components/editor/view.ts";
import type { Store } from "#db/connection.ts";
import { testStore } from "#db/testing.ts";
import { type Story, tellStory } from "#demo/story/story.ts";
import { type StandIn, startPrometheus } from "#demo/upstreams/prometheus.ts";
import { DAY, floorMinute, HOUR, MINUTE } from "#lib/time/duration.ts";
import { sourceAt } from "../../../e2e/servers/source.ts";

/** The routes over a stand-in that tells the demo's story, which ends now. */

let store: Store;
let story: Story;
let standIn: StandIn;
let editor: Record<string, string>;
let viewer: Record<string, string>;

beforeAll(async () => {
  story = tellStory(floorMinute(Date.now()));
  const series = [...story.series("main"), ...story.series("edge")];
  standIn = await startPrometheus({ name: "main", series, clock: Date.now });
  store = await testStore();
  serveFrom(store, { prometheus: [sourceAt(standIn.url, { counting: "increase" })] });
  editor = await signedIn(store, { name: "Edna", editorOf: ["pay"] });
  viewer = await signedIn(store, { name: "Vera" });
});
afterAll(async () => {
  for (const key of ["sources", "seen", "turns", "names", "nameTurns"]) {
    delete (globalThis as { [key: symbol]: unknown })[Symbol.for(`plimsoll.editor.${key}`)];
  }
  release();
  await store.close();
  await standIn.close();
});

const SLOTH = `version: prometheus/v1
service: checkout
slos:
  - name: availability
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(http_requests_total{service="checkout",code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total{service="checkout"}[{{.window}}]))
`;
const GOOD = { text: SLOTH, file: null, slo: "checkout/availability", source: null, reach: "day" };

function post(body: object, headers = editor): Promise<Response> {
  return ask(preview, { method: "POST", params: {}, headers, body });
}

async function previewed(body: object): Promise<PreviewAnswer> {
  const response = await post(body);
  expect(response.status).toBe(200);
  return response.json();
}

async function numbersOf(body: object) {
  const answer = await previewed(body);
  if (answer.kind !== "seen" || answer.numbers.kind !== "known") {
    throw new Error(`no numbers: ${JSON.stringify(answer)}`);
  }
  return answer.numbers;
}

/** What the story says of `(from, to]`. */
function told(of: "total" | "bad", from: number, to: number): number {
  const staged = story.flows.find(({ flow }) => `${flow.service}/${flow.slo}` === GOOD.slo);
  if (!staged) throw new Error("the story has no such SLO");
  let sum = 0;
  for (let at = from; at < to; at += MINUTE) sum += staged[of](at / MINUTE);
  return sum;
}

describe("a preview", () => {
  test("of the last day is what there was in it", async () => {
    const { from, to, total, bad, knownMs } = await numbersOf(GOOD);
    expect(to - from).toBeGreaterThanOrEqual(DAY);
    expect(to - from).toBeLessThan(DAY + HOUR);
    expect(Date.now() - to).toBeLessThan(3 * MINUTE);
    expect(knownMs).toBe(to - from);
    expect(total).toBeCloseTo(told("total", from, to), 3);
    expect(bad).toBeCloseTo(told("bad", from, to), 3);
  });

  test("of the window is what there was in all of it", async () => {
    const { to, total, bad, knownMs, windowMs } = await numbersOf({ ...GOOD, reach: "window" });
    expect([knownMs, windowMs]).toEqual([30 * DAY, 30 * DAY]);
    const all = told("total", to - 30 * DAY, to);
    expect(Math.abs(total - all)).toBeLessThan(all * 1e-3);
    expect(Math.abs(bad - told("bad", to - 30 * DAY, to))).toBeLessThan(bad * 0.01);
  });

  test("at another objective counts the same, and spends another share", async () => {
    const strict = await numbersOf(GOOD);
    const lenient = await numbersOf({ ...GOOD, text: SLOTH.replace("99.9", "99") });
    expect(lenient.total).toBe(strict.total);
    expect((strict.consumed ?? 0) / (lenient.consumed ?? 1)).toBeCloseTo(10, 6);
  });

  test("of a query that matches nothing is no data", async () => {
    const text = SLOTH.replaceAll("http_requests_total", "http_request_total");
    expect(await previewed({ ...GOOD, text })).toMatchObject({ numbers: { kind: "no-data" } });
  });

  test("of a source that is down says so", async () => {
    standIn.fault = { kind: "down" };
    const text = SLOTH.replaceAll('service="checkout"', 'service="cart"');
    const answer = await previewed({ ...GOOD, text });
    standIn.fault = { kind: "none" };
    expect(answer.kind).toBe("failed");
  });

  test("of a source that nobody configured names those there are", async () => {
    expect(await previewed({ ...GOOD, source: "other" })).toEqual({
      kind: "failed",
      source: "other",
      message: "plimsoll.yaml has no source other; it has main.",
    });
  });

  test.each([
    ["whose SLO has an error", { ...GOOD, text: SLOTH.replace("99.9", "999") }, 422, "no-slo", ""],
    ["of an SLO that it does not have", { ...GOOD, slo: "checkout/other" }, 422, "no-slo", ""],
    ["with a field too many", { ...GOOD, query: "up" }, 422, "bad-body", "query"],
    ["that is no text", { ...GOOD, text: 1 }, 422, "bad-body", "text"],
  ])("is refused for a text %s", async (_, body, status, code, field) => {
    expect(await refused(await post(body))).toEqual([status, code, field]);
  });

  test("is for those who may edit for some team", async () => {
    expect((await refused(await post(GOOD, viewer)))[0]).toBe(403);
    expect((await refused(await post(GOOD, { origin: ORIGIN })))[0]).toBe(401);
    const elsewhere = { ...editor, origin: "https://elsewhere.example" };
    expect((await refused(await post(GOOD, elsewhere)))[1]).toBe("foreign-origin");
  });
});

describe("names for completion", () => {
  const get = (query: string, headers = editor) =>
    names(new Request(`${ORIGIN}/api/editor/names?${query}`, { headers }), {
      params: Promise.resolve({}),
    });

  test.each([
    ["kind=metrics&part=http_requests", ["http_requests_total"]],
    ["kind=labels&metric=http_requests_total", ["code", "service"]],
    ["kind=metrics&part=no_such_thing", []],
  ])("%s", async (query, wanted) => {
    const answer = await (await get(`source=main&${query}`)).json();
    expect(answer).toEqual({ names: wanted, problem: null });
  });

  test("values are those of the label", async () => {
    const query = "source=main&kind=values&label=service&metric=http_requests_total";
    expect((await (await get(query)).json()).names).toContain("checkout");
  });

  test.each([
    ["source=main&kind=metrics&part=.*", "part"],
    ["source=main&kind=labels&metric=x%22%7D", "metric"],
    ["source=main&kind=values&label=../status/config", "label"],
    ["source=main&kind=values", "label"],
    ["source=main&kind=rules", "kind"],
    ["source=main&kind=metrics&path=/api/v1/admin", "path"],
  ])("nothing else may be asked: %s", async (query, field) => {
    expect(await refused(await get(query))).toEqual([400, "bad-parameter", field]);
  });

  test("of no source are none, and said to be", async () => {
    const answer = await (await get("source=other&kind=metrics")).json();
    expect(answer).toEqual({ names: [], problem: "There is no source other." });
  });

  test("are looked up once at a time for each person: the next key ends the one before", async () => {
    standIn.fault = { kind: "slow", ms: 60_000 };
    const first = get("source=main&kind=metrics&part=slow_a");
    const second = get("source=main&kind=metrics&part=slow_b");
    const ended = await (await first).json();
    expect(ended).toEqual({ names: [], problem: "Nobody waits any more." });
    standIn.fault = { kind: "none" };
    expect(await (await get("source=main&kind=metrics&part=slow_c")).json()).toEqual({
      names: [],
      problem: null,
    });
    await second;
  });

  test("are not for those who only read", async () => {
    expect((await refused(await get("source=main&kind=metrics", viewer)))[0]).toBe(403);
  });
});
