import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#db/client.ts";
import { exclusionSpans, exclusions, policyTransitions } from "#db/schema/index.ts";
import { testStore } from "#db/testing.ts";
import type { By } from "#db/writes/audit.ts";
import { writeOutExclusions } from "#db/writes/exclusionSpans.ts";
import {
  cancelExclusion,
  type ExclusionFields,
  editExclusion,
  saveExclusion,
} from "#db/writes/exclusions.ts";
import { thin } from "#db/writes/thin.ts";
import { emptyStore, plainDocument, scriptedSource, TestJobs } from "#jobs/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 0, 10, 12);
/** Everything fails for an hour that ended twelve hours ago. */
const OUTAGE = { startsAt: NOW - 13 * HOUR, endsAt: NOW - 12 * HOUR };

let store: Store;
let jobs: TestJobs;
beforeAll(async () => {
  store = await testStore();
});
afterAll(() => store?.close());
beforeEach(async () => {
  await emptyStore(store);
  const isOut = (at: number) => at > OUTAGE.startsAt && at <= OUTAGE.endsAt;
  const script = (at: number) => ({ good: isOut(at) ? 0 : 100, total: 100 });
  const source = scriptedSource("main", script, 5 * DAY);
  jobs = await TestJobs.open({ now: NOW, sources: [source], store });
  const slos = ["a", "b"].map((name) => ({ name, job: name, window: "5d" }));
  await jobs.write({ "shop.yaml": plainDocument("shop", slos) });
});
afterEach(() => jobs?.[Symbol.dispose]());

const by = (): By => ({ actor: { kind: "local" }, address: null, at: jobs.now });
const fieldsOf = (parts: Partial<ExclusionFields> = {}): ExclusionFields => ({
  kind: "maintenance",
  service: "shop",
  slo: null,
  title: "Database upgrade",
  reason: "Announced to customers",
  rrule: null,
  zone: "UTC",
  excluded: true,
  url: null,
  ...OUTAGE,
  ...parts,
});
const save = (parts: Partial<ExclusionFields> = {}, externalId: string | null = null) =>
  saveExclusion(store.db, by(), { fields: fieldsOf(parts), externalId, team: "shop" });
const bad = async (name: string) => (await jobs.slo(name)).detail?.bad;

describe("an exclusion", () => {
  test("takes its events out of the budget, and gives them back when it is cancelled", async () => {
    await jobs.tick();
    expect(await bad("a")).toBe(6000);
    expect((await jobs.slo("a")).status?.state).not.toBe("healthy");
    const id = await save();
    await jobs.minutes(1);
    const { status, detail } = await jobs.slo("a");
    expect([detail?.bad, status?.consumed, status?.state]).toEqual([0, 0, "healthy"]);
    expect(status?.total).toBe((5 * 24 - 1) * 6000);
    await cancelExclusion(store.db, by(), { id, team: "shop" });
    await jobs.minutes(1);
    expect(await bad("a")).toBe(6000);
  });

  test("of one SLO leaves the others of its service alone", async () => {
    await save({ slo: "b" });
    await jobs.tick();
    expect([await bad("a"), await bad("b")]).toEqual([6000, 0]);
  });

  test("that is only drawn changes no number", async () => {
    await save({ excluded: false });
    await jobs.tick();
    expect(await bad("a")).toBe(6000);
  });

  test("told again with the caller's id is changed, and is there once", async () => {
    await save({ endsAt: OUTAGE.startsAt + 30 * MINUTE }, "run-1");
    await jobs.tick();
    expect(await bad("a")).toBe(3000);
    await save({}, "run-1");
    await jobs.minutes(1);
    expect(await bad("a")).toBe(0);
    expect(await store.db.select().from(exclusionSpans)).toHaveLength(1);
  });

  test("that still runs goes on with the clock until it is ended", async () => {
    const id = await save({ startsAt: OUTAGE.startsAt, endsAt: null });
    await jobs.tick();
    expect(await bad("a")).toBe(0);
    const fields = { endsAt: OUTAGE.startsAt + 15 * MINUTE };
    expect(await editExclusion(store.db, by(), { id, fields, team: "shop" })).toBe(true);
    await jobs.minutes(1);
    expect(await bad("a")).toBe(4500);
  });

  test("that comes again is written out ahead, and further each day", async () => {
    await save({ rrule: "FREQ=DAILY" });
    const count = async () => (await store.db.select().from(exclusionSpans)).length;
    const first = await count();
    expect(first).toBe(61);
    await writeOutExclusions(store.db, NOW);
    expect(await count()).toBe(first);
    await writeOutExclusions(store.db, NOW + 3 * DAY);
    expect(await count()).toBe(first + 3);
  });

  test("keeps its edges when history is thinned", async () => {
    await save({ startsAt: OUTAGE.startsAt + 7 * MINUTE, endsAt: OUTAGE.startsAt + 33 * MINUTE });
    await jobs.tick();
    const before = await bad("a");
    expect(before).toBe(6000 - 26 * 100);
    expect(await thin(store.db, NOW + 4 * DAY)).toBeGreaterThan(0);
    await jobs.minutes(1);
    expect(await bad("a")).toBe(before);
  });

  test("the change that it makes to a policy state is told to be a correction", async () => {
    await jobs.tick();
    const before = (await jobs.slo("a")).status;
    expect(before?.policyState).toMatch(/^Reliability review/);
    await save({ slo: "a" });
    await jobs.minutes(1);
    const rows = await store.db.select().from(policyTransitions);
    expect(rows.filter(({ toState }) => toState === "Healthy")).toMatchObject([
      { cause: "correction", sloId: (await jobs.slo("a")).id },
    ]);
    expect((await jobs.slo("a")).status?.policyState).toBe("Healthy");
  });
});

test("an exclusion stays with its SLO when that is renamed", async () => {
  await save({ slo: "a" });
  await jobs.tick();
  const renamed = [
    { name: "a2", job: "a", window: "5d", formerly: ["shop/a"] },
    { name: "b", job: "b", window: "5d" },
  ];
  await jobs.write({ "shop.yaml": plainDocument("shop", renamed) });
  await jobs.minutes(1);
  expect([await bad("a2"), await bad("b")]).toEqual([0, 6000]);
});

describe("an exclusion of a document", () => {
  const when = (minutes: number) => ({
    start: new Date(OUTAGE.startsAt).toISOString().slice(0, 16).replace("T", " "),
    duration: `${minutes}m`,
  });
  const shop = (own: object, name = "a") => {
    const { service, owner, slos } = JSON.parse(
      plainDocument("shop", [
        { name, job: "a", window: "5d", ...(name === "a" ? {} : { formerly: ["shop/a"] }) },
        { name: "b", job: "b", window: "5d" },
      ]),
    );
    return JSON.stringify({ service, owner, slos: [{ ...slos[0], ...own }, slos[1]] });
  };
  const said = (minutes: number) => ({
    exclusions: [{ reason: "Told to customers", ...when(minutes) }],
  });
  const rows = () => store.db.select().from(exclusions);

  test("counts within a minute of its file, is changed and withdrawn with it", async () => {
    await jobs.tick();
    await jobs.write({ "shop.yaml": shop(said(60)) });
    await jobs.minutes(1);
    expect([await bad("a"), await bad("b")]).toEqual([0, 6000]);
    expect(await rows()).toMatchObject([
      { createdBy: "shop.yaml", documentPath: "shop.yaml", slo: "a", excluded: true },
    ]);
    await jobs.write({ "shop.yaml": shop(said(30)) });
    await jobs.minutes(1);
    expect([await bad("a"), (await rows()).length]).toEqual([3000, 1]);
    await jobs.write({ "shop.yaml": shop({}) });
    await jobs.minutes(1);
    expect(await bad("a")).toBe(6000);
  });

  test("is told to be a correction, and makes no new version of the SLO", async () => {
    await jobs.tick();
    const { version } = await jobs.slo("a");
    await jobs.write({ "shop.yaml": shop(said(60)) });
    await jobs.minutes(1);
    expect((await jobs.slo("a")).version).toBe(version);
    const found = await store.db.select().from(policyTransitions);
    expect(found.filter(({ toState }) => toState === "Healthy")).toMatchObject([
      { cause: "correction" },
    ]);
  });

  test("stays with its SLO when that is renamed, and while its file has a mistake", async () => {
    await jobs.write({ "shop.yaml": shop(said(60)) });
    await jobs.tick();
    await jobs.write({ "shop.yaml": shop(said(60), "a2") });
    await jobs.minutes(1);
    expect(await rows()).toMatchObject([{ slo: "a2", revision: 1, cancelledAt: null }]);
    await jobs.write({ "shop.yaml": shop({ exclusions: [{ reason: "", ...when(60) }] }, "a2") });
    await jobs.minutes(1);
    expect([await bad("a2"), (await rows()).length]).toEqual([0, 1]);
  });

  test("at the top of the document is of every SLO, once", async () => {
    const text = JSON.stringify({ ...JSON.parse(shop({})), ...said(60) });
    await jobs.write({ "shop.yaml": text });
    await jobs.tick();
    expect([await bad("a"), await bad("b")]).toEqual([0, 0]);
    expect(await rows()).toMatchObject([{ slo: null }]);
  });

  test("may stand in a BudgetAdjustment, and stays while that has a mistake", async () => {
    const adjustment = (spec: object) =>
      JSON.stringify({
        ...{ apiVersion: "n9/v1alpha", kind: "BudgetAdjustment", metadata: { name: "upgrade" } },
        spec: { duration: "1h", filters: { slos: [{ name: "a" }] }, ...spec },
      });
    const firstEventStart = new Date(OUTAGE.startsAt).toISOString().replace(".000Z", "Z");
    await jobs.write({ "adjustment.yaml": adjustment({ firstEventStart }) });
    await jobs.tick();
    expect([await bad("a"), await bad("b")]).toEqual([0, 6000]);
    expect(await rows()).toMatchObject([{ createdBy: "adjustment.yaml", title: "upgrade" }]);
    await jobs.write({ "adjustment.yaml": adjustment({ firstEventStart: "soon" }) });
    await jobs.minutes(1);
    expect(await bad("a")).toBe(0);
    await jobs.remove("adjustment.yaml");
    await jobs.minutes(1);
    expect(await bad("a")).toBe(6000);
  });

  test("keeps its edges when history is thinned", async () => {
    await jobs.write({ "shop.yaml": shop(said(26)) });
    await jobs.tick();
    expect(await bad("a")).toBe(6000 - 26 * 100);
    expect(await thin(store.db, NOW + 4 * DAY)).toBeGreaterThan(0);
    await jobs.minutes(1);
    expect(await bad("a")).toBe(6000 - 26 * 100);
  });
});

describe("an experiment, where the policy leaves experiments out", () => {
  const EXPERIMENT = { kind: "experiment", excluded: false } as const;
  const tell = (parts: Partial<ExclusionFields>, at: number, externalId: string | null = null) =>
    saveExclusion(
      store.db,
      { ...by(), at },
      { fields: fieldsOf({ ...EXPERIMENT, ...parts }), externalId, team: "shop", isOpen: true },
    );
  beforeEach(async () => {
    const [a, b] = JSON.parse(
      plainDocument(
        "shop",
        ["a", "b"].map((name) => ({ name, job: name, window: "5d" })),
      ),
    ).slos;
    const policy = { error_budget_policy: { experiments: "exclude" } };
    await jobs.write({
      "shop.yaml": JSON.stringify({
        service: "shop",
        owner: "shop",
        slos: [{ ...a, ...policy }, b],
      }),
    });
  });

  test("is left out of the SLOs that say so, when it was told in time", async () => {
    await tell({}, OUTAGE.startsAt + 10 * MINUTE);
    await jobs.tick();
    expect([await bad("a"), await bad("b")]).toEqual([0, 6000]);
  });

  test("counts when it was told late, while it runs, and when a person says so", async () => {
    await tell({}, OUTAGE.startsAt + 16 * MINUTE);
    await tell({ endsAt: null }, OUTAGE.startsAt);
    await save({ ...EXPERIMENT });
    await jobs.tick();
    expect([await bad("a"), await bad("b")]).toEqual([6000, 6000]);
  });

  test("is left out from its end on, and not made longer afterwards", async () => {
    await tell({ endsAt: null }, OUTAGE.startsAt, "run-1");
    await jobs.tick();
    expect(await bad("a")).toBe(6000);
    const half = OUTAGE.startsAt + 30 * MINUTE;
    await tell({ endsAt: half }, half, "run-1");
    await jobs.minutes(1);
    const minute = await bad("a");
    expect(minute).toBe(3000);
    await tell({}, jobs.now, "run-1");
    await jobs.minutes(1);
    expect(await bad("a")).toBe(6000);
  });

  test("keeps what was found when the policy was not yet so", async () => {
    const steady = ["a", "b"].map((name) => ({ name, job: name, window: "5d" }));
    const text = plainDocument("shop", steady);
    const leaving = JSON.stringify({
      ...JSON.parse(text),
      error_budget_policy: { experiments: "exclude" },
    });
    await jobs.write({ "shop.yaml": text });
    await tell({}, OUTAGE.startsAt);
    await jobs.write({ "shop.yaml": leaving });
    await jobs.tick();
    expect(await bad("a")).toBe(6000);
  });
});

describe("exclusions of a document with an error elsewhere in it", () => {
  const OWN = {
    reason: "Announced",
    start: new Date(OUTAGE.startsAt).toISOString().slice(0, 19).concat("Z"),
    duration: "1h",
  };
  const slo = plainSloOf("a");

  test("at the top stay as they were", async () => {
    const text = (more: object[]) =>
      JSON.stringify({ service: "shop", slos: [slo], exclusions: [OWN, ...more] });
    await jobs.write({ "shop.yaml": text([]) });
    await jobs.tick();
    expect(await bad("a")).toBe(0);
    await jobs.write({ "shop.yaml": text([{ reason: "no time" }]) });
    await jobs.minutes(1);
    expect(await bad("a")).toBe(0);
  });

  test("in a document of their own beside a sound one stay as they were", async () => {
    const text = (more: object) =>
      [
        JSON.stringify({ service: "shop", slos: [slo] }),
        JSON.stringify({
          apiVersion: "n9/v1alpha",
          kind: "BudgetAdjustment",
          metadata: { name: "upgrade" },
          spec: {
            firstEventStart: OWN.start,
            duration: "1h",
            filters: { slos: [{ name: "a", project: "shop" }] },
            ...more,
          },
        }),
      ].join("\n---\n");
    await jobs.write({ "shop.yaml": text({}) });
    await jobs.tick();
    expect(await bad("a")).toBe(0);
    await jobs.write({ "shop.yaml": text({ duration: "soon" }) });
    await jobs.minutes(1);
    expect(await bad("a")).toBe(0);
    await jobs.write({ "shop.yaml": JSON.stringify({ service: "shop", slos: [slo] }) });
    await jobs.minutes(1);
    expect(await bad("a")).toBe(6000);
  });
});

function plainSloOf(name: string): object {
  return JSON.parse(plainDocument("shop", [{ name, job: name, window: "5d" }])).slos[0];
}
