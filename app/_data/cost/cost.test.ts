import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  readCostlyDeployments,
  readDeploymentCosts,
  readIncidentCosts,
  readSloCosts,
} from "#app/_data/cost/read.ts";
import { readService } from "#app/_data/service/read.ts";
import { readSloPage } from "#app/_data/slo/read.ts";
import type { BudgetCost, SloCosts, SpentPart } from "#components/slo/costs/view.ts";
import { chunks } from "#db/chunks.ts";
import type { Store } from "#db/connection.ts";
import {
  burnAlerts,
  deployments,
  incidents,
  sliProgress,
  slis,
  sliTotals,
  sloReadings,
  sloStatus,
  slos,
  sloVersions,
} from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import { saveDeployments } from "#db/writes/delivery.ts";
import { saveIncidents } from "#db/writes/incidents.ts";
import type { DeploymentRecord, Incident } from "#lib/dora/facts.ts";
import { deployed, incident } from "#lib/dora/testing.ts";
import { evaluate } from "#lib/slo/evaluate.ts";
import { days, inputAt, minutes, rowsOf, sloOf } from "#lib/slo/testing.ts";
import { DAY, floorMinute, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Ten days of 100 requests a minute, kept in steps of five minutes; a budget of 1 % over 4 days: 5,760 bad events. */
const END = floorMinute(Date.now()) - MINUTE;
const START = END - 10 * DAY;
const definition = sloOf({ objective: 0.99, window: days(4) });
/** Epoch ms of so many hours after START. */
const at = (hours: number) => START + hours * HOUR;

/** Bad events a minute, from hour to hour. */
const TROUBLE = [
  { from: 12, to: 14, bad: 60 },
  { from: 200, to: 201, bad: 20 },
  { from: 220, to: 222, bad: 30 },
  { from: 230, to: 231, bad: 5 },
];
const badAt = (minute: number) =>
  TROUBLE.reduce((sum, t) => sum + (minute >= t.from * 60 && minute < t.to * 60 ? t.bad : 0), 0);
const rows = rowsOf(
  START,
  minutes(10 * 1440, (i) => ({ good: 100 - badAt(i), total: 100 })),
).filter((row) => (row.at - START) % (5 * MINUTE) === 0);

const holder = globalThis as { [key: symbol]: unknown };
const KEY = Symbol.for("plimsoll.store");
let store: Store;
const db = () => store.db;

beforeAll(async () => {
  store = await testStore();
  holder[KEY] = Promise.resolve(store);
  await seed();
});
afterAll(async () => {
  delete holder[KEY];
  await store.close();
});
beforeEach(async () => {
  for (const table of [deployments, incidents, burnAlerts]) await db().delete(table);
});

async function seed(): Promise<void> {
  await db()
    .insert(slis)
    .values({ id: 1, key: "k", source: "main", definition: definition.sli, createdAt: START });
  for (const part of chunks(rows.map((row) => ({ sliId: 1, ...row })))) {
    await db().insert(sliTotals).values(part);
  }
  await db()
    .insert(sliProgress)
    .values({ sliId: 1, firstCoveredAt: START, lastCoveredAt: END, backfilledAt: START });
  const names = { service: "checkout", name: "availability", team: "shop" };
  await db()
    .insert(slos)
    .values({ id: 1, ...names, documentPath: "slos/a.yaml", version: 1, createdAt: START });
  await db()
    .insert(sloVersions)
    .values({ sloId: 1, sliId: 1, version: 1, validFrom: START, definition });
  const { status, detail } = evaluate(inputAt(rows, END, { definition, rows }));
  await db().insert(sloReadings).values({ sloId: 1, status, detail });
  await db()
    .insert(sloStatus)
    .values({
      ...{ sloId: 1, ...names, state: status.state, rank: 0, remaining: status.remaining ?? 0 },
      ...{ version: 1, evaluatedAt: END, enforced: true },
    });
}

const release = (id: string, hours: number, parts: Partial<DeploymentRecord> = {}) =>
  deployed(id, 0, {
    service: "checkout",
    createdAt: at(hours),
    statuses: [{ state: "success", at: at(hours) }],
    ...parts,
  });
const trouble = (id: string, from: number, to: number | null, parts: Partial<Incident> = {}) =>
  incident(
    id,
    { from: 0, to: 0 },
    {
      service: "checkout",
      startedAt: at(from),
      detectedAt: null,
      resolvedAt: to === null ? null : at(to),
      ...parts,
    },
  );
const told = async (records: DeploymentRecord[], told: Incident[] = []) => {
  await saveDeployments(db(), records);
  await saveIncidents(db(), told, { origin: "github", now: END });
};
const firing = (from: number, to: number) =>
  db()
    .insert(burnAlerts)
    .values({
      ...{ sloId: 1, tier: "page-fast", severity: "page", startedAt: at(from), endedAt: at(to) },
    });
const ASK = { service: "checkout", name: "availability", now: END };

async function costs(when: number | null = null): Promise<SloCosts> {
  const read = await readSloCosts(db(), { ...ASK, at: when });
  if (!read) throw new RangeError("no costs");
  return read;
}

function sumOf({ parts, others, unattributed }: SloCosts): number {
  const shares = [...parts, ...(others ? [others] : []), unattributed];
  return shares.reduce((sum, { share }) => sum + share, 0);
}

/** 1,200 bad after d1 alone, 3,600 in an incident after d2, 300 that nothing explains. */
const STORY = [
  [release("d1", 200, { ref: "v1.1" }), release("d2", 219, { ref: "v1.2" })],
  [trouble("i1", 220, 222)],
] as const;
const tell = () => told([...STORY[0]], [...STORY[1]]);

describe("what spent a budget", () => {
  test("is its deployments, its incidents and a remainder, dearest first", async () => {
    await tell();
    const { parts, unattributed, consumed } = await costs();
    const d2 = { id: "d2", title: "v1.2" };
    expect(parts).toMatchObject([
      { kind: "incident", id: "i1", title: "Incident i1", at: at(220), bad: 3600, causedBy: d2 },
      { kind: "deployment", id: "d1", title: "v1.1", at: at(200), bad: 1200, causedBy: null },
    ]);
    expect(unattributed.bad).toBeCloseTo(300, 6);
    expect(consumed).toBeCloseTo(5100 / 5760, 9);
  });

  test("sums to what the page says is consumed, now and as of a time", async () => {
    await tell();
    for (const when of [null, at(200.5), at(221), at(230)]) {
      const range = { range: null, from: null, to: null };
      const page = await readSloPage({ ...ASK, at: when, range });
      if (page?.kind !== "slo") throw new RangeError("no page");
      const read = await costs(when);
      expect(sumOf(read)).toBeCloseTo(read.consumed, 9);
      expect(read.consumed).toBeCloseTo(page.head.status?.consumed ?? Number.NaN, 9);
    }
  });

  test("is all unattributed where nothing was deployed, and says so", async () => {
    const { parts, told, unattributed, consumed } = await costs();
    expect({ parts, told }).toEqual({ parts: [], told: false });
    expect(unattributed.share).toBeCloseTo(consumed, 9);
  });

  test("lists the dearest and puts the rest together, and the sum stays", async () => {
    const many = Array.from({ length: 20 }, (_, i) => trouble(`m${i}`, 220 + i / 10, 222));
    await told([], many);
    const read = await costs();
    expect(read.parts).toHaveLength(8);
    expect(read.others?.n).toBe(12);
    expect(sumOf(read)).toBeCloseTo(read.consumed, 9);
  });

  test("is not known for an unknown SLO", async () => {
    expect(await readSloCosts(db(), { ...ASK, name: "nope", at: null })).toBeNull();
  });
});

describe("a deployment's cost", () => {
  test("is the same number that the SLO's page shows, its incidents with it", async () => {
    await tell();
    const { parts } = await costs();
    const shareOf = (id: string) => parts.find((part) => part.id === id)?.share ?? Number.NaN;
    expect(await readDeploymentCosts(db(), "d1")).toMatchObject([
      { slo: "availability", windowLabel: "4d", to: END, incidentIds: [] },
    ]);
    const shares = await Promise.all(
      ["d1", "d2"].map(async (id) => (await readDeploymentCosts(db(), id))[0]?.spent?.share),
    );
    expect(shares[0]).toBeCloseTo(shareOf("d1"), 9);
    expect(shares[1]).toBeCloseTo(shareOf("i1"), 9);
    expect((await readDeploymentCosts(db(), "d2"))[0]?.incidentIds).toEqual(["i1"]);
  });

  test("that has left the window is that of the last window that held it", async () => {
    await told([release("old", 12)]);
    const [cost] = await readDeploymentCosts(db(), "old");
    expect(cost).toMatchObject({ from: at(12), to: at(12) + 4 * DAY });
    // An hour of 60 bad a minute, of 7,200 in all: the second hour is nobody's.
    expect(cost?.spent?.bad).toBeCloseTo(3600, 6);
    expect(cost?.spent?.share).toBeCloseTo(3600 / 5760, 9);
  });

  test("is zero where nothing went wrong, and not known before anything was measured", async () => {
    await told([release("calm", 150), release("early", -5)]);
    expect((await readDeploymentCosts(db(), "calm"))[0]?.spent).toEqual({ bad: 0, share: 0 });
    expect((await readDeploymentCosts(db(), "early"))[0]?.spent).toBeNull();
    expect(await readDeploymentCosts(db(), "nope")).toEqual([]);
  });

  test("is found by the id of a redeploy of the same version", async () => {
    const again = release("again", 200.5, { sha: "s" });
    await told([release("d1", 200, { sha: "s" }), again]);
    const one = await readDeploymentCosts(db(), "again");
    expect(one).toEqual(await readDeploymentCosts(db(), "d1"));
    expect(one[0]?.spent?.bad).toBeCloseTo(1200, 6);
  });
});

type Lasting = readonly [from: number, hours: number | null];

test("one by one, deployments and incidents cost what they do together, whatever happened", async () => {
  const moment = fc.integer({ min: 145 * 60, max: 239 * 60 }).map((minute) => minute / 60);
  const lasting = fc.tuple(moment, fc.option(fc.integer({ min: 1, max: 30 })));
  const releasesOf = fc.array(moment, { maxLength: 5 });
  const troublesOf = fc.array(lasting, { maxLength: 4 });
  const check = async (releases: number[], troubles: Lasting[], burns: Lasting[]) => {
    for (const table of [deployments, incidents, burnAlerts]) await db().delete(table);
    for (const [from, length] of burns) await firing(from, from + (length ?? 20));
    await told(
      releases.map((hours, i) => release(`d${i}`, hours)),
      troubles.map(([from, length], i) => trouble(`i${i}`, from, length && from + length)),
    );
    const { parts, others } = await costs();
    const expectSame = (cost: BudgetCost | undefined, own: (part: SpentPart) => boolean) => {
      const listed = parts.reduce((sum, part) => sum + (own(part) ? part.share : 0), 0);
      const unlisted = (cost?.spent?.share ?? Number.NaN) - listed;
      expect(unlisted).toBeGreaterThan(-1e-9);
      expect(unlisted).toBeLessThan((others?.share ?? 0) + 1e-9);
    };
    for (const id of releases.map((_, i) => `d${i}`)) {
      const [cost] = await readDeploymentCosts(db(), id);
      expectSame(cost, (part) => part.id === id || part.causedBy?.id === id);
    }
    for (const id of troubles.map((_, i) => `i${i}`)) {
      expectSame((await readIncidentCosts(db(), id))[0], (part) => part.id === id);
    }
  };
  await fc.assert(fc.asyncProperty(releasesOf, troublesOf, troublesOf, check), { numRuns: 10 });
});

describe("an incident's cost", () => {
  test("is the same number that the SLO's page shows", async () => {
    await tell();
    const { parts } = await costs();
    const [cost] = await readIncidentCosts(db(), "i1");
    expect(cost?.spent?.share).toBeCloseTo(parts[0]?.share ?? Number.NaN, 9);
  });

  test("goes on while it is open, and shares with others that last", async () => {
    await told([], [trouble("open", 220, null), trouble("short", 221, 222)]);
    const spent = async (id: string) => (await readIncidentCosts(db(), id))[0]?.spent?.bad;
    expect(await spent("open")).toBeCloseTo(1800 + 900 + 300, 6);
    expect(await spent("short")).toBeCloseTo(900, 6);
    expect(await readIncidentCosts(db(), "nope")).toEqual([]);
  });
});

test("a service's timeline has its deployments and incidents, and none of other services", async () => {
  await tell();
  await told([release("other", 221, { service: "cart" })]);
  const view = await readService({ service: "checkout", now: END });
  expect(view?.marks.map(({ kind, n, failed }) => [kind, n, failed])).toEqual([
    ["deployment", 1, 0],
    ["deployment", 1, 1],
    ["incident", 1, 0],
  ]);
  expect(view?.happenings.map(({ id }) => id)).toEqual(["i1", "d2", "d1"]);
});

describe("costly deployments", () => {
  const all = { from: START, to: END, services: null };
  const ids = async (ask = {}) =>
    (await readCostlyDeployments(db(), { ...all, ...ask })).deployments.map(
      (one) => one.deploymentId,
    );
  test("are those that cost more than a tenth of a budget, dearest first", async () => {
    await tell();
    await told([release("small", 230)]);
    await firing(200.1, 201.1);
    await firing(230.1, 231.1);
    const { deployments: found } = await readCostlyDeployments(db(), all);
    expect(found).toMatchObject([
      { deploymentId: "d2", title: "v1.2", finishedAt: at(219), failed: true },
      { deploymentId: "d1", failed: false, cost: { slo: "availability" } },
    ]);
    expect(found.map(({ cost }) => cost.spent.share)).toEqual([
      expect.closeTo(3600 / 5760, 9),
      expect.closeTo(1200 / 5760, 9),
    ]);
  });

  test("are asked for by time and service", async () => {
    await tell();
    expect(await ids()).toEqual(["d2", "d1"]);
    expect(await ids({ to: at(219) })).toEqual(["d1"]);
    expect(await ids({ from: at(219) })).toEqual(["d2"]);
    expect(await ids({ services: new Set(["other"]) })).toEqual([]);
  });
});
