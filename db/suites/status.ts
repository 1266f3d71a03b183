import { describe, expect, test } from "vitest";
import { type CatalogSlo, readCatalog } from "#db/reads/catalog.ts";
import {
  readBurnAlerts,
  readHistoryDue,
  readStateAt,
  readStates,
  readTransitions,
} from "#db/reads/history.ts";
import { readSlo } from "#db/reads/slo.ts";
import { readTransitions as readEveryTransition } from "#db/reads/transitions.ts";
import { inForce, minutes, T0 } from "#db/suites/definitions.ts";
import { evaluated, type Outcome } from "#db/suites/evaluations.ts";
import type { Bench } from "#db/suites/suite.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveEvaluations, saveHistory } from "#db/writes/evaluations.ts";
import { beginBackfill } from "#db/writes/sources.ts";
import { saveFacts } from "#db/writes/totals.ts";

const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };
const PAGE = { tier: "page-fast", severity: "page" } as const;

export function statusSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const only = async (name: string): Promise<CatalogSlo> => {
    await applyCatalog(db(), {
      documents: [],
      slos: [inForce({ name, service: "status" })],
      now: T0,
    });
    return read(name);
  };
  const read = async (name: string) => {
    const found = (await readCatalog(db())).find((slo) => slo.name === name);
    if (!found) throw new Error(`${name} is not in force`);
    return found;
  };
  const save = async (name: string, outcome: Outcome) =>
    saveEvaluations(db(), [evaluated(await read(name), outcome)]);

  describe("evaluations", () => {
    test("the newest one is what the SLO's page and the next evaluation read", async () => {
      const slo = await only("newest");
      await save("newest", { at: T0, state: "watch" });
      await save("newest", { at: T0 + minutes(1), state: "healthy", remaining: 0.25 });
      const page = await readSlo(db(), "status", "newest");
      expect(page).toMatchObject({
        id: slo.id,
        status: { remaining: 0.25 },
        detail: { spark: [0.9, null, 0.5] },
      });
      expect(await read("newest")).toMatchObject({
        statusVersion: 1,
        status: { state: "healthy" },
      });
    });

    test("one that another worker has overtaken changes nothing", async () => {
      const before = await only("overtaken");
      const transition = { from: "Healthy", to: "Feature freeze", cause: "budget" } as const;
      const outcome = { at: T0, state: "exhausted", firing: [{ ...PAGE, since: T0 }], transition };
      await saveEvaluations(db(), [evaluated(before, outcome as Outcome)]);
      await saveEvaluations(db(), [evaluated(before, { ...outcome, at: T0 + 1 } as Outcome)]);
      expect(await readTransitions(db(), before.id, EVER)).toHaveLength(1);
      expect(await readBurnAlerts(db(), before.id, EVER)).toHaveLength(1);
      expect((await read("overtaken")).status?.asOf).toBe(new Date(T0).toISOString());
    });

    test("one of an SLO that was retired meanwhile does not bring it back to the fleet", async () => {
      const before = await only("gone-meanwhile");
      await applyCatalog(db(), { documents: [], slos: [], now: T0 });
      await saveEvaluations(db(), [evaluated(before, { at: T0 })]);
      expect(await readSlo(db(), "status", "gone-meanwhile")).toMatchObject({ status: null });
    });

    test("a state is recorded when it changes, and not when it stays", async () => {
      const { id } = await only("changes");
      for (const [i, state] of (
        ["healthy", "healthy", "watch", "watch", "healthy"] as const
      ).entries()) {
        await save("changes", { at: T0 + minutes(i), state });
      }
      const states = await readStates(db(), id, EVER);
      expect(states.map((s) => [s.state, (s.at - T0) / minutes(1)])).toEqual([
        ["healthy", 0],
        ["watch", 2],
        ["healthy", 4],
      ]);
      expect((await readStateAt(db(), id, T0 + minutes(3)))?.state).toBe("watch");
      expect(await readStateAt(db(), id, T0 - 1)).toBeNull();
    });

    test("a transition keeps the numbers that caused it", async () => {
      const { id } = await only("moves");
      const transition = { from: "Healthy", to: "Freeze", cause: "budget" } as const;
      await save("moves", { at: T0, state: "exhausted", remaining: -0.18, transition });
      expect(await readTransitions(db(), id, EVER)).toMatchObject([
        {
          at: T0,
          fromState: "Healthy",
          toState: "Freeze",
          cause: "budget",
          consumed: 1.18,
          good: 995,
          version: 1,
          watermark: T0,
        },
      ]);
    });

    test("a transition of an aspirational SLO is told apart", async () => {
      const slos = [true, false].map((enforced) =>
        inForce({ name: `enforced-${enforced}`, service: "wishes", enforced }),
      );
      await applyCatalog(db(), { documents: [], slos, now: T0 });
      const transition = { from: "Healthy", to: "Freeze", cause: "budget" } as const;
      for (const { name } of await readCatalog(db())) {
        await save(name, { at: T0, state: "exhausted", transition });
      }
      const told = await readEveryTransition(db(), { ...EVER, service: "wishes", limit: 9 });
      expect(told.map(({ slo, enforced }) => [slo, enforced]).sort()).toEqual([
        ["enforced-false", false],
        ["enforced-true", true],
      ]);
    });

    test("an alert is one row from its beginning to its end", async () => {
      const { id } = await only("alerts");
      const firing = [{ ...PAGE, since: T0 - minutes(2) }];
      await save("alerts", { at: T0, firing });
      await save("alerts", { at: T0 + minutes(1), firing });
      await save("alerts", { at: T0 + minutes(2) });
      await save("alerts", { at: T0 + minutes(3) });
      expect(await readBurnAlerts(db(), id, EVER)).toMatchObject([
        { ...PAGE, startedAt: T0 - minutes(2), endedAt: T0 + minutes(2), fromHistory: false },
      ]);
      expect(await readBurnAlerts(db(), id, { from: T0 + minutes(3), to: EVER.to })).toEqual([]);
    });

    test("retiring an SLO ends its alerts", async () => {
      const { id } = await only("retires");
      await save("retires", { at: T0, firing: [{ ...PAGE, since: T0 }] });
      await applyCatalog(db(), { documents: [], slos: [], now: T0 + minutes(5) });
      expect(await readBurnAlerts(db(), id, EVER)).toMatchObject([{ endedAt: T0 + minutes(5) }]);
    });

    test("alerts of the past are due once the backfill has ended, and an alert still on goes on", async () => {
      const { sliId, id } = await only("past");
      const key = inForce({ name: "past", service: "status" }).sliKey;
      const due = async () =>
        (await readHistoryDue(db(), { source: "main", limit: 10 })).map((slo) => slo.id);
      await beginBackfill(db(), { source: "main", from: T0 });
      expect(await due()).not.toContain(id);
      const bucket = { at: T0 + minutes(3), good: 1, total: 1, covered: 1 };
      await saveFacts(
        db(),
        [
          {
            sliKey: key,
            from: T0,
            to: T0 + minutes(5),
            stepMs: minutes(1),
            purpose: "backfill",
            buckets: [bucket],
            suspects: [],
          },
        ],
        T0 + minutes(9),
      );
      const [slo] = await readHistoryDue(db(), { source: "main", limit: 10 });
      expect(slo).toMatchObject({ id, sliId, from: T0 + minutes(2) });
      await save("past", { at: T0 + minutes(8), firing: [{ ...PAGE, since: T0 + minutes(7) }] });
      const intervals = [
        { ...PAGE, startedAt: T0, endedAt: T0 + minutes(1) },
        { ...PAGE, startedAt: T0 + minutes(6), endedAt: null },
      ];
      await saveHistory(db(), { slo: { id, version: 1 }, intervals, now: T0 + minutes(9) });
      await saveHistory(db(), { slo: { id, version: 1 }, intervals, now: T0 + minutes(9) });
      expect(await due()).not.toContain(id);
      expect(await readBurnAlerts(db(), id, EVER)).toMatchObject([
        { startedAt: T0, endedAt: T0 + minutes(1), fromHistory: true },
        { startedAt: T0 + minutes(7), endedAt: null, fromHistory: false },
      ]);
    });
  });
}
