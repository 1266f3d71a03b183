import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSloPage } from "#app/_data/slo/read.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { sloStatus as sloAnswer, sloPage, sloSeries } from "#app/api/v1/schemas.ts";
import { GET as getStatus } from "#app/api/v1/slos/[service]/[slo]/route.ts";
import { GET as getSeries } from "#app/api/v1/slos/[service]/[slo]/series/route.ts";
import { GET as getList } from "#app/api/v1/slos/route.ts";
import { GET as getExplanation } from "#app/api/views/slos/[service]/[slo]/explain/route.ts";
import type { Store } from "#db/connection.ts";
import {
  sloAliases,
  sloReadings,
  sloStates,
  sloStatus,
  slos,
  sloVersions,
} from "#db/schema/index.ts";
import { furnishSlo } from "#db/suites/furnish.ts";
import { testStore } from "#db/testing.ts";
import { saveDeployments } from "#db/writes/delivery.ts";
import { saveIncidents } from "#db/writes/incidents.ts";
import { deployed, incident } from "#lib/dora/testing.ts";
import { evaluate } from "#lib/slo/evaluate.ts";
import { days, inputAt, minutes, rowsOf, sloOf } from "#lib/slo/testing.ts";
import { DAY, floorMinute, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Three days of 100 requests a minute, all of which fail for ten minutes a day before the end. */
const END = floorMinute(Date.now()) - MINUTE;
const START = END - 3 * DAY;
const OUTAGE = 2 * 1440;
const loose = sloOf({ objective: 0.9, window: days(2) });
const strict = sloOf({ objective: 0.99, window: days(2) });
const rows = rowsOf(
  START,
  minutes(3 * 1440, (i) => ({ good: i >= OUTAGE && i < OUTAGE + 10 ? 0 : 100, total: 100 })),
);
const DOWN_AT = START + OUTAGE * MINUTE;
/** What was deployed an hour before the outage, and what people called it. */
const RELEASE = deployed("d1", 0, {
  ...{ service: "checkout", ref: "v1.2", createdAt: DOWN_AT - 2 * HOUR },
  statuses: [{ state: "success", at: DOWN_AT - HOUR }],
});
const TROUBLE = incident(
  "i1",
  { from: 0, to: 0 },
  {
    ...{ service: "checkout", title: "Nobody can pay", severity: "SEV1" as const },
    ...{ startedAt: DOWN_AT, detectedAt: null, resolvedAt: DOWN_AT + 10 * MINUTE },
  },
);
let store: Store;
let viewer: Record<string, string>;

beforeAll(async () => {
  store = await testStore();
  serveFrom(store);
  viewer = await signedIn(store, { name: "Vi" });
  await seed(store);
});
afterAll(async () => {
  release();
  await store.close();
});

async function seed({ db }: Store): Promise<void> {
  await furnishSlo(db, {
    names: { service: "checkout", name: "availability" },
    rows,
    versions: [
      { validFrom: START, definition: loose },
      { validFrom: END - 6 * HOUR, definition: strict },
    ],
    evaluation: evaluate(inputAt(rows, END, { definition: strict, rows })),
  });
  await db.insert(sloAliases).values({ service: "checkout", name: "uptime", sloId: 1 });
  const state = {
    sloId: 1,
    policyState: "Healthy",
    held: false,
    tier: null,
    version: 1,
    consumed: 0,
  };
  await db.insert(sloStates).values({ ...state, at: START + DAY, state: "healthy" });
  await saveDeployments(db, [RELEASE]);
  await saveIncidents(db, [TROUBLE], { origin: "github", now: END });
}

const of = (service: string, slo: string) => ({ params: Promise.resolve({ service, slo }) });
const ask = (search = "") => new Request(`${ORIGIN}/x${search}`, { headers: viewer });
const NO_RANGE = { range: null, from: null, to: null };

function pageAt(at: number | null) {
  const names = { service: "checkout", name: "availability" };
  return readSloPage({ ...names, at, now: Date.now(), range: NO_RANGE });
}

describe("the page of an SLO", () => {
  test("ends its chart with the number beside it", async () => {
    const page = await pageAt(null);
    if (page?.kind !== "slo") throw new Error("no page");
    expect(page.chart?.bins.at(-1)?.remaining).toBeCloseTo(
      page.head.status?.remaining ?? Number.NaN,
      5,
    );
    expect(page.chart?.versions).toMatchObject([{ version: 2, change: "objective 90 % → 99 %" }]);
    expect(page.chart?.bins.length).toBeLessThanOrEqual(600);
  });

  test("as of a time has the definition and the data of then, and the recorded state", async () => {
    const then = START + OUTAGE * MINUTE + HOUR;
    const page = await pageAt(then);
    if (page?.kind !== "slo") throw new Error("no page");
    const { head } = page;
    expect(head.status).toMatchObject({
      objective: 0.9,
      state: "healthy",
      watermark: new Date(then).toISOString(),
    });
    // 1,000 bad of a budget of a tenth of 288,000.
    expect(head.status?.consumed).toBeCloseTo(1000 / 28_800, 10);
    expect(head.asOf?.recorded?.state).toBe("healthy");
    expect(head.definition.version).toBe(1);
  });

  test("marks what was deployed and what went wrong, and says what it cost", async () => {
    const page = await pageAt(null);
    if (page?.kind !== "slo") throw new Error("no page");
    expect(page.chart?.marks).toMatchObject([
      { kind: "deployment", n: 1, failed: 1, named: [{ id: "d1", title: "v1.2" }] },
      { kind: "incident", n: 1, named: [{ id: "i1", title: "SEV1 Nobody can pay" }] },
    ]);
    expect(page.costs?.parts).toMatchObject([{ id: "i1", bad: 1000, causedBy: { id: "d1" } }]);
    expect(page.costs?.consumed).toBeCloseTo(page.head.status?.consumed ?? Number.NaN, 9);
  });

  test("under a former name says where it is now, and an unknown name is nothing", async () => {
    const names = { at: null, now: Date.now(), range: NO_RANGE, service: "checkout" };
    expect(await readSloPage({ ...names, name: "uptime" })).toMatchObject({
      kind: "moved",
      name: "availability",
    });
    expect(await readSloPage({ ...names, name: "nope" })).toBeNull();
  });
});

describe("API v1", () => {
  test("gives the status by its contract, now and as of a time", async () => {
    for (const search of ["", `?at=${new Date(END - HOUR).toISOString()}`]) {
      const answer = await getStatus(ask(search), of("checkout", "availability"));
      expect(answer.status).toBe(200);
      const status = sloAnswer.parse(await answer.json());
      expect(status).toMatchObject({ slo: "availability", enforced: true });
    }
  });

  test("says of an aspirational SLO that it is not enforced, by itself and in the list", async () => {
    const wish = { ...strict, enforced: false };
    const names = { service: "checkout", name: "wish", team: "shop" };
    const { db } = store;
    const own = { id: 2, ...names, documentPath: "slos/wish.yaml", version: 1, createdAt: START };
    await db.insert(slos).values(own);
    await db
      .insert(sloVersions)
      .values({ sloId: 2, sliId: 1, version: 1, validFrom: START, definition: wish });
    const { status, detail } = evaluate(inputAt(rows, END, { definition: wish, rows }));
    await db.insert(sloReadings).values({ sloId: 2, status, detail });
    const { state } = status;
    await db.insert(sloStatus).values({
      ...{ sloId: 2, ...names, state, rank: 0, remaining: 0 },
      ...{ version: 1, evaluatedAt: END, enforced: false },
    });
    const one = await getStatus(ask(), of("checkout", "wish"));
    expect(sloAnswer.parse(await one.json()).enforced).toBe(false);
    const all = sloPage.parse(await (await getList(ask(), { params: Promise.resolve({}) })).json());
    expect(all.slos.map(({ enforced }) => enforced)).toEqual([false]);
  });

  test("gives a series whose counts add up, in at most as many points as asked for", async () => {
    const from = new Date(END - DAY).toISOString();
    const answer = await getSeries(ask(`?from=${from}&points=50`), of("checkout", "availability"));
    const { points, versions } = sloSeries.parse(await answer.json());
    expect(points.length).toBeLessThanOrEqual(50);
    expect(points.reduce((sum, p) => sum + p.total, 0)).toBe(144_000);
    expect(versions.map((v) => v.objective)).toEqual([0.9, 0.99]);
  });

  test("gives a series with the deployments and incidents of its range", async () => {
    const series = async (from: number, to: number) => {
      const search = `?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`;
      const answer = await getSeries(ask(search), of("checkout", "availability"));
      return sloSeries.parse(await answer.json());
    };
    const { deployments, incidents } = await series(DOWN_AT - HOUR, DOWN_AT + HOUR);
    expect(deployments).toMatchObject([{ id: "d1", ref: "v1.2", failed: true }]);
    expect(incidents).toMatchObject([{ id: "i1", severity: "SEV1", deploymentId: "d1" }]);
    const during = await series(DOWN_AT + 5 * MINUTE, DOWN_AT + HOUR);
    expect(during).toMatchObject({ deployments: [], incidents: [{ id: "i1" }] });
    const after = await series(DOWN_AT + 10 * MINUTE, DOWN_AT + HOUR);
    expect(after).toMatchObject({ deployments: [], incidents: [] });
  });

  test.each([
    ["an unknown name", getStatus, "nope", "", 404, "unknown-slo"],
    ["a former name", getStatus, "uptime", "", 410, "moved"],
    ["a time that is none", getStatus, "availability", "?at=yesterday", 400, "bad-parameter"],
    ["the future", getStatus, "availability", "?at=2999-01-01T00:00Z", 400, "bad-parameter"],
    ["an unknown parameter", getStatus, "availability", "?instance=a", 400, "bad-parameter"],
    ["one point", getSeries, "availability", "?points=1", 400, "bad-parameter"],
    [
      "a reversed range",
      getSeries,
      "availability",
      "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
      400,
      "bad-parameter",
    ],
    [
      "a number that is none",
      getExplanation,
      "availability",
      "?number=budget",
      400,
      "bad-parameter",
    ],
    [
      "a window of another SLO",
      getExplanation,
      "availability",
      "?number=burn-7h",
      404,
      "no-number",
    ],
  ] as const)("refuses %s in words", async (_, get, slo, search, status, code) => {
    const answer = await get(ask(search), of("checkout", slo));
    expect(answer.status).toBe(status);
    const { error } = await answer.json();
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(/\.$/),
      details: expect.any(Array),
    });
  });
});

test("the explanation of the budget ends with the number on the page", async () => {
  const answer = await getExplanation(ask("?number=remaining"), of("checkout", "availability"));
  const { steps, difference } = await answer.json();
  expect(difference).toMatchObject({ total: 288_000, good: 287_000 });
  // 1,000 bad of 2,880.
  expect(steps.at(-1).result).toBe("65.2778 %");
});
