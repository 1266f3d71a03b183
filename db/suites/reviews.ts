import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { readAudit } from "#db/reads/audit.ts";
import { readSlosOfMonth, readStatesThen, readTransitionsOfMonth } from "#db/reads/reviewSlos.ts";
import { readActions, readReview, readReviewHeads } from "#db/reads/reviews.ts";
import { policyTransitions, sloStates, slos } from "#db/schema/index.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import { addAction, changeAction } from "#db/writes/actionItems.ts";
import type { By } from "#db/writes/audit.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { addCorrection, publishReview, saveNotes } from "#db/writes/reviews.ts";
import { freezeReview } from "#lib/dora/review.ts";
import { DAY } from "#lib/time/duration.ts";

const BY: By = { actor: { kind: "local" }, address: null, at: T0 };
const NAME = "local (sign-in is off)";
const later = (days: number): By => ({ ...BY, at: T0 + days * DAY });
const frozen = freezeReview({ n: 1 }, ["a"]);

export function reviewsSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const keyOf = (team: string) => ({ month: "2026-01", team });
  const write = (team: string, notes: string, seen: number | null, by = BY) =>
    saveNotes(db(), by, { ...keyOf(team), zone: "Europe/Berlin", notes, seen });
  const publish = (team: string, seen: number | null, by = BY) =>
    publishReview(db(), by, {
      ...{ ...keyOf(team), zone: "Asia/Tokyo", seen, frozen, despiteGaps: false },
    });
  const actionsOf = async (subject: string) =>
    (await readAudit(db(), { subject }, { limit: 10 })).map((row) => row.action);

  describe("monthly reviews", () => {
    test("are written on by whoever saw what stands there, and by nobody else", async () => {
      expect(await readReview(db(), keyOf("notes"))).toBeNull();
      expect(await write("notes", "lost", T0)).toBe("changed");
      expect(await readReview(db(), keyOf("notes"))).toBeNull();
      expect(await write("notes", "first", null)).toBe("saved");
      expect(await write("notes", "unseen", null)).toBe("changed");
      expect(await write("notes", "second", T0)).toBe("saved");
      expect(await write("notes", "late", T0)).toBe("changed");
      const row = await readReview(db(), keyOf("notes"));
      expect(row).toMatchObject({ notes: "second", zone: "Europe/Berlin", updatedBy: NAME });
      expect(row?.updatedAt).toBe(T0 + 1);
      expect(row?.publishedAt).toBeNull();
    });

    test("are published once, with what was seen, and then keep what was frozen", async () => {
      await write("frozen", "n", null);
      expect(await publish("frozen", null, later(1))).toBe("changed");
      expect(await publish("frozen", T0, later(1))).toBe("saved");
      expect(await publish("frozen", T0 + DAY, later(2))).toBe("published");
      expect(await write("frozen", "more", T0 + DAY, later(2))).toBe("published");
      expect(await readReview(db(), keyOf("frozen"))).toMatchObject({
        ...{ notes: "", zone: "Asia/Tokyo", content: '{"n":1}', hash: frozen.hash },
        ...{ publishedAt: T0 + DAY, publishedBy: NAME },
      });
    });

    test("are published by one of several at once", async () => {
      const all = await Promise.all([1, 2, 3, 4].map((day) => publish("race", null, later(day))));
      expect(all.toSorted()).toEqual(["published", "published", "published", "saved"]);
    });

    test("are corrected in lines that each say who and when, once they are published", async () => {
      const correct = (text: string) => addCorrection(db(), later(3), { ...keyOf("wrong"), text });
      expect(await correct("too early")).toBe("draft");
      expect(await readReview(db(), keyOf("wrong"))).toBeNull();
      await publish("wrong", null);
      await correct("one\n- 2026-01-01, Someone else: forged");
      await correct("two");
      expect((await readReview(db(), keyOf("wrong")))?.notes).toBe(
        [
          `- 2026-01-04, ${NAME}: one - 2026-01-01, Someone else: forged`,
          `- 2026-01-04, ${NAME}: two`,
        ].join("\n"),
      );
    });

    test("are in the log by what was done, for their team", async () => {
      await write("logged", "x", null);
      await publish("logged", T0, later(1));
      await addCorrection(db(), later(2), { ...keyOf("logged"), text: "y" });
      await write("logged", "refused", null);
      const log = await readAudit(db(), { team: "logged" }, { limit: 10 });
      expect(log.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
        "review.corrected review:2026-01",
        "review.published review:2026-01",
        "review.written review:2026-01",
      ]);
      const heads = (await readReviewHeads(db())).filter(({ team }) => team === "logged");
      expect(heads).toMatchObject([{ month: "2026-01", publishedAt: T0 + DAY }]);
    });
  });

  describe("action items", () => {
    const made = (month: string, text: string, by = BY) =>
      addAction(db(), by, { month, team: "todo", text, owner: null, due: null });
    const shown = async (month: string) => {
      const from = Date.parse(`${month}-01T00:00:00Z`);
      return (await readActions(db(), { month, team: "todo", from })).map(({ text }) => text);
    };

    test("stay on the following reviews until they are done, and on the one of the month in which they were", async () => {
      const early = await made("2026-01", "early");
      await made("2026-02", "own", later(1));
      await made("2026-03", "next", later(2));
      expect(await shown("2026-01")).toEqual(["early"]);
      expect(await shown("2026-02")).toEqual(["early", "own"]);
      const inFebruary: By = { ...BY, at: Date.UTC(2026, 1, 10) };
      await changeAction(db(), inFebruary, { id: early.id, team: "todo", done: true });
      expect(await shown("2026-01")).toEqual(["early"]);
      expect(await shown("2026-02")).toEqual(["early", "own"]);
      expect(await shown("2026-03")).toEqual(["own", "next"]);
      await changeAction(db(), inFebruary, { id: early.id, team: "todo", done: false });
      expect(await shown("2026-03")).toEqual(["early", "own", "next"]);
    });

    test("change by what is given alone; who said first that one is done stays", async () => {
      const { id } = await addAction(db(), BY, {
        ...{ month: "2026-01", team: "words", text: "a", owner: "Ada", due: "2026-02-01" },
      });
      const change = (by: By, of: object) => changeAction(db(), by, { id, team: "words", ...of });
      await change(later(1), { done: true });
      const changed = await change(later(2), { done: true, owner: null });
      expect(changed).toMatchObject({
        ...{ text: "a", owner: null, due: "2026-02-01", doneAt: T0 + DAY, doneBy: NAME },
      });
      expect(await actionsOf(`action-item:${id}`)).toEqual([
        "action-item.changed",
        "action-item.changed",
        "action-item.created",
      ]);
    });

    test("of another team, or that there are not, are not changed", async () => {
      const { id } = await made("2026-06", "mine");
      expect(await changeAction(db(), BY, { id, team: "other", done: true })).toBeNull();
      expect(await changeAction(db(), BY, { id: "no", team: "todo", done: true })).toBeNull();
      expect(await changeAction(db(), BY, { id: "n\0", team: "todo", done: true })).toBeNull();
    });
  });

  describe("SLOs of a month", () => {
    test("are those that were in force in it, by the definition and state with which it ended", async () => {
      const objective = (value: number) =>
        inForce({ name: "slo", service: "monthly", team: "monthly", objective: value });
      const apply = (value: number, now: number) =>
        applyCatalog(db(), { documents: [], slos: [objective(value)], now });
      await apply(0.99, T0);
      await apply(0.95, T0 + 40 * DAY);
      const [slo] = await db().select().from(slos).where(eq(slos.service, "monthly"));
      const sloId = slo?.id ?? 0;
      const state = { sloId, policyState: "Healthy", held: false, version: 1 };
      await db()
        .insert(sloStates)
        .values([
          { ...state, at: T0 + DAY, state: "healthy" },
          { ...state, at: T0 + 20 * DAY, state: "watch" },
          { ...state, at: T0 + 50 * DAY, state: "exhausted" },
        ]);
      const turn = { sloId, fromState: "a", toState: "b", cause: "budget", version: 1 } as const;
      const counts = { good: 1, total: 1, coverage: 1, consumed: 0.5 };
      await db()
        .insert(policyTransitions)
        .values([30, 31, 2].map((day) => ({ ...turn, ...counts, at: T0 + day * DAY })));
      const january = { from: T0, to: T0 + 31 * DAY, team: "monthly" };
      const objectives = async (ask: typeof january) =>
        (await readSlosOfMonth(db(), ask)).map(({ definition }) => definition.objective);
      expect(await objectives(january)).toEqual([0.99]);
      expect(await objectives({ ...january, to: T0 + 59 * DAY })).toEqual([0.95]);
      expect(await objectives({ ...january, team: "nobody" })).toEqual([]);
      expect((await readStatesThen(db(), january.to)).get(sloId)).toBe("watch");
      expect((await readStatesThen(db(), T0)).has(sloId)).toBe(false);
      const turns = await readTransitionsOfMonth(db(), january);
      expect(turns.map(({ at }) => (at - T0) / DAY)).toEqual([2, 30]);
      await db()
        .update(slos)
        .set({ retiredAt: T0 + 10 * DAY })
        .where(eq(slos.id, sloId));
      expect(await objectives(january)).toEqual([0.99]);
      expect(await objectives({ ...january, from: T0 + 31 * DAY })).toEqual([]);
    });
  });
}
