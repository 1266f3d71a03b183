import { QueryClient } from "@tanstack/react-query";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type SloPage, type SloPageKey, sloPageQuery } from "#app/_data/slo/query.ts";
import { readSloPage, type SloPageAsk } from "#app/_data/slo/read.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { GET as getExplanation } from "#app/api/views/slos/[service]/[slo]/explain/route.ts";
import { GET as getView } from "#app/api/views/slos/[service]/[slo]/route.ts";
import type { Store } from "#db/connection.ts";
import { burnAlerts, exclusions, sloVersions } from "#db/schema/index.ts";
import { furnishSlo } from "#db/suites/furnish.ts";
import { testStore } from "#db/testing.ts";
import { type ExclusionFields, saveExclusion } from "#db/writes/exclusions.ts";
import { SYSTEM } from "#lib/access/actor.ts";
import { evaluate } from "#lib/slo/evaluate.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import { days, inputAt, minutes, rowsOf, sloOf } from "#lib/slo/testing.ts";
import { DAY, floorMinute, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Two days of 100 requests a minute, of which all fail for ten minutes, ten hours before the end. */
const END = floorMinute(Date.now()) - MINUTE;
const START = END - 2 * DAY;
const DOWN_AT = END - 10 * HOUR;
const DOWN = { from: DOWN_AT, to: DOWN_AT + 10 * MINUTE };
const definition = sloOf({ objective: 0.99, window: days(2) });
const rows = rowsOf(
  START,
  minutes(2 * 1440, (i) => {
    const at = START + i * MINUTE;
    return { good: at >= DOWN.from && at < DOWN.to ? 0 : 100, total: 100 };
  }),
);
const NO_RANGE = { range: null, from: null, to: null };
const ADDRESS = { service: "checkout", name: "availability" };

let store: Store;
let viewer: Record<string, string>;
beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  viewer = await signedIn(store, { name: "Vi" });
  await seed(store);
});
afterEach(async () => {
  await store.db.delete(exclusions);
});
afterAll(async () => {
  release();
  await store.close();
});

async function seed({ db }: Store): Promise<void> {
  const versions = [{ validFrom: START, definition }];
  await furnishSlo(db, { names: ADDRESS, rows, versions, evaluation: evaluated() });
}

/** What the evaluation says that leaves the outage out. */
function evaluated() {
  const counted = withoutSpans(rows, [DOWN]);
  return evaluate({ ...inputAt(counted, END, { definition, rows: counted }), excluded: [DOWN] });
}

async function save(of: Partial<ExclusionFields> = {}): Promise<number> {
  const fields: ExclusionFields = {
    ...{ kind: "maintenance", service: "checkout", slo: null, title: "Upgrade", reason: "Told" },
    ...{
      startsAt: DOWN.from,
      endsAt: DOWN.to,
      rrule: null,
      zone: "UTC",
      excluded: true,
      url: null,
    },
    ...of,
  };
  const by = { actor: SYSTEM, address: null, at: END };
  return saveExclusion(store.db, by, { fields, externalId: null, team: "shop" });
}

async function pageOf(of: Partial<SloPageAsk> = {}) {
  const page = await readSloPage({
    ...{ ...ADDRESS, at: null, now: Date.now(), range: NO_RANGE },
    ...of,
  });
  if (page?.kind !== "slo") throw new Error("no page");
  return page;
}

describe("what is counted apart", () => {
  test("stands on the page with what failed in it, and is drawn", async () => {
    const id = await save();
    const { apart, chart, everything } = await pageOf();
    expect(apart).toMatchObject([
      { id, ...DOWN, title: "Upgrade", excluded: true, planned: false, recurs: false },
    ]);
    expect(apart[0]?.counted).toMatchObject({ bad: 1000, total: 1000 });
    // A hundredth of the 287,000 that count, stretched over two days that are whole but for ten minutes.
    expect(apart[0]?.counted?.share).toBeCloseTo(1000 / 2870, 6);
    expect(chart?.apart).toEqual([
      { id, ...DOWN, kind: "maintenance", title: "Upgrade", excluded: true },
    ]);
    expect(chart?.bins.reduce((sum, bin) => sum + bin.total - bin.good, 0)).toBe(0);
    expect(everything).toBe(false);
  });

  test("with everything counted is in every number, now and as of a time", async () => {
    await save();
    const now = await pageOf({ everything: true });
    expect(now.head.status?.consumed).toBeCloseTo(1000 / 2880, 9);
    expect(now.head.asOf).toBeNull();
    expect(now.everything).toBe(true);
    expect(now.chart?.bins.at(-1)?.remaining).toBeCloseTo(1 - 1000 / 2880, 6);
    expect(now.costs?.consumed).toBeCloseTo(1000 / 2880, 9);
    expect((await pageOf()).head.status?.consumed).toBe(0);
    const at = END - HOUR;
    const spent = async (everything: boolean) =>
      (await pageOf({ at, everything })).head.status?.consumed;
    expect(await spent(false)).toBe(0);
    expect(await spent(true)).toBeGreaterThan(0.3);
  });

  test("an experiment that runs is counted so far, and counts", async () => {
    const run = { kind: "experiment", title: "Kill a pod", excluded: false } as const;
    await save({ ...run, startsAt: DOWN.from + 5 * MINUTE, endsAt: null });
    const { apart, chart } = await pageOf();
    expect(apart).toMatchObject([{ to: null, counted: { bad: 500 }, excluded: false }]);
    expect(chart?.bins.reduce((sum, bin) => sum + bin.total - bin.good, 0)).toBe(1000);
  });

  test("what a document says names it, and what is told does not", async () => {
    const id = await save();
    await save({ title: "By hand" });
    await store.db
      .update(exclusions)
      .set({ documentPath: "slos/checkout.yaml" })
      .where(eq(exclusions.id, id));
    const { apart } = await pageOf();
    const files = Object.fromEntries(apart.map((line) => [line.title, line.document]));
    expect(files).toEqual({ Upgrade: "slos/checkout.yaml", "By hand": null });
  });

  test("an experiment that the policy leaves out says so, one that was told late why it counts", async () => {
    const clauses = { postmortemAbove: null, planningAbove: null, exempt: [] };
    const leaving = { ...definition, clauses: { ...clauses, experiments: "exclude" as const } };
    await store.db.update(sloVersions).set({ definition: leaving });
    const run = { kind: "experiment", excluded: false } as const;
    await save({ ...run, title: "In time" });
    await save({ ...run, title: "Late" });
    const lines = async () => Object.fromEntries((await pageOf()).apart.map((l) => [l.title, l]));
    const judge = (title: string, timeliness: "in-time" | "late-start") =>
      store.db.update(exclusions).set({ timeliness }).where(eq(exclusions.title, title));
    await judge("In time", "in-time");
    await judge("Late", "late-start");
    expect(await lines()).toMatchObject({
      "In time": { excluded: true, policy: { countedBecause: null } },
      Late: {
        excluded: false,
        policy: { countedBecause: "it was told more than 15 minutes after it began" },
      },
    });
    await store.db.update(sloVersions).set({ definition });
    expect(await lines()).toMatchObject({ "In time": { excluded: false, policy: null } });
  });

  test("that lies over a firing is told where the alert's link leads, with what was seen then", async () => {
    const fired = { sloId: 1, tier: "page-fast", severity: "page" } as const;
    await store.db
      .insert(burnAlerts)
      .values({ ...fired, startedAt: DOWN.from + 5 * MINUTE, endedAt: DOWN.to });
    const at = DOWN.from + 5 * MINUTE;
    const range = { ...NO_RANGE, from: new Date(DOWN.from - HOUR).toISOString() };
    const landed = async () => (await pageOf({ at, range })).landing;
    expect(await landed()).toMatchObject({ leftOut: null, firesNow: null });
    const seen = (await landed())?.before?.short;
    expect(seen).toBeGreaterThan(50);
    const id = await save();
    const after = await landed();
    expect(after?.leftOut?.windows).toMatchObject([{ id, ...DOWN, title: "Maintenance: Upgrade" }]);
    expect(after?.leftOut).toMatchObject({ window: "1h", burn: 0 });
    expect(after?.before?.short).toBe(seen);
    expect(refreshMs(await pageOf({ at, range }))).toBe(MINUTE / 2);
    expect(refreshMs(await pageOf({ at: END - HOUR }))).toBe(false);
    expect((await pageOf()).leftOut?.windows.length).toBe(1);
    expect((await pageOf({ everything: true })).leftOut).toBeNull();
    await store.db.delete(burnAlerts);
    expect((await pageOf()).leftOut).toBeNull();
  });

  test("what is planned is listed for two weeks, and nothing is counted in it", async () => {
    const startsAt = END + DAY;
    await save({ startsAt, endsAt: startsAt + HOUR, rrule: "FREQ=WEEKLY" });
    const { apart } = await pageOf();
    expect(apart).toMatchObject([
      { from: startsAt + 7 * DAY, planned: true, counted: null, recurs: true },
      { from: startsAt, planned: true },
    ]);
  });

  test("of another SLO or service is not there", async () => {
    await save({ slo: "latency" });
    await save({ service: "search" });
    expect((await pageOf()).apart).toEqual([]);
  });

  test("the address says so by ?exclusions=off, and by nothing else", async () => {
    await save();
    const view = (search: string) => askOf(getView, search);
    expect(await view("?exclusions=off")).toMatchObject({ everything: true });
    expect(await view("")).toMatchObject({ everything: false });
    expect(await view("?exclusions=on")).toMatchObject({ error: { code: "bad-parameter" } });
  });

  test("the explanation goes by the same numbers as the page", async () => {
    await save();
    const difference = async (search: string) =>
      (await askOf(getExplanation, `?number=remaining${search}`)).difference;
    expect(await difference("&exclusions=off")).toMatchObject({ total: 288_000, good: 287_000 });
    expect(await difference("")).toMatchObject({ total: 287_000, good: 287_000 });
  });
});

/** How often a browser asks again that shows this page of an earlier moment. */
function refreshMs(page: SloPage) {
  const key = { ...ADDRESS, at: "then", tier: null, exclusions: null, range: NO_RANGE };
  const { refetchInterval, queryKey } = sloPageQuery(key);
  const client = new QueryClient();
  client.setQueryData(queryKey, page);
  if (typeof refetchInterval !== "function") throw new Error("it depends on the page");
  return refetchInterval(
    client.getQueryCache().build<SloPage, Error, SloPage, (string | SloPageKey)[]>(client, {
      queryKey: [...queryKey],
    }),
  );
}

type Get = typeof getView;

async function askOf(get: Get, search: string) {
  const request = new Request(`${ORIGIN}/x${search}`, { headers: viewer });
  const params = Promise.resolve({ service: ADDRESS.service, slo: ADDRESS.name });
  return (await get(request, { params })).json();
}
