import { eq, gt, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSloPage } from "#app/_data/slo/read.ts";
import { readWhatIf } from "#app/_data/whatif/read.ts";
import { ORIGIN, release, serveFrom, signedIn } from "#app/api/settings/tokens/testing.ts";
import { GET as getWhatIf } from "#app/api/v1/slos/[service]/[slo]/what-if/route.ts";
import { whatIf } from "#app/api/v1/slos/[service]/[slo]/what-if/schema.ts";
import { GET as getView } from "#app/api/views/slos/[service]/[slo]/what-if/route.ts";
import type { Store } from "#db/connection.ts";
import {
  exclusions,
  slis,
  sliTotals,
  sloAliases,
  sloReadings,
  slos,
  sloVersions,
} from "#db/schema/index.ts";
import { furnishSlo } from "#db/suites/furnish.ts";
import { testStore } from "#db/testing.ts";
import { saveDeployments } from "#db/writes/delivery.ts";
import { saveExclusion } from "#db/writes/exclusions.ts";
import { SYSTEM } from "#lib/access/actor.ts";
import { deployed } from "#lib/dora/testing.ts";
import { evaluate } from "#lib/slo/evaluate.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import { evaluateRange } from "#lib/slo/range.ts";
import { days, inputAt, minutes, rowsOf, sloOf } from "#lib/slo/testing.ts";
import { DAY, floorMinute, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Eight days of 100 requests a minute, all of which fail for 20 minutes a day before the end, and for ten more that are excluded. */
const END = floorMinute(Date.now()) - MINUTE;
const START = END - 8 * DAY;
const DOWN = 7 * 1440;
const OFF = { from: START + 6 * DAY, to: START + 6 * DAY + 10 * MINUTE };
const definition = sloOf({ objective: 0.99, window: days(2) });
const rows = rowsOf(
  START,
  minutes(8 * 1440, (i) => {
    const at = START + i * MINUTE;
    const isDown = (i >= DOWN && i < DOWN + 20) || (at >= OFF.from && at < OFF.to);
    return { good: isDown ? 0 : 100, total: 100 };
  }),
);
const counted = withoutSpans(rows, [OFF]);
const ADDRESS = { service: "checkout", name: "availability" };
const NOTHING = { objective: null, window: null, thresholds: null };

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
  const evaluation = evaluate(
    inputAt(counted, END, { definition, rows: counted, excluded: [OFF] }),
  );
  const versions = [{ validFrom: START, definition }];
  await furnishSlo(db, { names: ADDRESS, rows, versions, evaluation });
  await db.insert(sloAliases).values({ service: "checkout", name: "uptime", sloId: 1 });
  const fresh = { service: "checkout", name: "fresh", documentPath: "a.yaml", version: 1 };
  const sli = { key: "fresh", source: "main", definition: definition.sli };
  await db.insert(slis).values({ id: 2, ...sli, createdAt: START });
  await db.insert(slos).values({ id: 2, ...fresh, team: "shop", createdAt: START });
  await db
    .insert(sloVersions)
    .values({ sloId: 2, sliId: 2, version: 1, validFrom: START, definition });
  await leaveOut(db, OFF);
  await saveDeployments(
    db,
    [1, 5].map((hour) => {
      const at = START + DOWN * MINUTE + hour * HOUR;
      return deployed(`d${hour}`, 0, {
        ...{ service: "checkout", ref: `v1.${hour}`, sha: `${hour}`.repeat(40), createdAt: at },
        statuses: [{ state: "success", at: at + MINUTE }],
      });
    }),
  );
}

function leaveOut(db: Store["db"], { from, to }: typeof OFF): Promise<number> {
  const by = { actor: SYSTEM, address: null, at: END };
  const planned = { startsAt: from, endsAt: to, rrule: null, zone: "UTC", excluded: true };
  const words = { title: "Upgrade", reason: "Told", url: null, externalId: null };
  const fields = { kind: "maintenance", service: "checkout", slo: null } as const;
  return saveExclusion(db, by, {
    fields: { ...fields, ...planned, ...words },
    ...{ externalId: null, team: "shop" },
  });
}

async function ask(fields: Partial<typeof NOTHING> | Record<string, string> = {}) {
  const read = await readWhatIf({ ...ADDRESS, fields: { ...NOTHING, ...fields }, now: Date.now() });
  if (read?.kind !== "slo") throw new Error("no what-if");
  return read;
}

async function compared(fields: Record<string, string> = {}) {
  const read = await ask(fields);
  if (!read.compared?.asked) throw new Error("nothing compared");
  return { ...read.compared, asked: read.compared.asked };
}

describe("a what-if that changes nothing", () => {
  test("is the present numbers, with what is excluded left out", async () => {
    const page = await readSloPage({
      ...{ ...ADDRESS, at: null, now: Date.now() },
      range: { range: null, from: null, to: null },
    });
    if (page?.kind !== "slo") throw new Error("no page");
    const { asked, present, line } = await compared();
    expect(asked).toEqual(present);
    const { consumed, remaining, sli, state, policyState } = page.head.status ?? {};
    expect(asked.now).toMatchObject({ consumed, remaining, sli, state, policyState });
    expect(consumed).toBeCloseTo(2000 / 2870, 2);
    expect(line.present.at(-1)).toBeCloseTo(consumed ?? -1, 5);
    expect(line.asked).toEqual(line.present);
    const firings = evaluateRange(definition, counted, END - 2 * DAY, END);
    expect(present.tiers.map(({ count }) => count)).toEqual(
      present.tiers.map(({ tier }) => firings.filter((each) => each.tier === tier).length),
    );
  });

  test("says so, also when the present values are written out", async () => {
    expect((await ask()).changed).toBe(false);
    const { presentFields } = await ask();
    expect(presentFields).toEqual({ objective: "0.99", window: "2d", thresholds: "0.5, 1" });
    expect((await ask(presentFields)).changed).toBe(false);
    expect((await ask({ objective: "99.5" })).changed).toBe(true);
  });
});

describe("a what-if", () => {
  test("of a higher objective spends more, freezes and would have blocked what shipped", async () => {
    const { asked, present } = await compared({ objective: "0.999" });
    expect(asked.now.consumed).toBeCloseTo(10 * (present.now.consumed ?? 0), 9);
    expect(asked.now).toMatchObject({ state: "exhausted", policyState: "Feature freeze" });
    expect(present).toMatchObject({ blockedMs: 0, blockedCount: 0 });
    expect(asked.blocked.map(({ title }) => title)).toEqual(["v1.5", "v1.1"]);
    expect(asked.blockedMs / HOUR).toBeCloseTo(24, 0);
  });

  test("of a longer window than there is history says how much is known", async () => {
    const { asked, from } = await compared({ window: "90d" });
    expect(from).toBe(START);
    expect(asked).toMatchObject({ neededDays: 90, historyDays: 8, isEnough: false });
  });

  test("of a calendar month goes back over the whole of it, as far as is known", async () => {
    const { asked, from } = await compared({ window: "month" });
    expect(from).toBe(START);
    expect(asked).toMatchObject({ windowLabel: "month", zone: "UTC" });
  });

  test("with a mistake keeps the present side and says what to write", async () => {
    const read = await ask({ objective: "1", window: "28" });
    expect(Object.keys(read.mistakes)).toEqual(["objective", "window"]);
    expect(read.compared).toMatchObject({ asked: null, line: { asked: null } });
    expect(read.compared?.present.now.consumed).toBeGreaterThan(0.6);
  });

  test("suggests what the windows of the past would have kept", async () => {
    // The worst two days lost 20 of 2,880 minutes, or ten less than that excluded: 0.7 %.
    const { suggestion } = await compared();
    expect(suggestion).toMatchObject({ kind: "objective", objective: 0.99, window: "2d" });
    expect((await compared({ window: "30d" })).suggestion).toMatchObject({ kind: "short" });
  });

  test("of a longer window than was asked before reads the older history, too", async () => {
    await compared();
    const { asked, from } = await compared({ window: "7d" });
    expect(from).toBe(END - 7 * DAY);
    // A hundredth of 100 a minute in seven days, but for the ten minutes left out.
    expect(asked.now.budgetTotal).toBeCloseTo(7 * 1440 - 10, 6);
    expect(asked).toMatchObject({ historyDays: 7, isEnough: true });
  });

  test("leaves out at once what has been excluded since", async () => {
    const before = await compared();
    expect(before.present.now.bad).toBe(2000);
    const from = START + DOWN * MINUTE;
    const id = await leaveOut(store.db, { from, to: from + 5 * MINUTE });
    expect((await compared()).present.now.bad).toBe(1500);
    await store.db.delete(exclusions).where(eq(exclusions.id, id));
    expect(await compared()).toEqual(before);
  });

  test("goes by the newest evaluation and what has come for it", async () => {
    const before = await compared();
    const last = rows.at(-1);
    const [row] = await store.db.select().from(sloReadings).where(eq(sloReadings.sloId, 1));
    if (!row || !last) throw new Error("no reading");
    const at = END + MINUTE;
    await store.db.insert(sliTotals).values({ sliId: 1, ...last, at, total: last.total + 100 });
    expect(await compared()).toEqual(before);
    const status = { ...row.status, asOf: new Date(at).toISOString() };
    await store.db.update(sloReadings).set({ status }).where(eq(sloReadings.sloId, 1));
    const after = await compared();
    expect(after.to).toBe(at);
    expect(after.present.now.bad).toBe(before.present.now.bad + 100);
    // A correction of yesterday moves every row since then.
    const since = END - 18 * HOUR;
    await store.db.update(sliTotals).set({ good: sql`good - 50` }).where(gt(sliTotals.at, since));
    const next = { ...row.status, asOf: new Date(at + MINUTE).toISOString() };
    await store.db.update(sloReadings).set({ status: next }).where(eq(sloReadings.sloId, 1));
    const corrected = await compared();
    expect(corrected.present.now.bad).toBe(before.present.now.bad + 150);
    const yesterday = corrected.line.at.findIndex((end) => end > since + HOUR);
    expect(corrected.line.present[yesterday]).not.toBe(before.line.present[yesterday]);
  });

  test("before the first backfill has ended has no numbers and says why", async () => {
    const fields = NOTHING;
    const read = await readWhatIf({ service: "checkout", name: "fresh", fields, now: Date.now() });
    expect(read).toMatchObject({ compared: null, why: expect.stringContaining("backfill") });
  });
});

describe("its doors", () => {
  const params = (slo: string) => ({ params: Promise.resolve({ service: "checkout", slo }) });
  const request = (search: string) => new Request(`${ORIGIN}/x${search}`, { headers: viewer });
  const v1 = async (search: string, slo = "availability") => {
    const answer = await getWhatIf(request(search), params(slo));
    return { status: answer.status, body: await answer.json() };
  };

  test("the API answers as its document says", async () => {
    const { status, body } = await v1("?objective=0.999&window=1d&thresholds=0.2,0.4");
    expect(status).toBe(200);
    const answer = whatIf.parse(body);
    expect(answer.asked).toMatchObject({ objective: 0.999, window: "1d", blocks: true });
    expect(answer.asked.thresholds.map(({ at }) => at)).toEqual([0.2, 0.4]);
    expect(answer.present.objective).toBe(0.99);
    expect(answer.series.at(-1)?.at).toBe(answer.asOf);
  });

  test.each([
    ["?objective=1", 400, "bad-parameter", "objective"],
    ["?window=28", 400, "bad-parameter", "window"],
    ["?thresholds=1,0.5", 400, "bad-parameter", "thresholds"],
    ["?objectiv=0.9", 400, "bad-parameter", "objectiv"],
  ])("the API refuses %s with %d %s at %s", async (search, status, code, field) => {
    const answer = await v1(search);
    expect(answer).toMatchObject({ status, body: { error: { code, details: [{ field }] } } });
  });

  test.each([
    ["fresh", 409, "no-history"],
    ["uptime", 410, "moved"],
    ["nothing", 404, "unknown-slo"],
  ])("of %s the API says %d %s", async (slo, status, code) => {
    expect(await v1("", slo)).toMatchObject({ status, body: { error: { code } } });
  });

  test("the page's own door answers mistakes with what there is", async () => {
    const answer = await getView(request("?objective=2x"), params("availability"));
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      mistakes: { objective: expect.stringContaining("number") },
      compared: { asked: null },
    });
  });
});
