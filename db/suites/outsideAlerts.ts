import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "#db/connection.ts";
import { readFirings, readSloOfFingerprint } from "#db/reads/alertLink.ts";
import { readCatalog } from "#db/reads/catalog.ts";
import { readAlertPage, readOutsideAlerts } from "#db/reads/outsideAlerts.ts";
import { readSlo } from "#db/reads/slo.ts";
import { rowsOf } from "#db/rows.ts";
import {
  alerts,
  burnAlerts,
  incidentNotes,
  incidents,
  webhookDeliveries,
} from "#db/schema/index.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import type { Bench } from "#db/suites/suite.ts";
import { followAlertIncidents } from "#db/writes/alertIncidents.ts";
import { retieAlerts, tieAll } from "#db/writes/alertTies.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { lockIncident } from "#db/writes/incidents.ts";
import { type NewAlert, saveAlerts } from "#db/writes/outsideAlerts.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const RULES = [{ severity: "page", as: "SEV2", afterMs: 5 * MINUTE, labels: {} }] as const;
const SERVICE = "alerted";

export function outsideAlertsSuite(bench: Bench): void {
  const db = () => bench.store().db;
  beforeEach(async () => {
    const tables = [alerts, burnAlerts, incidents, incidentNotes, webhookDeliveries];
    for (const table of tables) await db().delete(table);
  });

  const alert = (fingerprint: string, from: number, to: number | null): NewAlert => ({
    ...{ source: "alertmanager", fingerprint, name: "Burn", severity: "page" },
    ...{ startsAt: T0 + from * MINUTE, endsAt: to === null ? null : T0 + to * MINUTE },
    ...{ labels: { service: SERVICE, slo: "up" }, annotations: {}, service: SERVICE },
    ...{ deliveryId: 1, createdAt: T0, updatedAt: T0 },
  });
  const all = async () => {
    const rows = await db().select().from(alerts).orderBy(alerts.startsAt);
    return rows.map(({ fingerprint, endsAt }) => [
      fingerprint,
      endsAt === null ? null : (endsAt - T0) / MINUTE,
    ]);
  };

  describe("alerts of others", () => {
    test("are kept once, and resolved wins over firing in any order", async () => {
      const told = [alert("a", 0, null), alert("a", 0, 9), alert("b", 1, 5), alert("b", 1, null)];
      await saveAlerts(db(), told);
      for (const one of told.toReversed()) await saveAlerts(db(), [one]);
      await Promise.all([saveAlerts(db(), told), saveAlerts(db(), told.toReversed())]);
      expect(await all()).toEqual([
        ["a", 9],
        ["b", 5],
      ]);
    });

    test("that fire again later are others; texts are those that were said last", async () => {
      const said = (summary: string, updatedAt: number) => ({
        ...{ ...alert("a", 0, null), annotations: { summary }, updatedAt },
      });
      await saveAlerts(db(), [said("new", T0 + 2), alert("a", 30, null)]);
      await saveAlerts(db(), [said("old", T0 + 1)]);
      const [first, ...more] = await db().select().from(alerts).orderBy(alerts.startsAt);
      expect([first?.annotations, first?.updatedAt, more.length]).toEqual([
        { summary: "new" },
        T0 + 2,
        1,
      ]);
    });

    test("that come before their SLO are tied once it is there, and follow its names", async () => {
      const labels = { slo: "early/up", long: "1h", short: "5m" };
      const untied = { ...alert("early", 0, null), labels, service: null };
      expect(await tieAll(db(), [untied])).toMatchObject([{ service: null, sloId: null }]);
      await saveAlerts(db(), [untied, { ...alert("other", 0, null), labels: {}, service: null }]);
      expect(await retieAlerts(db())).toBe(0);
      const slo = inForce({ service: "early", name: "up", team: "t" });
      await apply({ ...slo, path: "early.yaml" });
      expect(await retieAlerts(db())).toBe(1);
      expect(await retieAlerts(db())).toBe(0);
      const [page] = (await readAlertPage(db(), { limit: 9, slo: "up", service: "early" })).rows;
      expect(page).toMatchObject({ fingerprint: "early", tier: "page-fast", tiedBy: "slo" });
      const formerly = ["early/up"];
      const renamed = inForce({ service: "late", name: "up", team: "t", formerly });
      await apply({ ...renamed, path: "early.yaml" });
      await retieAlerts(db());
      const moved = (await readAlertPage(db(), { limit: 9, service: "late" })).rows;
      expect(moved.map(({ fingerprint, slo: name }) => [fingerprint, name])).toEqual([
        ["early", "up"],
      ]);
      const id = moved[0]?.sloId ?? 0;
      const range = { from: T0 + HOUR, to: T0 + 2 * HOUR };
      expect(await readOutsideAlerts(db(), id, range)).toHaveLength(1);
      expect(await readOutsideAlerts(db(), id, { from: T0 - HOUR, to: T0 })).toEqual([]);
    });

    test("are listed newest first, each on one page", async () => {
      const told = Array.from({ length: 7 }, (_, i) => alert(`f${i}`, Math.floor(i / 2), null));
      await saveAlerts(db(), told);
      const seen: string[] = [];
      let page = await readAlertPage(db(), { limit: 2 });
      for (; page.next; page = await readAlertPage(db(), { limit: 2, after: page.next })) {
        seen.push(...page.rows.map(({ fingerprint }) => fingerprint));
      }
      seen.push(...page.rows.map(({ fingerprint }) => fingerprint));
      expect([seen[0], seen.toSorted()]).toEqual(["f6", told.map((one) => one.fingerprint)]);
      const range = { from: T0 + MINUTE, to: T0 + 2 * MINUTE };
      expect((await readAlertPage(db(), { limit: 9, ...range })).rows).toHaveLength(2);
      expect((await readAlertPage(db(), { limit: 9, service: "nobody" })).rows).toEqual([]);
    });
  });

  describe("incidents by rule", () => {
    const follow = (minute: number) =>
      followAlertIncidents(db(), { rules: RULES, now: T0 + minute * MINUTE });
    const shown = async () =>
      (await db().select().from(incidents).orderBy(incidents.startedAt)).map((row) => [
        (row.startedAt - T0) / MINUTE,
        row.resolvedAt === null ? null : (row.resolvedAt - T0) / MINUTE,
        row.severity,
        row.origin,
      ]);

    test("open once for alerts of one service that overlap, and end with the last", async () => {
      await saveAlerts(db(), [alert("a", 0, null), alert("b", 2, null)]);
      await follow(4);
      expect(await shown()).toEqual([]);
      await follow(5);
      await Promise.all([follow(8), follow(8)]);
      expect(await shown()).toEqual([[0, null, "SEV2", "alert"]]);
      await saveAlerts(db(), [alert("a", 0, 10)]);
      await follow(11);
      expect(await shown()).toEqual([[0, null, "SEV2", "alert"]]);
      await saveAlerts(db(), [alert("b", 2, 20), alert("c", 40, 50)]);
      await follow(51);
      await follow(52);
      expect(await shown()).toEqual([
        [0, 20, "SEV2", "alert"],
        [40, 50, "SEV2", "alert"],
      ]);
      const kinds = (await db().select().from(incidentNotes)).map(({ kind }) => kind).toSorted();
      expect(kinds).toEqual([
        "alert",
        "alert",
        "alert",
        "opened",
        "opened",
        "resolved",
        "resolved",
      ]);
    });

    test("leave what a person has set, and open nothing late or without a service", async () => {
      await saveAlerts(db(), [alert("a", 0, null)]);
      await follow(6);
      const byHand = ["resolved_at", "severity"];
      await db()
        .update(incidents)
        .set({ byHand, resolvedAt: T0 + 7 * MINUTE, severity: "SEV3" });
      await saveAlerts(db(), [alert("a", 0, 30), { ...alert("u", 0, null), service: null }]);
      await saveAlerts(db(), [alert("late", -300, -200)]);
      await follow(31);
      expect(await shown()).toEqual([[0, 7, "SEV3", "alert"]]);
    });
  });

  describe("incidents by rule, and people", () => {
    const follow = (minute: number, labels: Record<string, string> = {}) => {
      const rules = RULES.map((rule) => ({ ...rule, labels }));
      return followAlertIncidents(db(), { rules, now: T0 + minute * MINUTE });
    };
    const idsOf = async () => {
      const rows = await db().select().from(alerts).orderBy(alerts.startsAt);
      return rows.map(({ fingerprint, incidentId }) => [fingerprint, incidentId]);
    };

    test("an incident that a person ended takes no alert that begins later", async () => {
      await saveAlerts(db(), [alert("a", 0, null)]);
      await follow(6);
      await db()
        .update(incidents)
        .set({ byHand: ["resolved_at"], resolvedAt: T0 + 7 * MINUTE });
      await saveAlerts(db(), [alert("b", 7, 60), alert("c", 8, null)]);
      await follow(30);
      const at = (minutes: number) => T0 + minutes * MINUTE;
      expect(await idsOf()).toEqual([
        ["a", `alert:a:${at(0)}`],
        ["b", `alert:a:${at(0)}`],
        ["c", `alert:c:${at(8)}`],
      ]);
      expect(await db().$count(incidents)).toBe(2);
    });

    test("only alerts with the labels of a rule open one, whatever else has fired for long", async () => {
      const named = { service: SERVICE, team: "pay" };
      await saveAlerts(db(), [alert("a", 0, null), { ...alert("b", 20, null), labels: named }]);
      await follow(24, { team: "pay" });
      expect(await db().$count(incidents)).toBe(0);
      await follow(25, { team: "pay" });
      expect(await idsOf()).toEqual([
        ["a", null],
        ["b", `alert:b:${T0 + 20 * MINUTE}`],
      ]);
    });

    test("a burst is one incident", async () => {
      const burst = Array.from({ length: 300 }, (_, i) => alert(`b${i}`, i % 5, null));
      await saveAlerts(db(), burst);
      await follow(20);
      expect(await db().$count(incidents)).toBe(1);
      expect(new Set((await idsOf()).map(([, id]) => id)).size).toBe(1);
    });

    test.each([0, 1])(
      "a person who changes incident %i and the alerts that end both do not wait for each other",
      async (which) => {
        await saveAlerts(db(), [alert("a", 0, null), alert("b", 100, null)]);
        await saveAlerts(db(), [alert("a", 0, 50)]);
        await follow(60);
        await saveAlerts(db(), [alert("b", 100, null)]);
        await follow(120);
        await db().update(incidents).set({ resolvedAt: null });
        await saveAlerts(db(), [alert("b", 100, 130)]);
        const rows = await db().select().from(incidents).orderBy(incidents.startedAt);
        const id = rows[which]?.id ?? "";
        const held = Promise.withResolvers<void>();
        const person = db().transaction(async (tx) => {
          await lockIncident(tx, id);
          held.resolve();
          await untilSomeoneWaits(tx);
          await tx.update(incidents).set({ title: "By hand" }).where(eq(incidents.id, id));
        });
        await held.promise;
        await Promise.all([person, follow(140)]);
        const after = await db().select().from(incidents).orderBy(incidents.startedAt);
        expect(after.map(({ resolvedAt }) => resolvedAt && (resolvedAt - T0) / MINUTE)).toEqual([
          50, 130,
        ]);
      },
    );
  });

  test("news of alerts that open an incident and that opening do not wait for each other", async () => {
    const [early, late] = [alert("b", 0, null), alert("a", 1, null)];
    await saveAlerts(db(), [early, late]);
    const held = Promise.withResolvers<void>();
    const news = db().transaction(async (tx) => {
      await saveAlerts(tx, [late]);
      held.resolve();
      await untilSomeoneWaits(tx);
      await saveAlerts(tx, [early]);
    });
    await held.promise;
    await Promise.all([news, followAlertIncidents(db(), { rules: RULES, now: T0 + HOUR })]);
    expect(await db().$count(incidents)).toBe(1);
  });

  describe("the firings that a link may mean", () => {
    const none = { fingerprint: null, startsAt: null };
    const sloId = 77;
    const minutesOf = async (ask: Partial<Parameters<typeof readFirings>[2]>) => {
      const found = await readFirings(db(), sloId, { ...none, ...ask });
      return found.map(({ startsAt, fingerprint }) => [fingerprint, (startsAt - T0) / MINUTE]);
    };

    test("are ours and theirs, what is on first, or those near the start that is said", async () => {
      const fired = { sloId, tier: "page-fast", severity: "page" } as const;
      await db()
        .insert(burnAlerts)
        .values([
          { ...fired, startedAt: T0, endedAt: null },
          { ...fired, startedAt: T0 + 20 * MINUTE, endedAt: T0 + 30 * MINUTE },
          { ...fired, sloId: 78, startedAt: T0 + 20 * MINUTE, endedAt: null },
        ]);
      await saveAlerts(db(), [
        { ...alert("x", 40, 50), sloId, tier: "page-fast" },
        { ...alert("y", 19, null), sloId },
      ]);
      expect(await minutesOf({})).toEqual([
        ...[
          [null, 0],
          [null, 20],
          ["y", 19],
          ["x", 40],
        ], //
      ]);
      const startsAt = T0 + 21 * MINUTE;
      expect(await minutesOf({ startsAt })).toEqual([
        [null, 20],
        ["y", 19],
      ]);
      expect(await minutesOf({ startsAt, fingerprint: "x" })).toEqual([
        ...[
          [null, 20],
          ["x", 40],
          ["y", 19],
        ], //
      ]);
    });

    test("of a fingerprint alone are those of the SLO that its newest alert was tied to", async () => {
      const slo = inForce({ service: "found", name: "up", team: "t" });
      await apply(slo);
      const record = await readSlo(db(), "found", "up");
      if (record?.kind !== "slo") throw new Error("the catalog was applied");
      await saveAlerts(db(), [{ ...alert("f", 0, null), sloId: record.id }]);
      expect(await readSloOfFingerprint(db(), "f")).toEqual({ service: "found", name: "up" });
      expect(await readSloOfFingerprint(db(), "nosuch")).toBeNull();
    });
  });

  async function apply(slo: Parameters<typeof applyCatalog>[1]["slos"][number]) {
    const document = {
      ...{ path: slo.path, hash: slo.definition.service, dialect: "plain" as const },
      ...{ findings: [], goodContent: "" },
    };
    await applyCatalog(db(), { documents: [document], slos: [slo], now: T0 });
    expect((await readCatalog(db())).length).toBeGreaterThan(0);
  }
}

/** Until another connection waits for a lock; the embedded database has no other, so not for ever. */
async function untilSomeoneWaits(tx: Db): Promise<void> {
  for (let looks = 0; looks < 500; looks++) {
    const waiting = sql`select from pg_locks where not granted and locktype <> 'advisory'`;
    if ((await rowsOf(tx, waiting)).length > 0) return;
  }
}
