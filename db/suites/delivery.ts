import { eq } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import {
  readCursor,
  readDeliveryFacts,
  readDeliveryRevision,
  readSyncedFrom,
} from "#db/reads/delivery.ts";
import { readRepositories } from "#db/reads/deliverySources.ts";
import {
  deploymentMarks,
  deployments,
  incidentLinks,
  incidentNotes,
  incidents,
  repositories,
} from "#db/schema/index.ts";
import { batch, deliveryTables, saying } from "#db/suites/deliveries.ts";
import type { Bench } from "#db/suites/suite.ts";
import { saveDelivery, saveDeployments } from "#db/writes/delivery.ts";
import { lockIncident, saveIncidents } from "#db/writes/incidents.ts";
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
      expect(await readSyncedFrom(db())).toBe(5);
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

    test("a repository that is asked about no more holds nothing back, after a day", async () => {
      const from = (id: string, collectedFrom: number) => ({
        ...{ id, fullName: id, url: "https://x/", collectedFrom, complete: false },
      });
      await save({ repositories: [from("dropped", 900), from("kept", 100)] }, NOW);
      expect(await readSyncedFrom(db())).toBe(900);
      await save({ repositories: [from("kept", 50)] }, NOW + DAY - 1);
      expect(await readSyncedFrom(db())).toBe(900);
      await save({ repositories: [from("kept", 50)] }, NOW + DAY);
      expect(await readSyncedFrom(db())).toBe(50);
      expect((await readRepositories(db(), "hub")).map(({ id }) => id)).toEqual(["kept"]);
    });

    test("shas of the main line only grow", async () => {
      const one = pull(1, { from: 2, to: 8, sha: "a" });
      await save({ changes: [one] });
      await save({ changes: [{ ...one, mergeShas: ["b"], title: "New" }] });
      expect((await facts()).changes).toMatchObject([{ title: "New", mergeShas: ["a", "b"] }]);
      expect(await counts(() => save({ changes: [{ ...one, title: "New" }] }))).toBe(false);
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
      expect(await counts(() => told({ title: "Source again", severity: "SEV1" }))).toBe(false);
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
