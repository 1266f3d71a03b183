import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { type AuditCursor, type AuditFilter, countAudit, readAudit } from "#db/reads/audit.ts";
import { T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import type { Actor } from "#lib/access/actor.ts";

const ADA: Actor = {
  kind: "person",
  id: "ada",
  name: "Ada of audit",
  email: "ada@example.org",
  admin: true,
  editorOf: [],
};
const CI: Actor = { kind: "token", id: "t1", name: "ci_audit", scopes: ["write"], team: "audit" };
const PAGE = { limit: 100 };

export function auditSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const note = (by: Partial<By>, action: string, subject: string, team?: string) =>
    writeAudit(
      db(),
      { actor: ADA, address: "10.0.0.1", at: T0, ...by },
      { action, subject, ...(team ? { team } : {}) },
    );
  const subjects = async (filter: AuditFilter) =>
    (await readAudit(db(), filter, PAGE)).map(({ subject }) => subject);

  describe("the audit log", () => {
    test("says who did what to what, from where, and what it was before", async () => {
      await writeAudit(
        db(),
        { actor: CI, address: "2001:db8::7", at: T0 },
        { action: "said.so", subject: "said:1", before: { a: 1 }, after: { a: [2, null] } },
      );
      expect(await readAudit(db(), { action: "said" }, PAGE)).toMatchObject([
        {
          at: T0,
          actorKind: "token",
          actorId: "t1",
          actorName: "ci_audit",
          action: "said.so",
          subject: "said:1",
          team: null,
          before: { a: 1 },
          after: { a: [2, null] },
          address: "2001:db8::7",
        },
      ]);
    });

    test.each([
      ["changed", sql`update audit set actor_name = 'nobody'`],
      ["changed one by one", sql`update audit set at = 0 where false`],
      ["deleted", sql`delete from audit`],
      ["emptied", sql`truncate audit`],
      [
        "replaced on conflict",
        sql`insert into audit (id, at, actor_kind, actor_name, action, subject)
            overriding system value select id, 0, 'system', 'x', 'y', 'z' from audit limit 1
            on conflict (id) do update set at = 0`,
      ],
    ])("cannot be %s", async (_how, statement) => {
      await note({}, "kept.always", "kept:1");
      const before = await readAudit(db(), {}, PAGE);
      const refused = await db()
        .execute(statement)
        .then(
          () => null,
          (error: unknown) => error,
        );
      expect(refused).toHaveProperty("cause.message", "the audit log is append-only");
      expect(await readAudit(db(), {}, PAGE)).toEqual(before);
    });

    test("keeps nothing of a change that was taken back", async () => {
      const change = db().transaction(async (tx) => {
        await writeAudit(
          tx,
          { actor: ADA, address: null, at: T0 },
          { action: "undone.it", subject: "undone:1" },
        );
        throw new Error("taken back");
      });
      await expect(change).rejects.toThrow("taken back");
      expect(await subjects({ action: "undone" })).toEqual([]);
    });

    test("is asked by who, action, subject, team and time, and by all of them at once", async () => {
      await note({ at: T0 + 1 }, "asked.one", "asked:1", "audit-a");
      await note({ at: T0 + 2, actor: CI }, "asked.two", "asked:2", "audit-a");
      await note({ at: T0 + 3, actor: CI }, "asked.one", "asked:3", "audit-b");
      const asked = { action: "asked" };
      expect(await subjects(asked)).toEqual(["asked:3", "asked:2", "asked:1"]);
      expect(await subjects({ ...asked, who: "CI_A" })).toEqual(["asked:3", "asked:2"]);
      expect(await subjects({ action: "asked.one" })).toEqual(["asked:3", "asked:1"]);
      expect(await subjects({ subject: "KED:2" })).toEqual(["asked:2"]);
      expect(await subjects({ ...asked, team: "audit-a" })).toEqual(["asked:2", "asked:1"]);
      expect(await subjects({ ...asked, from: T0 + 2, to: T0 + 3 })).toEqual(["asked:2"]);
      const all = { action: "asked.two", who: "ci", subject: "2", team: "audit-a", from: T0 + 2 };
      expect(await subjects(all)).toEqual(["asked:2"]);
      expect(await subjects({ ...all, team: "audit-b" })).toEqual([]);
    });

    test("takes percent signs, underscores and backslashes at their word", async () => {
      for (const subject of ["wild:a_b", "wild:axb", "wild:50%", "wild:50", "wild:c\\d"]) {
        await note({}, "wild.it", subject);
      }
      expect(await subjects({ action: "wild", subject: "a_b" })).toEqual(["wild:a_b"]);
      expect(await subjects({ action: "wild", subject: "50%" })).toEqual(["wild:50%"]);
      expect(await subjects({ action: "wild", subject: "c\\d" })).toEqual(["wild:c\\d"]);
      expect(await subjects({ action: "wil%" })).toEqual([]);
    });

    test("page after page gives every row once, also where many were written in one millisecond", async () => {
      for (let i = 0; i < 23; i++) await note({ at: T0 + (i % 2) }, "paged.it", `paged:${i}`);
      const seen: string[] = [];
      for (let after: AuditCursor | undefined, more = true; more; ) {
        const rows = await readAudit(
          db(),
          { action: "paged" },
          { limit: 5, ...(after ? { after } : {}) },
        );
        seen.push(...rows.map(({ subject }) => subject));
        after = rows.at(-1);
        more = rows.length > 0;
      }
      expect(seen).toHaveLength(23);
      expect(seen).toEqual(await subjects({ action: "paged" }));
      expect(await countAudit(db(), { action: "paged" }, 100)).toBe(23);
      expect(await countAudit(db(), { action: "paged" }, 7)).toBe(7);
    });
  });
}
