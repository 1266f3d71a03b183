import { eq, inArray } from "drizzle-orm";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readCursor, readDeliveryFacts, readDeliveryRevision } from "#db/reads/delivery.ts";
import { readDeliveryReach } from "#db/reads/deliveryReach.ts";
import { readRepositories } from "#db/reads/deliverySources.ts";
import {
  burnAlerts,
  deploymentMarks,
  deployments,
  incidentLinks,
  incidentNotes,
  incidents,
  repositories,
  slos,
  sources,
} from "#db/schema/index.ts";
import { inForce } from "#db/suites/definitions.ts";
import { batch, deliveryTables, saying } from "#db/suites/deliveries.ts";
import type { Bench } from "#db/suites/suite.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveDelivery, saveDeployments } from "#db/writes/delivery.ts";
import { lockIncident, saveIncidents } from "#db/writes/incidents.ts";
import { sourceSucceeded } from "#db/writes/sources.ts";
import type { DeploymentRecord } from "#lib/dora/facts.ts";
import { at, brought, deployed, incident, pull } from "#lib/dora/testing.ts";
import { DAY } from "#lib/time/duration.ts";

const NOW = at(1_000);
const TOLD = { origin: "github", now: NOW } as const;

export function deliverySuite(bench: Bench): void {
  const db = () => bench.store().db;
  const revision = () => readDeliveryRevision(db());
  const facts = () => readDeliveryFacts(db());
  /** Whether `work` counted as a change of the facts. */
  const counts = async (work: () => Promise<unknown>) => {
    const before = await revision();
    await work();
    return (await revision()) !== before;
  };
  const save = (parts: Parameters<typeof batch>[1], now = NOW) =>
    saveDelivery(db(), batch("hub", parts), now);
  const clear = async () => {
    for (const table of deliveryTables) await db().delete(table);
  };
  beforeEach(clear);

  const repository = (id: string, collectedFrom: number) => ({
    ...{ id, fullName: id, url: "https://x/", collectedFrom, complete: false },
  });

  const WHOLE = {
    deployments: [saying("d1", 1, "in_progress", "success"), deployed("d2", 9)],
    changes: [pull(1, { from: 2, to: 8 }, { labels: ["fix"], mergeShas: ["b", "a"] })],
    shipped: [brought("d2", "d1", ["b", "a"])],
    incidents: [
      incident("i1", { from: 10, to: 11 }, { links: [{ method: "explicit", sha: "a" }] }),
    ],
    repositories: [
      {
        id: "R",
        fullName: "acme/shop",
        url: "https://x/acme/shop",
        collectedFrom: 5,
        complete: false,
      },
    ],
    failures: [{ repository: "acme/gone", message: "there is no such repository" }],
    cursor: { after: 7 },
    points: { used: 3, remaining: 4_997, limit: 5_000, resetAt: NOW },
  };

  describe("delivery facts", () => {
    test("come back as they were told, with the cursor to go on from", async () => {
      await save(WHOLE);
      const read = await facts();
      expect(read.records).toEqual(WHOLE.deployments);
      expect(read.changes).toEqual([{ ...WHOLE.changes[0], mergeShas: ["a", "b"] }]);
      expect(read.shipped).toEqual(WHOLE.shipped);
      expect(read.incidents).toEqual(WHOLE.incidents);
      expect(await readCursor(db(), "hub")).toEqual({ after: 7 });
      expect(await readCursor(db(), "other")).toBeNull();
    });

    test("told again change nothing, not even the time of an incident", async () => {
      await save(WHOLE);
      const before = await facts();
      expect(await counts(() => save(WHOLE, NOW + 1))).toBe(false);
      expect(await facts()).toEqual(before);
      const [row] = await db().select().from(incidents);
      expect(row?.updatedAt).toBe(NOW);
    });

    test("of which one cannot be kept leave nothing behind, not the cursor either", async () => {
      await save({ cursor: { after: 1 } });
      const bad = { ...pull(2, { from: 1, to: 2 }), title: "\0" };
      await expect(save({ ...WHOLE, changes: [bad] })).rejects.toThrow();
      expect((await facts()).records).toEqual([]);
      expect(await readCursor(db(), "hub")).toEqual({ after: 1 });
    });

    test("told twice in one batch are kept once, the last word first", async () => {
      await save({
        incidents: [incident("i", { from: 1, to: null }), incident("i", { from: 1, to: 2 })],
      });
      expect((await facts()).incidents).toMatchObject([{ id: "i", resolvedAt: at(2) }]);
    });

    test("a repository is known by its id, whatever it is called today", async () => {
      await save(WHOLE);
      const renamed = { ...WHOLE.repositories[0], fullName: "acme/till", complete: true };
      await save({ repositories: [renamed as (typeof WHOLE.repositories)[0]] });
      expect(await db().select().from(repositories)).toMatchObject([
        { id: "R", fullName: "acme/till", complete: true },
      ]);
    });

    test("a repository that is asked about no more is none of them, after a day", async () => {
      await save({ repositories: [repository("dropped", 900), repository("kept", 100)] }, NOW);
      await save({ repositories: [repository("kept", 50)] }, NOW + DAY - 1);
      const asked = async () => (await readRepositories(db(), "hub")).map(({ id }) => id);
      expect(await asked()).toEqual(["dropped", "kept"]);
      await save({ repositories: [repository("kept", 50)] }, NOW + DAY);
      expect(await asked()).toEqual(["kept"]);
    });

    test("shas of the main line only grow", async () => {
      const one = pull(1, { from: 2, to: 8, sha: "a" });
      await save({ changes: [one] });
      await save({ changes: [{ ...one, mergeShas: ["b"], title: "New" }] });
      expect((await facts()).changes).toMatchObject([{ title: "New", mergeShas: ["a", "b"] }]);
      expect(await counts(() => save({ changes: [{ ...one, title: "New" }] }))).toBe(false);
    });
  });

  describe("how far the upstreams were read", () => {
    const reach = async () => {
      const { repositories, pagerduty } = await readDeliveryReach(db());
      return { ...Object.fromEntries(repositories), pagerduty };
    };

    afterEach(async () => {
      await db()
        .delete(sources)
        .where(inArray(sources.name, ["hub", "pagerduty"]));
    });

    test("is told of each repository, and is nothing for what never answered", async () => {
      expect(await reach()).toEqual({ pagerduty: null });
      await save({ repositories: [repository("Acme/Shop", 900), repository("acme/cart", 100)] });
      expect(await reach()).toEqual({
        "acme/shop": { from: 900, through: NOW },
        "acme/cart": { from: 100, through: NOW },
        pagerduty: null,
      });
    });

    test("goes on for one repository while another fails, and for none while the source does", async () => {
      await sourceSucceeded(db(), { source: "hub", kind: "github", now: NOW + 9 });
      await save({ repositories: [repository("a/well", 1), repository("a/sick", 1)] }, NOW);
      await save({ repositories: [repository("a/well", 1)] }, NOW + 5);
      const through = async () =>
        Object.entries(await reach()).flatMap(([name, known]) =>
          known ? [[name, known.through]] : [],
        );
      expect(await through()).toEqual([
        ["a/sick", NOW],
        ["a/well", NOW + 5],
      ]);
      await save({ repositories: [repository("a/well", 1)] }, NOW + 20);
      expect(await through()).toContainEqual(["a/well", NOW + 9]);
    });

    test("of a renamed repository is told by the name that it is asked by", async () => {
      const renamed = { ...repository("R", 7), fullName: "acme/till" };
      const cursor = { repositories: { "Acme/Shop": { id: "R" }, "acme/none": { id: "S" } } };
      await save({ repositories: [renamed], cursor });
      const known = { from: 7, through: NOW };
      expect(await reach()).toEqual({ "acme/shop": known, "acme/till": known, pagerduty: null });
    });

    test("of PagerDuty is told by its cursor", async () => {
      const paging = (cursor: object) => saveDelivery(db(), batch("pagerduty", { cursor }), NOW);
      await paging({ newestAt: null, collectedFrom: null });
      expect(await reach()).toEqual({ pagerduty: null });
      await paging({ newestAt: NOW, collectedFrom: 40 });
      expect(await reach()).toEqual({ pagerduty: { from: 40, through: NOW } });
      await sourceSucceeded(db(), { source: "pagerduty", kind: "pagerduty", now: NOW - 3 });
      expect(await reach()).toEqual({ pagerduty: { from: 40, through: NOW - 3 } });
    });
  });

  describe("a deployment", () => {
    const states = ["queued", "in_progress", "success", "inactive"];
    const whole = saying("d", 1, ...states);
    const sayings: DeploymentRecord[] = whole.statuses.map((status, i) => ({
      ...whole,
      statuses: [status],
      createdAt: whole.createdAt + i,
      url: i === 2 ? "https://x/run" : null,
    }));
    const expected = { ...whole, url: "https://x/run" };

    test("is the same in whatever order, and however often, it was told of", async () => {
      const told = fc.shuffledSubarray([...sayings, ...sayings], { minLength: 8, maxLength: 8 });
      const once = async (order: readonly DeploymentRecord[]) => {
        await db().delete(deployments);
        for (const saying of order) await saveDeployments(db(), [saying]);
        expect((await facts()).records).toEqual([expected]);
      };
      await fc.assert(fc.asyncProperty(told, once), { numRuns: 20 });
    });

    test("is not undone by an older word", async () => {
      await saveDeployments(db(), [expected]);
      for (const saying of sayings) {
        expect(await counts(() => saveDeployments(db(), [saying]))).toBe(false);
      }
      expect((await facts()).records).toEqual([expected]);
    });
  });

  describe("the revision", () => {
    const one = incident("i", { from: 1, to: null });
    const mark = { deploymentId: "d", mark: "failed", byName: "Ada", at: NOW } as const;
    const link = { incidentId: "i", deploymentId: "d", byName: "Ada", at: NOW };
    const CHANGES: readonly [string, () => Promise<unknown>][] = [
      ["a deployment", () => saveDeployments(db(), [deployed("d", 1)])],
      [
        "another status of it",
        () => saveDeployments(db(), [saying("d", 1, "success", "inactive")]),
      ],
      ["a change", () => save({ changes: [pull(1, { from: 1, to: 2 })] })],
      ["a label of it", () => save({ changes: [pull(1, { from: 1, to: 2 }, { labels: ["x"] })] })],
      ["what was shipped", () => save({ shipped: [brought("d", null, ["a"])] })],
      ["an incident", () => saveIncidents(db(), [one], TOLD)],
      ["its end", () => saveIncidents(db(), [{ ...one, resolvedAt: at(3) }], TOLD)],
      ["a mark", () => db().insert(deploymentMarks).values(mark)],
      ["a link by hand", () => db().insert(incidentLinks).values(link)],
      ["a link taken away", () => db().update(incidentLinks).set({ removedAt: NOW })],
      ["an incident that is gone", () => db().delete(incidents)],
      ["deployments that are gone", () => db().delete(deployments)],
    ];

    test("counts each change of a fact, and nothing else", async () => {
      for (const [, work] of CHANGES) expect(await counts(work)).toBe(true);
      const quiet = [
        () => save({ cursor: { a: 2 }, points: { used: 9, remaining: 1, limit: 2, resetAt: 3 } }),
        () => save({ repositories: WHOLE.repositories }),
        () => save({ changes: [pull(1, { from: 1, to: 2 }, { labels: ["x"] })] }),
        () => db().delete(deployments),
      ];
      for (const work of quiet) expect(await counts(work)).toBe(false);
    });

    test("counts a burn alert that begins, ends or is corrected, and its SLO's new name", async () => {
      const now = at(0);
      const slo = inForce({ name: "slo", service: "burning" });
      await applyCatalog(db(), { documents: [], slos: [slo], now });
      const own = eq(slos.service, "burning");
      const [{ id: sloId } = { id: 0 }] = await db().select({ id: slos.id }).from(slos).where(own);
      const alert = { sloId, tier: "page-fast", severity: "page", startedAt: at(1) } as const;
      const ending = (endedAt: number) => () => db().update(burnAlerts).set({ endedAt });
      const steps = [
        () => db().insert(burnAlerts).values(alert),
        ending(at(2)),
        ending(at(3)),
        () => db().update(slos).set({ name: "renamed" }).where(own),
      ];
      for (const work of steps) expect(await counts(work)).toBe(true);
      expect(await counts(ending(at(3)))).toBe(false);
      expect((await facts()).burnAlerts).toMatchObject([{ slo: "renamed", endedAt: at(3) }]);
      await db().delete(burnAlerts);
    });

    test("is not counted by what was rolled back", async () => {
      const rolledBack = () =>
        db()
          .transaction(async (tx) => {
            await saveDeployments(tx, [deployed("d", 1)]);
            throw new RangeError("not after all");
          })
          .catch(() => undefined);
      expect(await counts(rolledBack)).toBe(false);
    });
  });

  describe("an incident", () => {
    const opened = incident("i", { from: 1, to: null });
    const told = (parts: Partial<typeof opened>, now = NOW) =>
      saveIncidents(db(), [{ ...opened, ...parts }], { ...TOLD, now });
    const timeline = async () =>
      (await db().select().from(incidentNotes).orderBy(incidentNotes.id)).map((n) => [
        n.kind,
        n.at,
      ]);

    test("keeps what a person has set, and takes the rest from its source", async () => {
      await told({});
      await db()
        .update(incidents)
        .set({ title: "By hand", byHand: ["title"] });
      await told({ title: "Source", severity: "SEV1" });
      expect((await facts()).incidents).toMatchObject([{ title: "By hand", severity: "SEV1" }]);
      expect(await counts(() => told({ title: "Source", severity: "SEV1" }))).toBe(false);
    });

    test("notes once that it was opened, resolved, reopened and resolved again", async () => {
      for (const again of [0, 1]) await told({}, NOW + again);
      for (const again of [0, 1]) await told({ resolvedAt: at(2) }, NOW + again);
      for (const again of [3, 4]) await told({}, NOW + again);
      await told({ resolvedAt: at(5) });
      expect(await timeline()).toEqual([
        ["opened", at(1)],
        ["resolved", at(2)],
        ["reopened", NOW + 3],
        ["resolved", at(5)],
      ]);
    });

    test("that was merged into another is no fact any more", async () => {
      await saveIncidents(db(), [opened, { ...opened, id: "j" }], TOLD);
      await db().update(incidents).set({ mergedInto: "j" }).where(eq(incidents.id, "i"));
      expect((await facts()).incidents.map(({ id }) => id)).toEqual(["j"]);
    });

    test("has the links by hand before those of its own text, and none that was taken away", async () => {
      await told({ links: [{ method: "explicit", sha: "a" }] });
      const link = { incidentId: "i", byName: "Ada", at: NOW };
      await db()
        .insert(incidentLinks)
        .values([
          { ...link, deploymentId: "gone", removedAt: NOW },
          { ...link, deploymentId: "d" },
        ]);
      expect((await facts()).incidents[0]?.links).toEqual([
        { method: "hand", deploymentId: "d" },
        { method: "explicit", sha: "a" },
      ]);
    });
  });

  test("facts that are read while others write them are of one moment", async () => {
    const both = async (n: number) =>
      saveDelivery(
        db(),
        batch("hub", {
          deployments: [deployed(`d${n}`, n)],
          incidents: [incident(`i${n}`, { from: n, to: null })],
        }),
        NOW,
      );
    const reads = Array.from({ length: 10 }, async (_, n) => {
      await both(n);
      const { records, incidents: told } = await facts();
      return records.length - told.length;
    });
    expect(await Promise.all(reads)).toEqual(reads.map(() => 0));
  });

  test("a mark that was taken back leaves those before it without force", async () => {
    const mark = (name: typeof deploymentMarks.$inferInsert.mark, deploymentId = "d") =>
      db().insert(deploymentMarks).values({ deploymentId, mark: name, byName: "Ada", at: NOW });
    await mark("failed");
    await mark("rework", "e");
    await mark("none");
    await mark("not-failed");
    expect((await facts()).marks).toEqual([
      { deploymentId: "e", mark: "rework" },
      { deploymentId: "d", mark: "not-failed" },
    ]);
  });

  test("a person's change and a batch of the same incident do not wait for each other", async () => {
    await save({ incidents: [incident("i", { from: 1, to: null })] });
    const byHand = (n: number) =>
      db().transaction(async (tx) => {
        await lockIncident(tx, "i");
        await tx.update(incidents).set({ title: `By hand ${n}`, byHand: ["title"] });
      });
    const collected = (n: number) =>
      save({
        deployments: [deployed(`d${n}`, n)],
        incidents: [incident("i", { from: 1, to: n })],
      });
    const work = Array.from({ length: 20 }, (_, n) => (n % 2 ? byHand(n) : collected(n)));
    const outcomes = await Promise.allSettled(work);
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
    expect((await facts()).records).toHaveLength(10);
  });
}
