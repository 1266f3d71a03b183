import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/connection.ts";
import { readSessions, readWaysIn } from "#db/reads/account.ts";
import { readPeople } from "#db/reads/people.ts";
import { readTeamEditors } from "#db/reads/teams.ts";
import { people } from "#db/schema/index.ts";
import { ADA, addPeople, auditSince, lastAudit, openSession, T } from "#db/suites/persons.ts";
import type { Bench } from "#db/suites/suite.ts";
import { changePassword, createReset, endSession, signOutEverywhere } from "#db/writes/account.ts";
import { findInvitation } from "#db/writes/invitations.ts";
import { changeRole } from "#db/writes/roles.ts";
import { addTeamEditor, removeTeamEditor } from "#db/writes/teamEditors.ts";
import type { Origin } from "#lib/access/origin.ts";
import { DAY } from "#lib/time/duration.ts";

export function peopleSuite(bench: Bench): void {
  describe("people", () => {
    const db = (): Db => bench.store().db;
    beforeEach(() => db().delete(people));

    const role = (personId: string, change: { admin?: boolean; disabled?: boolean }) =>
      changeRole(db(), ADA, { personId, makingAdmins: ["corp"], ...change });
    const admins = async () =>
      (await readPeople(db(), T)).filter((p) => p.admin && p.disabledAt === null).map((p) => p.id);

    describe("admins", () => {
      test("are made and unmade, each change once in the log", async () => {
        await addPeople(db(), { ada: { admin: true }, bob: {} });
        const since = await lastAudit(db());
        expect(await role("bob", { admin: true })).toBe("done");
        expect(await role("bob", { admin: true })).toBe("done");
        expect(await admins()).toEqual(["ada", "bob"]);
        expect(await role("bob", { admin: false })).toBe("done");
        expect(await admins()).toEqual(["ada"]);
        expect(await auditSince(db(), since)).toMatchObject([
          {
            action: "person.made-admin",
            subject: "person:bob@example.com",
            actorName: "ada@example.com",
          },
          { action: "person.unmade-admin", before: { admin: true }, after: { admin: false } },
        ]);
      });

      test.each([{ admin: false }, { disabled: true }])(
        "the last one keeps %o off",
        async (change) => {
          await addPeople(db(), { ada: { admin: true }, bob: {}, cyd: { admin: true } });
          expect(await role("cyd", { disabled: true })).toBe("done");
          const since = await lastAudit(db());
          expect(await role("ada", change)).toBe("last-admin");
          expect(await admins()).toEqual(["ada"]);
          expect(await auditSince(db(), since)).toEqual([]);
        },
      );

      test("two who unmake each other at once leave one", async () => {
        for (let round = 0; round < 5; round++) {
          await db().delete(people);
          await addPeople(db(), { ada: { admin: true }, bob: { admin: true } });
          const outcomes = await Promise.all([
            role("ada", { admin: false }),
            role("bob", { disabled: true }),
          ]);
          expect(outcomes.toSorted()).toEqual(["done", "last-admin"]);
          expect(await admins()).toHaveLength(1);
        }
      });

      test.each<[Origin, string]>([
        ["groups:corp", "from-groups"],
        ["groups", "from-groups"],
        ["groups:gone", "done"],
      ])("one from %s who is unmade by hand: %s", async (adminFrom, outcome) => {
        await addPeople(db(), { ada: { admin: true }, gil: { admin: true, adminFrom } });
        expect(await role("gil", { admin: false })).toBe(outcome);
        expect(await admins()).toEqual(outcome === "done" ? ["ada"] : ["ada", "gil"]);
        expect(await role("gil", { disabled: true })).toBe("done");
      });

      test("nobody of that id is nobody", async () => {
        expect(await role("nobody", { admin: true })).toBe("unknown");
      });
    });

    describe("disabling", () => {
      test("ends the sessions and the open reset link; enabling brings neither back", async () => {
        await addPeople(db(), { ada: { admin: true }, bob: {} });
        await openSession(db(), { personId: "bob", id: "phone" });
        await createReset(db(), ADA, { personId: "bob", tokenHash: "reset-of-bob" });
        expect(await role("bob", { disabled: true })).toBe("done");
        expect(await readSessions(db(), "bob", T)).toEqual([]);
        expect(await createReset(db(), ADA, { personId: "bob", tokenHash: "again" })).toBeNull();
        expect(await role("bob", { disabled: false })).toBe("done");
        expect(await findInvitation(db(), "reset-of-bob", T + 1)).toBeNull();
        expect((await readPeople(db(), T)).find(({ id }) => id === "bob")).toMatchObject({
          disabledAt: null,
          sessions: 0,
        });
      });
    });

    describe("sessions", () => {
      test("are listed last used first, without those that have run out", async () => {
        await addPeople(db(), { bob: {} });
        await openSession(db(), { personId: "bob", id: "old", usedAt: T - 2 * DAY });
        await openSession(db(), { personId: "bob", id: "over", usedAt: T - 3 * DAY, expiresAt: T });
        await openSession(db(), { personId: "bob", id: "new", usedAt: T - 1000 });
        const own = await readSessions(db(), "bob", T);
        expect(own.map(({ id }) => id)).toEqual(["new", "old"]);
        expect(own[0]).toMatchObject({ lastUsedAt: T - 1000, expiresAt: T + DAY });
        const [bob] = await readPeople(db(), T);
        expect(bob).toMatchObject({ sessions: 2, lastSeenAt: T - 1000, providers: ["credential"] });
      });

      test("one is ended by its owner alone", async () => {
        await addPeople(db(), { bob: {}, cyd: {} });
        await openSession(db(), { personId: "bob", id: "phone" });
        const end = (personId: string) => endSession(db(), ADA, { personId, sessionId: "phone" });
        expect(await end("cyd")).toBe(false);
        expect(await end("bob")).toBe(true);
        expect(await end("bob")).toBe(false);
      });

      test("all others end, and the one that asks goes on", async () => {
        await addPeople(db(), { bob: {}, cyd: {} });
        for (const id of ["a", "b", "c"]) await openSession(db(), { personId: "bob", id });
        await openSession(db(), { personId: "cyd", id: "d" });
        expect(await signOutEverywhere(db(), ADA, { personId: "bob", keep: "b" })).toBe(2);
        expect((await readSessions(db(), "bob", T)).map(({ id }) => id)).toEqual(["b"]);
        expect(await readSessions(db(), "cyd", T)).toHaveLength(1);
        expect(await signOutEverywhere(db(), ADA, { personId: "nobody" })).toBeNull();
      });
    });

    test("a new password ends the other sessions and any reset link", async () => {
      await addPeople(db(), { bob: {} });
      for (const id of ["a", "b"]) await openSession(db(), { personId: "bob", id });
      await createReset(db(), ADA, { personId: "bob", tokenHash: "unused-reset" });
      const change = { personId: "bob", passwordHash: "new hash", sessionId: "a" };
      expect(await changePassword(db(), ADA, change)).toBe(1);
      expect(await readWaysIn(db(), "bob")).toEqual({
        providers: ["credential"],
        passwordHash: "new hash",
      });
      expect(await findInvitation(db(), "unused-reset", T + 1)).toBeNull();
    });

    describe("editors of a team", () => {
      test("are named by hand once, and taken back by hand", async () => {
        await addPeople(db(), { bob: {} });
        const since = await lastAudit(db());
        const editor = { team: "shop", personId: "bob" };
        const removal = { ...editor, makingEditors: [] };
        expect(await addTeamEditor(db(), ADA, editor)).toBe(true);
        expect(await addTeamEditor(db(), ADA, editor)).toBe(true);
        expect(await readTeamEditors(db())).toMatchObject([{ ...editor, origin: "hand" }]);
        expect(await removeTeamEditor(db(), ADA, removal)).toBe(true);
        expect(await removeTeamEditor(db(), ADA, removal)).toBe(false);
        expect(await addTeamEditor(db(), ADA, { ...editor, personId: "nobody" })).toBe(false);
        expect(await auditSince(db(), since)).toMatchObject([
          { action: "team.editor-added", team: "shop", subject: "person:bob@example.com" },
          { action: "team.editor-removed", team: "shop" },
        ]);
      });

      test("of a group stay when the hand's is taken back", async () => {
        await addPeople(db(), { bob: { groups: ["shop"] } });
        const editor = { team: "shop", personId: "bob", makingEditors: ["corp"] };
        await addTeamEditor(db(), ADA, editor);
        expect(await readTeamEditors(db())).toHaveLength(2);
        await removeTeamEditor(db(), ADA, editor);
        expect(await removeTeamEditor(db(), ADA, editor)).toBe(false);
        expect(await readTeamEditors(db())).toMatchObject([{ origin: "groups" }]);
      });

      test("of a group that no provider has a rule for are taken back by hand", async () => {
        await addPeople(db(), { bob: { groups: ["shop"], origin: "groups:gone" } });
        const removal = { team: "shop", personId: "bob", makingEditors: ["corp"] };
        expect(await removeTeamEditor(db(), ADA, removal)).toBe(true);
        expect(await readTeamEditors(db())).toEqual([]);
      });
    });
  });
}
