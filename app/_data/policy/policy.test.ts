import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decidingOf, historyOf } from "#app/_data/policy/exception.ts";
import { readFixesThrough, readGateNow } from "#app/_data/policy/gateNow.ts";
import { needCounts } from "#app/_data/policy/quarter.ts";
import { readPolicyView } from "#app/_data/policy/read.ts";
import { stateCounts } from "#app/_data/policy/states.ts";
import { release, serveFrom } from "#app/api/settings/tokens/testing.ts";
import { servicePolicy } from "#app/api/v1/policy/schema.ts";
import type { ExceptionLine } from "#components/policy/view.ts";
import type { Store } from "#db/connection.ts";
import { readCatalog } from "#db/reads/catalog.ts";
import { readGateDecision } from "#db/reads/gate.ts";
import { sloVersions } from "#db/schema/index.ts";
import { inForce } from "#db/suites/definitions.ts";
import { evaluated } from "#db/suites/evaluations.ts";
import { testStore } from "#db/testing.ts";
import { applyCatalog } from "#db/writes/catalog.ts";
import { saveEvaluations } from "#db/writes/evaluations.ts";
import { askException, decideException } from "#db/writes/exceptions.ts";
import { LOCAL, type Person } from "#lib/access/actor.ts";
import type { PolicyException } from "#lib/policy/exception.ts";
import { DEFAULT_GATE_RULES } from "#lib/policy/gateRules.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 9, 20);
const person = (name: string): Person => ({
  ...{ kind: "person", id: name, name, email: `${name}@example.org` },
  ...{ admin: true, editorOf: [] },
});

describe("what a team of many exceptions says", () => {
  const asked = (need: ExceptionLine["need"], ...teams: string[]) =>
    ({ need, teams, service: "shop" }) as unknown as ExceptionLine;

  test("needs are counted by the teams that have them, each team once", () => {
    const lines = [
      asked("launch", "a"),
      asked("launch", "a"),
      asked("dependency", "a"),
      asked("dependency", "b"),
      asked("dependency"),
    ];
    expect(needCounts(lines)).toEqual([
      { need: "dependency", asked: 3, teams: ["a", "b", "shop"] },
      { need: "launch", asked: 2, teams: ["a"] },
    ]);
  });
});

describe("an exception", () => {
  const exception = (of: Partial<PolicyException> = {}) =>
    ({
      ...{ askedAt: 1, askedBy: "mira@example.org", askedByName: "Mira", expiresAt: NOW },
      ...{ decision: null, decidedAt: null, decidedByName: null },
      ...{ endedAt: null, endedByName: null, ...of },
    }) as PolicyException;

  test.each([
    ["its asker, whatever their role", person("mira"), "own"],
    ["another editor", person("jonas"), "may"],
    ["anybody while sign-in is off", LOCAL, "sign-in-off"],
  ] as const)("before it ends, %s: %s", (_, actor, deciding) => {
    expect(decidingOf(exception(), { actor, isEditor: true, now: NOW - 1 })).toBe(deciding);
  });

  test("is over for everybody from the moment at which it ends", () => {
    const reader = { actor: person("jonas"), isEditor: true, now: NOW };
    expect(decidingOf(exception(), reader)).toBe("over");
    expect(historyOf(exception(), NOW).map(({ what }) => what)).toEqual(["Asked for", "Expired"]);
  });
});

describe("the page", () => {
  let store: Store;
  beforeAll(async () => {
    store = await testStore();
    serveFrom(store);
    const document = { path: "a.yaml", hash: "1", dialect: "plain", findings: [] } as const;
    const slos = ["checkout", "search"].map((service) => ({
      ...inForce({ service, name: "availability", team: service }),
      path: "a.yaml",
    }));
    const documents = [{ ...document, goodContent: "" }];
    await applyCatalog(store.db, { documents, slos, now: 1 });
    const evaluations = (await readCatalog(store.db)).map((slo) => {
      const made = evaluated(slo, { at: NOW });
      if (slo.definition.service === "search") return made;
      const { status, detail } = made.evaluation;
      const frozen = { ...status, state: "exhausted", policyState: "Freeze" } as const;
      const evaluation = {
        ...made.evaluation,
        status: frozen,
        detail: { ...detail, blocks: true },
      };
      return { ...made, evaluation };
    });
    await saveEvaluations(store.db, evaluations);
    const words = { justification: "j", risk: "r", mitigations: "m", need: "launch" } as const;
    const ask = { ...words, service: "checkout", slo: null, environment: null, follows: null };
    const by = (name: string, at: number) => ({ actor: person(name), address: null, at });
    for (const days of [20, 10, 30]) {
      const asked = { ...ask, expiresAt: NOW + days * DAY };
      const { id } = await askException(store.db, by("mira", NOW - DAY), asked);
      if (days === 30) continue;
      const decision = { id, decision: "approved", note: null } as const;
      await decideException(store.db, by("jonas", NOW - DAY + 1), decision);
    }
  });
  afterAll(async () => {
    release();
    await store.close();
  });
  const view = (team = "") => readPolicyView(store.db, { actor: LOCAL, team, now: NOW });

  test("names what is frozen with what its document asks, and counts the rest", async () => {
    const { states, counts } = await view();
    expect(states.map(({ duty, action }) => [duty.service, duty.blocks, action])).toEqual([
      ["checkout", true, "Freeze"],
    ]);
    expect(counts).toEqual([
      { name: "Freeze", services: 1, blocks: true },
      { name: "Healthy", services: 1, blocks: false },
    ]);
  });

  test("names the fixes that go through, as the gate would let them", async () => {
    const { states } = await view();
    expect(states.map(({ exempt }) => exempt)).toEqual([["p0", "security"]]);
    const answer = await readGateNow(store.db, "checkout", NOW);
    const blocked = { ...answer, decision: "block" as const };
    // By then no exception is in force that would let everything through.
    const later = NOW + 21 * DAY;
    const through = (of: typeof answer) => readFixesThrough(store.db, of, later);
    expect(await through(blocked)).toEqual(["p0", "security"]);
    expect(await through({ ...blocked, decision: "allow" })).toEqual([]);
    const exempt = (kinds: string[]) =>
      store.db.update(sloVersions).set({
        definition: sql`jsonb_set(definition, '{clauses}', ${JSON.stringify({ exempt: kinds })}::jsonb)`,
      });
    await exempt(["security"]);
    expect(await through(blocked)).toEqual(["security"]);
    await exempt(["p0", "security"]);
  });

  test("has the exception that waits, and those in force by which ends first", async () => {
    const { asked, inForce: held, states } = await view();
    expect(asked).toHaveLength(1);
    expect(held.map(({ expiresAt }) => (expiresAt - NOW) / DAY)).toEqual([10, 20]);
    expect(states[0]?.exceptions).toHaveLength(2);
  });

  test("of another team it has none of that", async () => {
    expect(await view("search")).toMatchObject({ states: [], asked: [], inForce: [] });
    expect(await view("no team\0")).toMatchObject({ states: [], asked: [] });
  });

  const unknownOf = async (now: number) => {
    const { states, counts } = await readPolicyView(store.db, { actor: LOCAL, team: "", now });
    const known = states.flatMap(servicePolicy).map((one) => [one.service, one.policyState]);
    return { known, counts: counts.map(({ name, services }) => [name, services]) };
  };
  const gate = async (service: string, now: number) => {
    const ask = { service, environment: "eu", change: "feature", sha: null } as const;
    const question = { ask, rules: DEFAULT_GATE_RULES, linkPrefix: "", now };
    return (await readGateDecision(store.db, question)).decision;
  };

  test("once nobody evaluates any more, what was well is unknown, as the gate says", async () => {
    const late = NOW + 10 * MINUTE;
    expect((await unknownOf(late)).known).toEqual([["checkout", "Freeze"]]);
    expect(await gate("search", late)).toBe("allow");
    const found = await unknownOf(late + 1);
    expect(await gate("search", late + 1)).toBe("unknown");
    expect(found.known).toEqual([
      ["checkout", "Freeze"],
      ["search", "Unknown"],
    ]);
    expect(found.counts).toEqual([
      ["Freeze", 1],
      ["numbers unknown", 1],
      ["Healthy", 0],
    ]);
  });

  test("an SLO that was never evaluated is unknown, not left out", async () => {
    const path = "b.yaml";
    const document = { path, hash: "1", dialect: "plain", findings: [] } as const;
    const slos = ["checkout", "search", "young"].map((service) => ({
      ...inForce({ service, name: "availability", team: service }),
      path,
    }));
    await applyCatalog(store.db, {
      documents: [{ ...document, goodContent: "" }],
      slos: [...slos, { ...inForce({ service: "wish", name: "a", enforced: false }), path }],
      now: NOW,
    });
    const { known, counts } = await unknownOf(NOW);
    expect(await gate("young", NOW)).toBe("unknown");
    expect([known.at(-1), counts]).toEqual([
      ["young", "Unknown"],
      [
        ["Freeze", 1],
        ["numbers unknown", 1],
        ["Healthy", 1],
      ],
    ]);
    const own = await readPolicyView(store.db, { actor: LOCAL, team: "young", now: NOW });
    expect(own.states.map(({ duty }) => [duty.service, duty.known])).toEqual([["young", false]]);
  });

  test("while the history is read for the first time nothing is known", async () => {
    const [slo] = (await readCatalog(store.db)).filter((one) => one.service === "search");
    if (!slo) throw new RangeError("search");
    const made = evaluated(slo, { at: NOW + MINUTE });
    const status = { ...made.evaluation.status, held: true };
    await saveEvaluations(store.db, [{ ...made, evaluation: { ...made.evaluation, status } }]);
    expect((await unknownOf(NOW + MINUTE)).known).toContainEqual(["search", "Unknown"]);
    expect(await gate("search", NOW + MINUTE)).toBe("unknown");
  });

  test("of more services than are listed, none is counted as healthy", () => {
    expect(stateCounts([], { services: 3, asking: 2 })).toEqual([
      { name: "more, not listed", services: 2, blocks: false },
      { name: "Healthy", services: 1, blocks: false },
    ]);
  });
});
