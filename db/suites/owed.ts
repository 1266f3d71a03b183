import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { readAudit } from "#db/reads/audit.ts";
import { readOwed } from "#db/reads/owed.ts";
import { incidents, notices, slos } from "#db/schema/index.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import type { By } from "#db/writes/audit.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { addOwed, reopenOwed, settleOwed } from "#db/writes/owed.ts";
import { settleByIncidents } from "#db/writes/owedIncidents.ts";
import { LOCAL, SYSTEM } from "#lib/access/actor.ts";
import { DAY } from "#lib/time/duration.ts";

const by = (days: number): By => ({ actor: SYSTEM, address: null, at: T0 + days * DAY });
const URL = "https://example.org/postmortem";

export function owedSuite(bench: Bench): void {
  const db = () => bench.store().db;
  /** A postmortem that is owed by an SLO of its own. */
  async function found(service: string, share = 0.3) {
    const slo = inForce({ service, name: "slo", team: service });
    const path = `slos/${service}.yaml`;
    await applyCatalog(db(), { documents: [], slos: [{ ...slo, path }], now: T0 });
    const [row] = await db().select().from(slos).where(eq(slos.service, service));
    const window = { from: T0, to: T0 + DAY, windowMs: DAY };
    const look = { kind: "postmortem", incidentId: `i-${service}`, ...window } as const;
    const candidate = { key: `postmortem:${service}`, look, share, above: 0.2 };
    const of = { service, slo: "slo", team: service, what: "It spent 30 %" };
    return { ...of, candidate, sloId: row?.id ?? 0 };
  }

  describe("owed items", () => {
    test("are opened and told once, and follow the share while they are owed", async () => {
      const item = await found("owing");
      await addOwed(db(), by(1), [item]);
      await addOwed(db(), by(2), [{ ...item, candidate: { ...item.candidate, share: 0.5 } }]);
      const [owed, ...more] = await readOwed(db(), { team: "owing", open: true });
      expect(more).toEqual([]);
      expect(owed).toMatchObject({
        ...{ kind: "postmortem", incidentId: "i-owing", share: 0.5, above: 0.2 },
        ...{ openedAt: T0 + DAY, doneAt: null, team: "owing" },
      });
      const told = await db().select().from(notices).where(eq(notices.team, "owing"));
      expect(told.map(({ naturalKey }) => naturalKey)).toEqual([`owed:${owed?.id}`]);
    });

    test("that are done stay done, and are opened again by hand alone", async () => {
      const item = await found("done");
      await addOwed(db(), by(1), [item]);
      const [{ id } = { id: 0 }] = await readOwed(db(), { service: "done" });
      const settle = () => settleOwed(db(), by(2), { id, url: URL, note: "written" });
      expect([await settle(), await settle()]).toEqual(["done", "unchanged"]);
      await addOwed(db(), by(3), [{ ...item, candidate: { ...item.candidate, share: 0.9 } }]);
      expect(await readOwed(db(), { service: "done" })).toMatchObject([
        { share: 0.3, doneAt: T0 + 2 * DAY, doneUrl: URL, doneNote: "written" },
      ]);
      expect(await reopenOwed(db(), by(4), id)).toBe("done");
      expect(await reopenOwed(db(), by(4), id)).toBe("unchanged");
      expect(await readOwed(db(), { service: "done" })).toMatchObject([
        { doneAt: null, doneByName: null, doneUrl: null, doneNote: null },
      ]);
      const log = await readAudit(db(), { subject: `owed:${id}` }, { limit: 9 });
      expect(log.map(({ action, team }) => [action, team])).toEqual([
        ["owed.reopened", "done"],
        ["owed.settled", "done"],
        ["owed.opened", "done"],
      ]);
    });

    const incidentOf = async (service: string) => {
      const incident = { service, title: `T ${service}`, severity: "SEV1", startedAt: T0 } as const;
      const times = { createdAt: T0, updatedAt: T0 };
      const id = `i-${service}`;
      await db()
        .insert(incidents)
        .values({ id, origin: "hand", ...incident, ...times });
      return (set: Partial<typeof incidents.$inferInsert>) =>
        db().update(incidents).set(set).where(eq(incidents.id, id));
    };

    test.each([
      ["merged", { mergedInto: "i-other" }, "Its incident was merged into i-other."],
      ["withdrawn", { withdrawnAt: T0 }, "Its incident was withdrawn."],
    ] as const)(
      "of an incident that is %s are settled with the reason, until it counts again",
      async (cause, set, note) => {
        await addOwed(db(), by(1), [await found(cause)]);
        const change = await incidentOf(cause);
        await change(set);
        await settleByIncidents(db(), by(2));
        await settleByIncidents(db(), by(3));
        const [done] = await readOwed(db(), { service: cause });
        expect(done).toMatchObject({ doneAt: T0 + 2 * DAY, doneUrl: null, doneNote: note });
        expect(await reopenOwed(db(), by(4), done?.id ?? 0)).toBe(cause);
        await change({ mergedInto: null, withdrawnAt: null });
        await settleByIncidents(db(), by(5));
        expect(await readOwed(db(), { service: cause, open: true })).toHaveLength(1);
        const settled = { id: done?.id ?? 0, url: null, note: "too small" };
        await settleOwed(db(), { ...by(6), actor: LOCAL }, settled);
        await settleByIncidents(db(), by(7));
        expect(await readOwed(db(), { service: cause, open: true })).toEqual([]);
      },
    );

    test("are settled by the incident's own postmortem, and not opened again by hand while it has one", async () => {
      await addOwed(db(), by(1), [await found("written")]);
      const change = await incidentOf("written");
      await settleByIncidents(db(), by(2));
      expect(await readOwed(db(), { service: "written", open: true })).toHaveLength(1);
      await change({ postmortemUrl: URL });
      await settleByIncidents(db(), by(3));
      expect(await readOwed(db(), { service: "written", open: false })).toMatchObject([
        {
          ...{ doneUrl: URL, doneByName: "Plimsoll itself", doneAt: T0 + 3 * DAY },
          ...{ incidentTitle: "T written", team: "written" },
        },
      ]);
      const [{ id } = { id: 0 }] = await readOwed(db(), { service: "written" });
      expect(await reopenOwed(db(), by(4), id)).toBe("postmortem");
      await change({ postmortemUrl: null });
      expect(await reopenOwed(db(), by(4), id)).toBe("done");
    });

    test("follow their SLO to its new names", async () => {
      await addOwed(db(), by(1), [await found("owed-old")]);
      const formerly = ["owed-old/slo"];
      const renamed = inForce({ service: "owed-new", name: "p99", team: "owed-new", formerly });
      await applyCatalog(db(), {
        documents: [],
        slos: [{ ...renamed, path: "slos/owed-new.yaml" }],
        now: T0,
      });
      expect(await readOwed(db(), { service: "owed-old" })).toEqual([]);
      expect(await readOwed(db(), { service: "owed-new" })).toMatchObject([
        { slo: "p99", team: "owed-new" },
      ]);
    });

    test("that are not there are not changed", async () => {
      expect(await settleOwed(db(), by(1), { id: 999_999, url: null, note: null })).toBe(
        "not-found",
      );
      expect(await reopenOwed(db(), by(1), 999_999)).toBe("not-found");
    });

    test("are opened once by several workers at once", async () => {
      const item = await found("workers");
      await Promise.all([1, 2, 3].map((days) => addOwed(db(), by(days), [item])));
      expect(await readOwed(db(), { service: "workers" })).toHaveLength(1);
    });
  });
}
