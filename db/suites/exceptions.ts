import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { readAudit } from "#db/reads/audit.ts";
import { type ExceptionFilter, readException, readExceptions } from "#db/reads/exceptions.ts";
import { readNoticeDeliveries } from "#db/reads/notices.ts";
import { apiTokens, notices, policyExceptions } from "#db/schema/index.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import type { By } from "#db/writes/audit.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { tellExpiring } from "#db/writes/exceptionNotices.ts";
import {
  askException,
  decideException,
  type ExceptionAsk,
  endException,
} from "#db/writes/exceptions.ts";
import { createReceiver, removeReceiver } from "#db/writes/receivers.ts";
import type { Actor } from "#lib/access/actor.ts";
import { type ExceptionState, exceptionState, MAX_EXCEPTION_MS } from "#lib/policy/exception.ts";
import { DAY } from "#lib/time/duration.ts";

function person(name: string): Actor {
  const email = `${name.toLowerCase()}@example.org`;
  return { kind: "person", id: name, name, email, admin: false, editorOf: [] };
}
const by = (name: string, days = 0): By => ({
  ...{ actor: person(name), address: null },
  at: T0 + days * DAY,
});

export function exceptionsSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const asked = async (service: string, of: Partial<ExceptionAsk> = {}, who = by("Ada")) => {
    const words = { justification: "j", risk: "r", mitigations: "m" };
    const scope = { service, slo: null, environment: null, need: "launch", follows: null } as const;
    const expiresAt = T0 + 30 * DAY;
    return (await askException(db(), who, { ...scope, ...words, expiresAt, ...of })).id;
  };
  const decide = (id: number, who: By, decision: "approved" | "rejected" = "approved") =>
    decideException(db(), who, { id, decision, note: "ok" });
  const stateOf = async (id: number, days: number) => {
    const row = await readException(db(), id);
    return row && exceptionState(row, T0 + days * DAY);
  };

  describe("exceptions", () => {
    test("are asked for by one person and approved by another, who both stand in the log and the notices", async () => {
      const slo = inForce({ service: "exceptional", name: "slo", team: "exceptional" });
      await applyCatalog(db(), {
        documents: [],
        slos: [{ ...slo, path: "slos/exceptional.yaml" }],
        now: T0,
      });
      const id = await asked("exceptional");
      expect(await stateOf(id, 1)).toBe("asked");
      expect(await decide(id, by("Grace", 1))).toBe("done");
      expect(await stateOf(id, 1)).toBe("in-force");
      expect(await readException(db(), id)).toMatchObject({
        ...{ askedBy: "ada@example.org", askedByName: "Ada", askedAt: T0 },
        ...{ decision: "approved", decidedByName: "Grace", decidedAt: T0 + DAY },
        decisionNote: "ok",
      });
      const log = await readAudit(db(), { team: "exceptional" }, { limit: 9 });
      expect(log.map((row) => [row.action, row.actorName, row.subject])).toEqual([
        ["exception.approved", "grace@example.org", `exception:${id}`],
        ["exception.asked", "ada@example.org", `exception:${id}`],
      ]);
      const told = await db().select().from(notices).where(eq(notices.team, "exceptional"));
      expect(told.map(({ naturalKey }) => naturalKey).sort()).toEqual([
        `exception-asked:${id}`,
        `exception-decided:${id}`,
      ]);
    });

    test("are never decided by who asked, by a token, or without sign-in", async () => {
      const id = await asked("own");
      expect(await decide(id, { ...by("ADA", 1), actor: person("Ada") })).toBe("own");
      const token: Actor = { kind: "token", id: "t", name: "ci", scopes: ["admin"], team: null };
      expect(await decide(id, { ...by("x", 1), actor: token })).toBe("no-person");
      expect(await decide(id, { ...by("x", 1), actor: { kind: "local" } })).toBe("no-person");
      expect(await stateOf(id, 1)).toBe("asked");
    });

    test("that a token asks for count as asked by whoever made the token", async () => {
      const made = { hash: "exceptional", hint: "x", scopes: ["write"], team: null };
      const times = { createdAt: T0, expiresAt: T0 + DAY };
      const row = { id: "exc", name: "ci", createdBy: "grace@example.org", ...made, ...times };
      await db().insert(apiTokens).values(row);
      const actor: Actor = { kind: "token", id: "exc", name: "ci", scopes: ["write"], team: null };
      const id = await asked("token", {}, { ...by("x"), actor });
      expect((await readException(db(), id))?.askedByName).toBe("ci");
      expect(await decide(id, by("Grace"))).toBe("own");
      expect(await decide(id, by("Ada"))).toBe("done");
    });

    test("are decided once, whoever of several at once is first", async () => {
      const id = await asked("race");
      const names = ["Grace", "Linus", "Edsger", "Barbara"];
      const all = await Promise.all(
        names.map((name, i) => decide(id, by(name, 1), i % 2 ? "rejected" : "approved")),
      );
      expect(all.toSorted()).toEqual(["decided", "decided", "decided", "done"]);
      const winner = names[all.indexOf("done")];
      expect((await readException(db(), id))?.decidedByName).toBe(winner);
      const log = await readAudit(db(), { subject: `exception:${id}` }, { limit: 9 });
      expect(log).toHaveLength(2);
    });

    test("are not decided when they are withdrawn, expired, or nowhere", async () => {
      const withdrawn = await asked("over");
      expect(await endException(db(), by("Ada", 1), withdrawn)).toBe("done");
      expect(await decide(withdrawn, by("Grace", 2))).toBe("over");
      expect(await stateOf(withdrawn, 2)).toBe("withdrawn");
      const late = await asked("over", { expiresAt: T0 + DAY });
      expect(await decide(late, by("Grace", 1))).toBe("over");
      expect(await decide(999_999, by("Grace"))).toBe("not-found");
      expect(await endException(db(), by("Ada"), 999_999)).toBe("not-found");
    });

    test("are revoked while in force, and never twice", async () => {
      const id = await asked("revoked");
      await decide(id, by("Grace", 1));
      expect(await endException(db(), by("Linus", 2), id)).toBe("done");
      expect(await endException(db(), by("Linus", 3), id)).toBe("over");
      expect(await readException(db(), id)).toMatchObject({ endedByName: "Linus" });
      expect(await stateOf(id, 3)).toBe("revoked");
      const log = await readAudit(db(), { subject: `exception:${id}` }, { limit: 9 });
      expect(log[0]?.action).toBe("exception.revoked");
    });

    test.each([0, -1, MAX_EXCEPTION_MS + 1])("that last %d ms are refused whole", async (ms) => {
      const before = await db().$count(policyExceptions);
      await expect(asked("long", { expiresAt: T0 + ms })).rejects.toThrow(/within 90 days/);
      expect(await db().$count(policyExceptions)).toBe(before);
    });

    test("are found by where they stand, as the pure rule says", async () => {
      const service = "standing";
      await asked(service);
      await decide(await asked(service), by("Grace"));
      await decide(await asked(service), by("Grace"), "rejected");
      await decide(await asked(service, { expiresAt: T0 + DAY }), by("Grace"));
      await endException(db(), by("Ada"), await asked(service));
      const revoked = await asked(service);
      await decide(revoked, by("Grace"));
      await endException(db(), by("Ada"), revoked);
      const all = await readExceptions(db(), { service });
      const states: ExceptionState[] = [
        ...["asked", "in-force", "rejected", "withdrawn", "revoked", "expired"],
      ] as ExceptionState[];
      for (const state of states) {
        const now = T0 + DAY;
        const found = await readExceptions(db(), { service, state, now });
        const right = all.filter((row) => exceptionState(row, now) === state);
        expect(found, state).toEqual(right);
        expect(found, state).toHaveLength(1);
      }
    });

    describe("after a rename", () => {
      type Named = Parameters<typeof inForce>[0];
      const apply = (...all: Named[]) =>
        applyCatalog(db(), {
          documents: [],
          slos: all.map((slo) => ({ ...inForce(slo), path: "slos/moved.yaml" })),
          now: T0,
        });
      const to = (service: string, name: string, former: string, team = "moved") => ({
        ...{ service, name, team, formerly: [former] },
      });
      const namesOf = async (filter: ExceptionFilter) =>
        (await readExceptions(db(), filter)).map(({ service, slo }) => [service, slo]);

      test("are those of the new names, for their team, and in what is told", async () => {
        await apply({ service: "moved-a", name: "up", team: "moved" });
        const whole = await asked("moved-a");
        const ofSlo = await asked("moved-a", { slo: "up" });
        await apply(to("moved-b", "up", "moved-a/up"));
        expect(await namesOf({ service: "moved-b" })).toEqual([
          ["moved-b", "up"],
          ["moved-b", null],
        ]);
        expect(await namesOf({ team: "moved" })).toHaveLength(2);
        expect(await namesOf({ service: "moved-a" })).toEqual([]);
        await apply(to("moved-b", "p99", "moved-b/up"));
        expect(await readException(db(), ofSlo)).toMatchObject({ service: "moved-b", slo: "p99" });
        await decide(whole, by("Grace", 1));
        const [told] = await db()
          .select()
          .from(notices)
          .where(eq(notices.naturalKey, `exception-decided:${whole}`));
        expect(told).toMatchObject({ team: "moved", service: "moved-b" });
      });

      test("keep a name that others have now, or that led to several", async () => {
        await apply({ service: "kept-a", name: "up" }, { service: "kept-a", name: "fast" });
        const ids = [await asked("kept-a"), await asked("kept-a", { slo: "up" })];
        const split = [to("kept-b", "up", "kept-a/up"), to("kept-c", "fast", "kept-a/fast")];
        await apply(...split);
        const names = async () => Promise.all(ids.map((id) => readException(db(), id)));
        expect(await names()).toMatchObject([
          { service: "kept-a", slo: null },
          { service: "kept-b", slo: "up" },
        ]);
        await apply(...split, { service: "kept-a", name: "up" });
        expect(await names()).toMatchObject([
          { service: "kept-a", slo: null },
          { service: "kept-a", slo: "up" },
        ]);
      });
    });

    test("of a service of several teams are told to each of them, and once to who hears of all", async () => {
      const receiver = (id: string, team: string | null) =>
        createReceiver(db(), by("Ada"), {
          ...{ id, name: id, kind: "slack", host: "hooks.example", team, kinds: [] },
          ...{ quietHours: null, sealedUrl: "sealed", sealedSecret: null },
        });
      await receiver("all-teams", null);
      for (const team of ["blue", "red", "green"]) await receiver(`of-${team}`, team);
      const slos = ["blue", "red"].map((team) => ({
        ...inForce({ service: "shared", name: team, team }),
        path: "slos/shared.yaml",
      }));
      await applyCatalog(db(), { documents: [], slos, now: T0 });
      const id = await asked("shared");
      await decide(id, by("Grace"));
      const ofOne = await asked("shared", { slo: "red" });
      await tellExpiring(db(), T0 + 25 * DAY);
      await tellExpiring(db(), T0 + 26 * DAY);
      const told = async (receiverId: string) =>
        (await readNoticeDeliveries(db(), { receiverId }, 100)).flatMap(({ notice }) =>
          "exception" in notice && [id, ofOne].includes(notice.exception)
            ? [`${notice.kind.slice("exception-".length)} ${notice.slo}`]
            : [],
        );
      const both = ["expiring null", "decided null", "asked null"];
      const withOne = ["expiring null", "asked red", "decided null", "asked null"];
      expect(await told("all-teams")).toEqual(withOne);
      expect(await told("of-blue")).toEqual(both);
      expect(await told("of-red")).toEqual(withOne);
      expect(await told("of-green")).toEqual([]);
      for (const each of ["all-teams", "of-blue", "of-red", "of-green"]) {
        await removeReceiver(db(), by("Ada"), each);
      }
    });

    test.each<[string, ExceptionFilter, number]>([
      ["asked for before its end", { to: T0 }, 0],
      ["asked for in it", { to: T0 + 1 }, 1],
      ["in force into it", { from: T0 + 30 * DAY - 1 }, 1],
      ["over when it began", { from: T0 + 30 * DAY }, 0],
    ])("of a range are those %s", async (name, filter, n) => {
      await asked(`range ${name}`);
      expect(await readExceptions(db(), { service: `range ${name}`, ...filter })).toHaveLength(n);
    });
  });
}
