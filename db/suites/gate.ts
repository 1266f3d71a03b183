import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { readCatalog } from "#db/reads/catalog.ts";
import { readGateDecision } from "#db/reads/gate.ts";
import { countGateLog, readGateLog } from "#db/reads/gateLog.ts";
import { gateDecisions, notices, slos } from "#db/schema/index.ts";
import { inForce, T0 } from "#db/suites/definitions.ts";
import { evaluated } from "#db/suites/evaluations.ts";
import type { Bench } from "#db/suites/suite.ts";
import type { By } from "#db/writes/audit.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveEvaluations } from "#db/writes/evaluations.ts";
import { tellExpiring } from "#db/writes/exceptionNotices.ts";
import { askException, decideException, type ExceptionAsk } from "#db/writes/exceptions.ts";
import { askGate, dropOldGateDecisions } from "#db/writes/gate.ts";
import { saveGroupingProblem, saveLabelSets } from "#db/writes/instances.ts";
import type { SloInForce } from "#db/writes/match.ts";
import { instanceOf } from "#lib/instances/expand.ts";
import { DEFAULT_GATE_RULES } from "#lib/policy/gateRules.ts";
import type { PolicyClauses } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = T0 + 5 * DAY;
const person = (name: string): By => ({
  actor: {
    kind: "person",
    id: name,
    name,
    email: `${name}@example.org`,
    admin: true,
    editorOf: [],
  },
  address: null,
  at: NOW,
});

export function gateSuite(bench: Bench): void {
  const db = () => bench.store().db;
  const apply = (slo: SloInForce, now = NOW) =>
    applyCatalog(db(), { documents: [], slos: [slo], now });
  const question = (service: string, of: { change?: "feature" | "p0"; now?: number } = {}) => ({
    ask: { service, environment: "production", change: of.change ?? "feature", sha: null },
    ...{ rules: DEFAULT_GATE_RULES, now: of.now ?? NOW, linkPrefix: "https://p.example" },
  });
  const decide = async (...asked: Parameters<typeof question>) =>
    (await readGateDecision(db(), question(...asked))).decision;

  /** An SLO in force whose newest evaluation blocks, or does not. */
  async function stands(service: string, { blocks = true, clauses = CLAUSES, ...of } = {}) {
    await apply(inForce({ service, name: "slo", clauses, ...of }));
    await evaluate(service, blocks);
  }
  async function evaluate(service: string, blocks: boolean) {
    const slos = (await readCatalog(db())).filter((one) => one.service === service);
    if (slos.length === 0) throw new RangeError(service);
    const rows = slos.map((one) => {
      const { slo, evaluation } = evaluated(one, { at: NOW - MINUTE });
      return { slo, evaluation: { ...evaluation, detail: { ...evaluation.detail, blocks } } };
    });
    await saveEvaluations(db(), rows);
  }
  async function excepted(service: string, of: Partial<ExceptionAsk> = {}) {
    const words = { justification: "j", risk: "r", mitigations: "m" };
    const scope = { service, slo: null, environment: null, need: "launch", follows: null } as const;
    const ask = { ...scope, ...words, expiresAt: NOW + 20 * DAY, ...of };
    const { id } = await askException(db(), person("ada"), ask);
    await decideException(db(), person("grace"), { id, decision: "approved", note: null });
    return id;
  }

  describe("the gate", () => {
    test("blocks by the newest evaluation, and not by a service that it does not know", async () => {
      await stands("gate-block");
      expect(await decide("gate-block")).toBe("block");
      await stands("gate-well", { blocks: false });
      expect(await decide("gate-well")).toBe("allow");
      expect(await decide("gate-nowhere")).toBe("unknown");
    });

    test("is as strict as its document about exempt fixes, also one from before there were clauses", async () => {
      await stands("gate-strict", { clauses: { ...CLAUSES, exempt: [] } });
      expect(await decide("gate-strict", { change: "p0" })).toBe("block");
      await apply(inForce({ service: "gate-old", name: "slo" }));
      await evaluate("gate-old", true);
      expect(await decide("gate-old", { change: "p0" })).toBe("allow");
    });

    test("does not know a service whose SLO was not evaluated, or was retired", async () => {
      await apply(inForce({ service: "gate-new", name: "slo" }));
      expect(await decide("gate-new")).toBe("unknown");
      await stands("gate-retired");
      await db().update(slos).set({ retiredAt: NOW }).where(eq(slos.service, "gate-retired"));
      expect(await decide("gate-retired")).toBe("unknown");
    });

    test("goes by the whole SLO where a label set is gone, and waits for one that is there", async () => {
      const service = "gate-grouped";
      const whole = inForce({ service, name: "slo", clauses: CLAUSES, grouping: ["handler"] });
      const labels = { handler: "/pay" };
      const instance = instanceOf(whole.definition, labels);
      if (!instance) throw new Error("no instance");
      await apply(whole);
      await evaluate(service, false);
      await applyCatalog(db(), { documents: [], slos: [whole, inForce(instance)], now: NOW });
      const sloId = (await readCatalog(db())).find((one) => one.name === "slo")?.id ?? 0;
      const seen = { sloId, found: 1, forgetBefore: 0 };
      await saveLabelSets(db(), { ...seen, sets: [labels], now: NOW - MINUTE });
      expect(await decide(service)).toBe("unknown");
      await saveLabelSets(db(), { ...seen, sets: [], now: NOW });
      expect(await decide(service)).toBe("unknown");
      await saveLabelSets(db(), { ...seen, sets: [], now: NOW + HOUR });
      expect(await decide(service)).toBe("allow");
      await saveGroupingProblem(db(), { sloId, problem: "no answer", now: NOW });
      expect(await decide(service)).toBe("unknown");
    });

    test("lets an approved exception through while it lasts", async () => {
      await stands("gate-let");
      const id = await excepted("gate-let", { expiresAt: NOW + MINUTE });
      const answer = await readGateDecision(db(), question("gate-let"));
      expect(answer).toMatchObject({ decision: "allow", exception: { id, approvedBy: "grace" } });
      expect(await decide("gate-let", { now: NOW + MINUTE })).toBe("block");
    });

    test("follows a service and its exceptions under a new name", async () => {
      await stands("gate-before");
      await excepted("gate-before");
      const renamed = { formerly: ["gate-before/slo"], service: "gate-after", name: "slo" };
      await apply(inForce({ ...renamed, clauses: CLAUSES }));
      const answer = await readGateDecision(db(), question("gate-before"));
      expect(answer).toMatchObject({ service: "gate-after", decision: "allow" });
      expect(await decide("gate-after")).toBe("allow");
    });

    describe("where names have moved", () => {
      type Named = Parameters<typeof inForce>[0];
      const blocked = async (...all: Named[]) => {
        const slos = all.map((one) => inForce({ clauses: CLAUSES, ...one }));
        await applyCatalog(db(), { documents: [], slos, now: NOW });
        for (const service of new Set(all.map((one) => one.service ?? ""))) {
          await evaluate(service, true);
        }
      };
      const slo = (name: string, formerly: string[] = []) => {
        const [service = "", own = ""] = name.split("/");
        return { service, name: own, formerly };
      };

      test("an exception is the new owner's of its name, and no longer the former one's", async () => {
        await blocked(slo("gate-name/fast"));
        await excepted("gate-name", { slo: "fast" });
        expect(await decide("gate-name")).toBe("allow");
        const p99 = slo("gate-name/p99", ["gate-name/fast"]);
        await blocked(p99);
        expect(await decide("gate-name")).toBe("allow");
        await blocked(p99, slo("gate-name/fast"));
        expect(await decide("gate-name")).toBe("block");
      });

      test("an exception for a whole service does not go along with an SLO that left it", async () => {
        await blocked(slo("gate-shop/one"), slo("gate-shop/two"));
        await excepted("gate-shop");
        await blocked(slo("gate-shop/one"), slo("gate-cart/two", ["gate-shop/two"]));
        expect([await decide("gate-shop"), await decide("gate-cart")]).toEqual(["allow", "block"]);
        await blocked(slo("gate-cart/two", ["gate-shop/two"]));
        expect(await decide("gate-cart")).toBe("allow");
      });

      test("a service that was split is unknown by its former name: no half answers for both", async () => {
        await blocked(slo("gate-whole/one"), slo("gate-whole/two"));
        const half = slo("gate-left/one", ["gate-whole/one"]);
        await blocked(half, slo("gate-right/two", ["gate-whole/two"]));
        expect(await decide("gate-whole")).toBe("unknown");
        await blocked(half);
        expect(await decide("gate-whole")).toBe("block");
      });
    });

    test("logs each answer as it was given, and forgets it in time", async () => {
      await stands("gate-log");
      const asked = { surface: "cli", askedByName: "ci" } as const;
      const answer = await askGate(db(), { ...question("gate-log"), ...asked });
      await askGate(db(), { ...question("gate-log", { now: NOW + 1 }), ...asked });
      const all = await readGateLog(db(), { service: "gate-log", limit: 9 });
      expect(all.map(({ at }) => at)).toEqual([NOW + 1, NOW]);
      expect(all[1]).toMatchObject({ ...asked, decision: "block", proceed: false, answer });
      const [newest] = all;
      if (!newest) throw new RangeError("nothing logged");
      const next = await readGateLog(db(), { service: "gate-log", before: newest, limit: 9 });
      expect(next).toEqual(all.slice(1));
      expect(await countGateLog(db(), { service: "gate-log" })).toEqual([
        { service: "gate-log", decision: "block", proceed: false, n: 2 },
      ]);
      await dropOldGateDecisions(db(), NOW + 1);
      expect(await db().$count(gateDecisions, eq(gateDecisions.service, "gate-log"))).toBe(1);
    });
  });

  test("an exception that will end soon is told of once", async () => {
    await apply(inForce({ service: "expiring", name: "slo", team: "expiring" }));
    const id = await excepted("expiring");
    const told = async (days: number) => {
      await tellExpiring(db(), NOW + days * DAY);
      const rows = await db().select().from(notices).where(eq(notices.team, "expiring"));
      return rows.filter(({ kind }) => kind === "exception-expiring").map((row) => row.naturalKey);
    };
    expect(await told(13 - 0.001)).toEqual([]);
    expect(await told(13)).toEqual([`exception-expiring:${id}`]);
    expect(await told(14)).toEqual([`exception-expiring:${id}`]);
    expect(await told(21)).toHaveLength(1);
  });
}

const CLAUSES: PolicyClauses = {
  postmortemAbove: null,
  planningAbove: null,
  exempt: ["p0", "security"],
};
