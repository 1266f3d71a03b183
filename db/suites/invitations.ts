import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/connection.ts";
import { readSessions, readWaysIn } from "#db/reads/account.ts";
import { readOpenInvitations, readPeople } from "#db/reads/people.ts";
import { invitations, people } from "#db/schema/index.ts";
import { ADA, addPeople, auditSince, lastAudit, openSession, T } from "#db/suites/persons.ts";
import type { Bench } from "#db/suites/suite.ts";
import { createReset } from "#db/writes/account.ts";
import type { By } from "#db/writes/audit.ts";
import { acceptInvitation, findInvitation, type Invitation } from "#db/writes/invitations.ts";
import { createInvitation, firstAdminInvitation, revokeInvitation } from "#db/writes/inviting.ts";
import { NOBODY } from "#lib/access/actor.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

const at = (now: number): By => ({ actor: NOBODY, address: "192.0.2.9", at: now });
const eve = { id: "eve", name: "Eve", email: "eve@example.com", passwordHash: "hash of eve" };

export function invitationsSuite(bench: Bench): void {
  describe("links that work once", () => {
    const db = (): Db => bench.store().db;
    beforeEach(async () => {
      await db().delete(people);
      await db().delete(invitations);
    });

    const invite = async (email: string, over: Partial<Invitation> = {}): Promise<Invitation> => {
      const made = await createInvitation(db(), ADA, {
        kind: "invite",
        tokenHash: `hash for ${email}`,
        email,
        name: "Eve",
        admin: false,
        teams: ["shop", "cart", "shop"],
        personId: null,
        ...over,
      });
      if (!made) throw new Error("the e-mail is taken");
      return made;
    };
    const accept = (invitation: Invitation, over: Partial<typeof eve> = {}, now = T + HOUR) =>
      acceptInvitation(db(), { invitation, person: { ...eve, ...over }, by: at(now) });

    describe("an invitation", () => {
      test("makes a person with a password, their teams and rights, once", async () => {
        const made = await invite("Eve@Example.com", { admin: true });
        const since = await lastAudit(db());
        expect(await accept(made, { email: "other@example.com" })).toEqual({
          outcome: "accepted",
          personId: "eve",
        });
        expect(await readPeople(db(), T)).toMatchObject([
          {
            email: "eve@example.com",
            admin: true,
            adminFrom: "hand",
            teams: [
              { team: "cart", origin: "hand" },
              { team: "shop", origin: "hand" },
            ],
          },
        ]);
        expect((await readWaysIn(db(), "eve")).passwordHash).toBe("hash of eve");
        expect(await accept(made, { id: "eve2" })).toEqual({ outcome: "gone" });
        expect(await findInvitation(db(), made.tokenHash, T + HOUR)).toBeNull();
        expect(await auditSince(db(), since)).toMatchObject([
          { action: "person.joined", subject: "person:eve@example.com", actorKind: "nobody" },
        ]);
      });

      test("accepted twice at once makes one person", async () => {
        for (let round = 0; round < 5; round++) {
          await db().delete(people);
          const made = await invite("eve@example.com", {
            tokenHash: `round ${round}`,
            email: null,
          });
          const outcomes = await Promise.all([
            accept(made),
            accept(made, { id: "eve2", email: "eve2@example.com" }),
          ]);
          expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["accepted", "gone"]);
          expect(await readPeople(db(), T)).toHaveLength(1);
        }
      });

      test("works until the seventh day, to the millisecond", async () => {
        const made = await invite("eve@example.com");
        expect(made.expiresAt).toBe(T + 7 * DAY);
        expect(await findInvitation(db(), made.tokenHash, T + 7 * DAY - 1)).toMatchObject({
          id: made.id,
        });
        expect(await findInvitation(db(), made.tokenHash, T + 7 * DAY)).toBeNull();
        expect(await accept(made, {}, T + 7 * DAY)).toEqual({ outcome: "gone" });
        expect(await readPeople(db(), T)).toEqual([]);
      });

      test("is replaced by a newer one for the same e-mail", async () => {
        const first = await invite("eve@example.com");
        const since = await lastAudit(db());
        const second = await invite("eve@example.com", { tokenHash: "newer" });
        const other = await invite("fay@example.com");
        const open = (await readOpenInvitations(db(), T)).map(({ id }) => id);
        expect(open.toSorted()).toEqual([second.id, other.id].toSorted());
        expect(await accept(first)).toEqual({ outcome: "gone" });
        expect(await auditSince(db(), since)).toMatchObject([
          { action: "invitation.replaced", subject: "invitation:eve@example.com" },
          { action: "invitation.created", subject: "invitation:eve@example.com" },
          { action: "invitation.created", subject: "invitation:fay@example.com" },
        ]);
      });

      test("can be taken back while it is open", async () => {
        const made = await invite("eve@example.com");
        expect(await revokeInvitation(db(), ADA, made.id)).toMatchObject({ id: made.id });
        expect(await revokeInvitation(db(), ADA, made.id)).toBeNull();
        expect(await accept(made)).toEqual({ outcome: "gone" });
      });

      test("is not made for someone who is here, and not used up by someone who came meanwhile", async () => {
        const early = await invite("eve@example.com");
        await addPeople(db(), { eve: {} });
        expect(await createInvitation(db(), ADA, { ...early, tokenHash: "second" })).toBeNull();
        expect(await accept(early, { id: "eve2" })).toEqual({ outcome: "email-taken" });
        expect(await findInvitation(db(), early.tokenHash, T)).toMatchObject({ usedAt: null });
        expect((await readWaysIn(db(), "eve")).passwordHash).toBe("of eve");
      });
    });

    describe("the first admin", () => {
      test("has one link at a time, for a day, and none once there is an admin", async () => {
        await addPeople(db(), { bob: {}, cyd: { admin: true } });
        await db().update(people).set({ disabledAt: T }).where(eq(people.id, "cyd"));
        const since = await lastAudit(db());
        expect(await firstAdminInvitation(db(), T, "first")).toMatchObject({
          kind: "first-admin",
          admin: true,
          expiresAt: T + DAY,
        });
        const second = await firstAdminInvitation(db(), T + 1, "second");
        expect(await findInvitation(db(), "first", T + 2)).toBeNull();
        if (!second) throw new Error("no link");
        expect(await auditSince(db(), since)).toMatchObject([
          { action: "invitation.created", actorKind: "system" },
          { action: "invitation.replaced", actorKind: "system" },
          { action: "invitation.created", subject: `invitation:${second.id}` },
        ]);
        expect((await accept(second)).outcome).toBe("accepted");
        expect(await readPeople(db(), T)).toContainEqual(
          expect.objectContaining({ email: "eve@example.com", admin: true }),
        );
        expect(await firstAdminInvitation(db(), T + 3, "third")).toBeNull();
      });

      test("has a link that is open to see, that a newer one replaces and an admin takes back", async () => {
        const link = (tokenHash: string) =>
          createInvitation(db(), ADA, {
            kind: "first-admin",
            tokenHash,
            email: null,
            name: null,
            admin: true,
            teams: [],
            personId: null,
          });
        await firstAdminInvitation(db(), T - 1, "at the start");
        const first = await link("first");
        const second = await link("second");
        expect(await readOpenInvitations(db(), T)).toMatchObject([{ id: second?.id, admin: true }]);
        expect(await revokeInvitation(db(), ADA, first?.id ?? "")).toBeNull();
        expect(await revokeInvitation(db(), ADA, second?.id ?? "")).toMatchObject({ email: null });
        expect(await readOpenInvitations(db(), T)).toEqual([]);
      });

      test("of processes that start together the last link works, and only it", async () => {
        const hashes = ["a", "b", "c"];
        await Promise.all(hashes.map((hash) => firstAdminInvitation(db(), T, hash)));
        const found = await Promise.all(hashes.map((hash) => findInvitation(db(), hash, T + 1)));
        expect(found.filter((invitation) => invitation !== null)).toHaveLength(1);
      });
    });

    describe("a reset link", () => {
      test("sets the password, signs out everywhere and is used up", async () => {
        await addPeople(db(), { eve: {} });
        await openSession(db(), { personId: "eve", id: "stolen" });
        const made = await createReset(db(), ADA, { personId: "eve", tokenHash: "reset" });
        if (!made) throw new Error("no link");
        expect(made.expiresAt).toBe(T + DAY);
        expect(await accept(made, { id: "ignored", name: "ignored" })).toEqual({
          outcome: "accepted",
          personId: "eve",
        });
        expect((await readWaysIn(db(), "eve")).passwordHash).toBe("hash of eve");
        expect(await readSessions(db(), "eve", T)).toEqual([]);
        expect(await readPeople(db(), T)).toMatchObject([{ id: "eve", name: "eve" }]);
        expect(await accept(made)).toEqual({ outcome: "gone" });
      });

      test("does nothing for someone who was disabled meanwhile", async () => {
        await addPeople(db(), { eve: {} });
        const made = await createReset(db(), ADA, { personId: "eve", tokenHash: "reset" });
        if (!made) throw new Error("no link");
        await db().update(people).set({ disabledAt: T }).where(eq(people.id, "eve"));
        expect(await accept(made)).toEqual({ outcome: "gone" });
        expect((await readWaysIn(db(), "eve")).passwordHash).toBe("of eve");
      });
    });
  });
}
