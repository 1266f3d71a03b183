import { and, asc, eq, isNull } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/connection.ts";
import { readDeliveryFacts, readDeliveryRevision } from "#db/reads/delivery.ts";
import {
  countIncidents,
  type IncidentFilter,
  readIncident,
  readIncidentLink,
  readIncidentNotes,
  readIncidents,
  readMerged,
  readMergeTarget,
} from "#db/reads/incidents.ts";
import { incidentLinks, incidentNotes, incidents } from "#db/schema/index.ts";
import { ADA, auditSince, lastAudit, T } from "#db/suites/persons.ts";
import type { Bench } from "#db/suites/suite.ts";
import type { Seen } from "#db/writes/incidentChange.ts";
import { addNote, editIncident, handBack, openIncident } from "#db/writes/incidentEdits.ts";
import { saveIncidents, withdrawIncidents } from "#db/writes/incidents.ts";
import {
  linkCause,
  mergeIncident,
  separateIncident,
  unlinkCause,
} from "#db/writes/incidentTies.ts";
import { actorName } from "#lib/access/actor.ts";
import type { Incident } from "#lib/dora/facts.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const ALL: IncidentFilter = { services: null, severity: null, state: null, from: null, to: null };
const BY_ADA = actorName(ADA.actor);
const PAGE = { limit: 50, offset: 0 };

const told = (id: string, parts: Partial<Incident> = {}): Incident => ({
  id,
  service: "shop",
  title: `About ${id}`,
  url: null,
  severity: "SEV2",
  startedAt: T - HOUR,
  detectedAt: null,
  mitigatedAt: null,
  resolvedAt: null,
  links: [],
  ...parts,
});

export function incidentsSuite(bench: Bench): void {
  describe("incidents by hand", () => {
    const db = (): Db => bench.store().db;
    beforeEach(async () => {
      for (const table of [incidents, incidentLinks, incidentNotes]) await db().delete(table);
    });

    const tell = (parts: readonly Incident[], now = T) =>
      saveIncidents(db(), parts, { origin: "github", now });
    const rowOf = async (id: string) => {
      const row = await readIncident(db(), id);
      if (!row) throw new Error(`${id} is not there`);
      return row;
    };
    const seen = async (id: string): Promise<Seen> => {
      const { updatedAt } = await rowOf(id);
      return { id, updatedAt, team: "pay" };
    };
    const notesOf = async (id: string) =>
      (await readIncidentNotes(db(), id)).map(({ kind, byName }) => [kind, byName]);
    const counted = async () =>
      (await readDeliveryFacts(db())).incidents.map(({ id }) => id).sort();
    const actions = async (since: number) =>
      (await auditSince(db(), since)).map(({ action }) => action);

    test("one is opened with its first entry and a line in the log", async () => {
      const since = await lastAudit(db());
      const { links: _, ...fields } = told("hand:1", { resolvedAt: T });
      const incident = { ...fields, incidentClass: "capacity" };
      await openIncident(db(), ADA, { incident, team: "pay" });
      expect(await rowOf("hand:1")).toMatchObject({ origin: "hand", createdAt: T, updatedAt: T });
      expect(await notesOf("hand:1")).toEqual([
        ["opened", BY_ADA],
        ["resolved", BY_ADA],
      ]);
      expect(await auditSince(db(), since)).toMatchObject([
        {
          action: "incident.opened",
          subject: "incident:hand:1",
          team: "pay",
          actorId: "ada",
          after: { service: "shop", startedAt: new Date(T - HOUR).toISOString() },
        },
      ]);
    });

    test("what a person sets is theirs, and the source goes on setting the rest", async () => {
      await tell([told("i")]);
      const since = await lastAudit(db());
      const fields = { severity: "SEV1", title: "About i", startedAt: T - 2 * HOUR } as const;
      await editIncident(db(), ADA, { seen: await seen("i"), fields });
      expect((await rowOf("i")).byHand).toEqual(["severity", "started_at"]);
      await tell([told("i", { severity: "SEV3", title: "Newer", startedAt: T })], T + 1);
      expect(await rowOf("i")).toMatchObject({
        severity: "SEV1",
        startedAt: T - 2 * HOUR,
        title: "Newer",
      });
      expect(await auditSince(db(), since)).toMatchObject([
        {
          action: "incident.changed",
          before: { severity: "SEV2", startedAt: new Date(T - HOUR).toISOString() },
          after: { severity: "SEV1", startedAt: new Date(T - 2 * HOUR).toISOString() },
        },
      ]);
    });

    test("a field that is handed back is as its source said last, and follows it again", async () => {
      await tell([told("i")]);
      const fields = { severity: "SEV1", resolvedAt: T, incidentClass: "release" } as const;
      await editIncident(db(), ADA, { seen: await seen("i"), fields });
      const said = { severity: "SEV3", incidentClass: "data" } as const;
      await tell([told("i", said)], T + 1);
      expect(await rowOf("i")).toMatchObject(fields);
      for (const field of ["severity", "resolvedAt", "incidentClass"] as const) {
        await handBack(db(), ADA, { seen: await seen("i"), field });
      }
      expect(await rowOf("i")).toMatchObject({ ...said, resolvedAt: null, byHand: [] });
      expect((await notesOf("i")).map(([kind]) => kind)).toEqual([
        "opened",
        "resolved",
        "reopened",
      ]);
      await tell([told("i", { severity: "SEV2" })], T + 2);
      expect((await rowOf("i")).severity).toBe("SEV2");
    });

    test("what a source says of the end leaves no trace while a person's word holds", async () => {
      await tell([told("i")]);
      await editIncident(db(), ADA, { seen: await seen("i"), fields: { resolvedAt: T } });
      await tell([told("i", { title: "Newer" })], T + 1);
      await tell([told("i", { resolvedAt: T + 2 })], T + 3);
      expect(await rowOf("i")).toMatchObject({ title: "About i", resolvedAt: T });
      expect(await notesOf("i")).toEqual([
        ["opened", null],
        ["resolved", BY_ADA],
      ]);
    });

    test("one that its source takes back is kept and not counted, until it is told of again", async () => {
      await tell([told("i"), told("j")]);
      const withdraw = (now: number, origin: "github" | "pagerduty" = "github") =>
        withdrawIncidents(db(), ["i", "nowhere"], { origin, now });
      await withdraw(T + 1, "pagerduty");
      expect((await rowOf("i")).withdrawnAt).toBeNull();
      await withdraw(T + 2);
      await withdraw(T + 3);
      expect((await rowOf("i")).withdrawnAt).toBe(T + 2);
      expect(await counted()).toEqual(["j"]);
      expect(await countIncidents(db())).toEqual({ all: 1, open: 1 });
      expect((await readIncidents(db(), ALL, PAGE)).incidents.map(({ id }) => id)).toEqual(["j"]);
      await tell([told("i"), told("j")], T + 4);
      expect((await rowOf("i")).withdrawnAt).toBeNull();
      expect(await counted()).toEqual(["i", "j"]);
      expect(await notesOf("i")).toEqual([
        ["opened", null],
        ["withdrawn", null],
        ["restored", null],
      ]);
    });

    test("a change that changes nothing leaves no trace", async () => {
      await tell([told("i")]);
      const since = await lastAudit(db());
      const before = await rowOf("i");
      const fields = { severity: "SEV2", title: "About i", review: {} } as const;
      const edited = await editIncident(db(), ADA, { seen: await seen("i"), fields });
      expect(edited).toEqual({ outcome: "done", updatedAt: before.updatedAt });
      await handBack(db(), ADA, { seen: await seen("i"), field: "title" });
      await unlinkCause(db(), ADA, await seen("i"));
      await separateIncident(db(), ADA, await seen("i"));
      expect(await rowOf("i")).toEqual(before);
      expect(await actions(since)).toEqual([]);
    });

    test("resolving and reopening stand in the timeline and in the log by their names", async () => {
      await tell([told("i")]);
      const since = await lastAudit(db());
      const set = async (resolvedAt: number | null) =>
        editIncident(db(), ADA, { seen: await seen("i"), fields: { resolvedAt } });
      await set(T - 2 * MINUTE);
      await set(T - MINUTE);
      await set(null);
      expect(await actions(since)).toEqual([
        "incident.resolved",
        "incident.changed",
        "incident.reopened",
      ]);
      expect(await notesOf("i")).toEqual([
        ["opened", null],
        ["resolved", BY_ADA],
        ["reopened", BY_ADA],
      ]);
      await tell([told("i", { resolvedAt: T })], T + 1);
      expect((await rowOf("i")).resolvedAt).toBeNull();
    });

    test("whoever saw an older state changes nothing", async () => {
      await tell([told("i"), told("j")]);
      const old = await seen("i");
      const first = await editIncident(db(), ADA, { seen: old, fields: { title: "First" } });
      expect(first).toEqual({ outcome: "done", updatedAt: T + 1 });
      const since = await lastAudit(db());
      const late = [
        await editIncident(db(), ADA, { seen: old, fields: { title: "Second" } }),
        await linkCause(db(), ADA, { seen: old, cause: { deploymentId: "d", name: "d" } }),
        await mergeIncident(db(), ADA, { seen: old, into: "j" }),
      ];
      expect(late).toEqual(late.map(() => ({ outcome: "changed" })));
      expect(await rowOf("i")).toMatchObject({ title: "First", mergedInto: null });
      expect(await readIncidentLink(db(), "i")).toBeNull();
      expect(await actions(since)).toEqual([]);
      const gone = { ...old, id: "nowhere" };
      expect(await editIncident(db(), ADA, { seen: gone, fields: {} })).toEqual({
        outcome: "gone",
      });
    });

    test("of two changes at once one is made and the other refused", async () => {
      await tell([told("i")]);
      for (let round = 0; round < 5; round++) {
        const at = await seen("i");
        const outcomes = await Promise.all(
          ["a", "b"].map((title) =>
            editIncident(db(), ADA, { seen: at, fields: { title: `${title}${round}` } }),
          ),
        );
        expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["changed", "done"]);
      }
    });

    test("a note changes nothing else", async () => {
      await tell([told("i")]);
      const before = await rowOf("i");
      const since = await lastAudit(db());
      await addNote(db(), ADA, { id: "i", team: "pay", at: T - MINUTE, text: "Looked\nat it" });
      expect(await rowOf("i")).toEqual(before);
      expect(await readIncidentNotes(db(), "i")).toMatchObject([
        { kind: "opened" },
        { kind: "note", at: T - MINUTE, text: "Looked\nat it", byName: BY_ADA },
      ]);
      expect(await auditSince(db(), since)).toMatchObject([
        { action: "incident.noted", team: "pay", after: { text: "Looked\nat it" } },
      ]);
    });

    describe("a merged one", () => {
      const merge = async (id: string, into: string) =>
        mergeIncident(db(), ADA, { seen: await seen(id), into });

      test("is counted no more, is found by its address, and can be separated", async () => {
        await tell([told("a"), told("b"), told("c")]);
        const since = await lastAudit(db());
        expect(await merge("a", "b")).toMatchObject({ outcome: "done" });
        expect(await counted()).toEqual(["b", "c"]);
        expect(await countIncidents(db())).toEqual({ all: 2, open: 2 });
        expect((await readIncidents(db(), ALL, PAGE)).incidents).toHaveLength(2);
        expect((await readMerged(db(), "b")).map(({ id }) => id)).toEqual(["a"]);
        expect(await merge("b", "c")).toMatchObject({ outcome: "done" });
        expect(await readMergeTarget(db(), "a")).toBe("c");
        expect(await readMergeTarget(db(), "c")).toBe("c");
        expect(await counted()).toEqual(["c"]);
        await separateIncident(db(), ADA, await seen("b"));
        expect(await counted()).toEqual(["b", "c"]);
        expect(await readMergeTarget(db(), "a")).toBe("b");
        const done = ["incident.merged", "incident.merged", "incident.separated"];
        expect(await actions(since)).toEqual(done);
        expect(await notesOf("c")).toEqual([
          ["opened", null],
          ["merged", BY_ADA],
          ["separated", BY_ADA],
        ]);
      });

      test("stays merged when its source tells of it again", async () => {
        await tell([told("a"), told("b")]);
        await merge("a", "b");
        await tell([told("a", { title: "Newer", resolvedAt: T })], T + 1);
        expect(await rowOf("a")).toMatchObject({ title: "Newer", mergedInto: "b" });
      });

      test("cannot be merged into, and none into itself or into nothing", async () => {
        await tell([told("a"), told("b"), told("c")]);
        await merge("a", "b");
        expect(await merge("c", "a")).toEqual({ outcome: "target-merged" });
        expect(await merge("b", "a")).toEqual({ outcome: "target-merged" });
        expect(await merge("c", "c")).toEqual({ outcome: "no-target" });
        expect(await merge("c", "nowhere")).toEqual({ outcome: "no-target" });
      });

      test("never becomes a ring, when two are merged into each other at once", async () => {
        for (let round = 0; round < 5; round++) {
          await db().delete(incidents);
          await tell([told("a"), told("b")]);
          const [a, b] = [await seen("a"), await seen("b")];
          const outcomes = await Promise.all([
            mergeIncident(db(), ADA, { seen: a, into: "b" }),
            mergeIncident(db(), ADA, { seen: b, into: "a" }),
          ]);
          expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["done", "target-merged"]);
          expect(await counted()).toHaveLength(1);
        }
      });
    });

    describe("the cause by hand", () => {
      const link = async (deploymentId: string | null) =>
        linkCause(db(), ADA, { seen: await seen("i"), cause: { deploymentId, name: "v7" } });
      const linksOf = async () =>
        (await readDeliveryFacts(db())).incidents.flatMap(({ links }) => links);
      const live = () =>
        db()
          .select({ deploymentId: incidentLinks.deploymentId })
          .from(incidentLinks)
          .where(and(eq(incidentLinks.incidentId, "i"), isNull(incidentLinks.removedAt)))
          .orderBy(asc(incidentLinks.id));

      test("is the last one that was named; those before stay for the record", async () => {
        await tell([told("i")]);
        const since = await lastAudit(db());
        await link("d1");
        await link("d2");
        expect(await live()).toEqual([{ deploymentId: "d2" }]);
        expect(await linksOf()).toEqual([{ method: "hand", deploymentId: "d2" }]);
        expect(await db().$count(incidentLinks)).toBe(2);
        expect(await readIncidentLink(db(), "i")).toMatchObject({ byName: BY_ADA, at: T });
        await unlinkCause(db(), ADA, await seen("i"));
        expect(await linksOf()).toEqual([]);
        expect(await readIncidentLink(db(), "i")).toBeNull();
        expect(await auditSince(db(), since)).toMatchObject([
          { action: "incident.linked", before: null, after: { deployment: "d1" } },
          { action: "incident.linked", before: { deployment: "d1" } },
          { action: "incident.unlinked", before: { deployment: "d2" } },
        ]);
      });

      test("may be that no deployment caused it", async () => {
        await tell([told("i", { links: [{ method: "explicit", sha: "abcdef0" }] })]);
        await link(null);
        expect(await linksOf()).toEqual([
          { method: "hand" },
          { method: "explicit", sha: "abcdef0" },
        ]);
      });

      test("is a new fact: what was joined before is joined anew", async () => {
        await tell([told("i")]);
        const before = await readDeliveryRevision(db());
        await link("d1");
        expect(await readDeliveryRevision(db())).not.toBe(before);
      });
    });

    describe("the list", () => {
      const ids = async (filter: Partial<IncidentFilter> = {}, page = PAGE) => {
        const { incidents: rows } = await readIncidents(db(), { ...ALL, ...filter }, page);
        return rows.map(({ id }) => id);
      };

      test("has the open ones first, then by start, and can be narrowed", async () => {
        await tell([
          told("old-open", { startedAt: T - 9 * HOUR }),
          told("done", { resolvedAt: T, startedAt: T - MINUTE }),
          told("new-open", { severity: "SEV1", startedAt: T - HOUR }),
          told("other", { service: "search", resolvedAt: T, startedAt: T - 2 * HOUR }),
        ]);
        expect(await ids()).toEqual(["new-open", "old-open", "done", "other"]);
        expect(await ids({ services: ["search"] })).toEqual(["other"]);
        expect(await ids({ services: [] })).toEqual([]);
        expect(await ids({ severity: "SEV1" })).toEqual(["new-open"]);
        expect(await ids({ state: "open" })).toEqual(["new-open", "old-open"]);
        expect(await ids({ state: "resolved" })).toEqual(["done", "other"]);
        expect(await ids({ from: T - 2 * HOUR, to: T - HOUR })).toEqual(["other"]);
        expect(await ids({}, { limit: 2, offset: 1 })).toEqual(["old-open", "done"]);
        const { matching } = await readIncidents(db(), { ...ALL, state: "open" }, PAGE);
        expect(matching).toBe(2);
      });
    });
  });
}
