import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PolicyException } from "#lib/policy/exception.ts";
import { gateDecision } from "#lib/policy/gate.ts";
import type { GateAsk, GateInput, GateSlo } from "#lib/policy/gateInput.ts";
import { exceptionOf, frozen, gateInput, gateSlo, NOW } from "#lib/policy/testing.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const ASK: GateAsk = gateInput([]).ask;
const decide = (slos: readonly GateSlo[], of: Partial<GateInput> = {}) =>
  gateDecision(gateInput(slos, of));
const unknown = (slo: string, of: Partial<GateSlo> = {}) =>
  gateSlo(slo, of, { state: "unknown", held: true });
const stale = (slo: string) => {
  const { status, ...rest } = gateSlo(slo);
  const asOf = new Date(NOW - 10 * MINUTE - 1).toISOString();
  return { ...rest, status: status && { ...status, asOf } };
};

const labelSet = (slo: string, of: string) => {
  const { status, ...rest } = frozen(slo);
  return { ...rest, status: status && { ...status, instance: { of, labels: { handler: "x" } } } };
};

describe("gateDecision", () => {
  test("gives the whole answer of a block", () => {
    expect(decide([gateSlo("latency"), frozen("availability")])).toEqual({
      ...{ decision: "block", mode: "enforce", proceed: false, service: "checkout" },
      ...{ environment: "production", change: "feature", sha: null },
      ...{ policyState: "Freeze", policyVersion: 7, coverage: 0.99 },
      asOf: "2026-07-01T10:00:00.000Z",
      watermark: "2026-07-01T09:59:00.000Z",
      summary:
        "Freeze: 118 % of the budget of availability is spent. It lifts on 4 Jul, 16:00 UTC if nothing fails.",
      reasons: [
        {
          slo: "availability",
          clause: "consumed >= 1",
          policyState: "Freeze",
          consumed: 1.18,
          link: "https://plimsoll.example/services/checkout/slos/availability",
        },
      ],
      exception: null,
      liftsAt: "2026-07-04T16:00:00.000Z",
    });
  });

  const rows: readonly [string, readonly GateSlo[], Partial<GateInput>, string][] = [
    ["all is well", [gateSlo("a"), gateSlo("b")], {}, "allow"],
    ["a state only asks for something", [gateSlo("a", {}, { policyState: "Review" })], {}, "allow"],
    ["one of two is frozen", [gateSlo("a"), frozen("b")], {}, "block"],
    ["there is no SLO", [], {}, "unknown"],
    ["all SLOs are aspirational", [gateSlo("a", { enforced: false })], {}, "unknown"],
    [
      "one that is aspirational is unknown",
      [gateSlo("a"), unknown("b", { enforced: false })],
      {},
      "allow",
    ],
    ["one is unknown", [gateSlo("a"), unknown("b")], {}, "unknown"],
    ["one is not evaluated yet", [gateSlo("a", { status: null, detail: null })], {}, "unknown"],
    ["the first backfill runs", [gateSlo("a", {}, { held: true })], {}, "unknown"],
    ["nobody evaluates any more", [stale("a")], {}, "unknown"],
    ["a block is held while unknown", [unknown("a", { detail: frozen("a").detail })], {}, "block"],
    ["one is frozen and another unknown", [frozen("a"), unknown("b")], {}, "block"],
    ["a label set is gone", [gateSlo("a"), unknown("a@x", { isGone: true })], {}, "allow"],
    [
      "a label set is gone and blocks",
      [gateSlo("a"), frozen("a@x", 1, { isGone: true })],
      {},
      "block",
    ],
    [
      "what is left of a label set is unknown, too",
      [unknown("a"), unknown("a@x", { isGone: true })],
      {},
      "unknown",
    ],
    ["there is only a label set that is gone", [unknown("a@x", { isGone: true })], {}, "unknown"],
    [
      "an exception for a grouped SLO covers its label set",
      [gateSlo("a"), labelSet("a@x", "a")],
      { exceptions: [exceptionOf({ slo: "a" })] },
      "allow",
    ],
    [
      "an exception for another SLO covers no label set",
      [gateSlo("a"), labelSet("a@x", "a")],
      { exceptions: [exceptionOf({ slo: "b" })] },
      "block",
    ],
    ["the fix is exempt", [frozen("a")], { ask: { ...ASK, change: "p0" } }, "allow"],
    [
      "the policy exempts nothing",
      [frozen("a", 1, { exempt: [] })],
      { ask: { ...ASK, change: "p0" } },
      "block",
    ],
    [
      "one of two exempts it",
      [frozen("a"), frozen("b", 1, { exempt: ["p0"] })],
      { ask: { ...ASK, change: "security" } },
      "block",
    ],
    [
      "an exempt fix meets an unknown SLO",
      [frozen("a"), unknown("b")],
      { ask: { ...ASK, change: "p0" } },
      "unknown",
    ],
    [
      "an exception covers the service",
      [frozen("a"), frozen("b")],
      { exceptions: [exceptionOf()] },
      "allow",
    ],
    [
      "an exception covers one of two",
      [frozen("a"), frozen("b")],
      { exceptions: [exceptionOf({ slo: "a" })] },
      "block",
    ],
    [
      "two exceptions cover both",
      [frozen("a"), frozen("b")],
      { exceptions: [exceptionOf({ slo: "a" }), exceptionOf({ id: 8, slo: "b" })] },
      "allow",
    ],
    [
      "an exception is for elsewhere",
      [frozen("a")],
      { exceptions: [exceptionOf({ environment: "staging" })] },
      "block",
    ],
    [
      "an exception is not decided",
      [frozen("a")],
      { exceptions: [exceptionOf({ decision: null })] },
      "block",
    ],
    [
      "an exception was rejected",
      [frozen("a")],
      { exceptions: [exceptionOf({ decision: "rejected" })] },
      "block",
    ],
    [
      "an exception was revoked",
      [frozen("a")],
      { exceptions: [exceptionOf({ endedAt: NOW })] },
      "block",
    ],
    [
      "an exception is of an earlier name",
      [frozen("a", 1, { formerly: [{ service: "till", slo: "up" }] })],
      { exceptions: [exceptionOf({ service: "till", slo: "up" })] },
      "allow",
    ],
    [
      "an exception meets an unknown SLO",
      [frozen("a"), unknown("b")],
      { exceptions: [exceptionOf()] },
      "unknown",
    ],
  ];
  test.each(rows)("where %s", (_, slos, of, decision) => {
    expect(decide(slos, of).decision).toBe(decision);
  });

  test("an exception ends at its very millisecond", () => {
    const exceptions = [exceptionOf({ expiresAt: NOW })];
    const at = (now: number) => decide([frozen("a")], { exceptions, now }).decision;
    expect([at(NOW - 1), at(NOW)]).toEqual(["allow", "block"]);
  });

  test("names the exception that ends first of those that are needed", () => {
    const exceptions = [
      exceptionOf({ id: 1, slo: "a", expiresAt: NOW + 9 * HOUR }),
      exceptionOf({ id: 2, slo: "b", expiresAt: NOW + 5 * HOUR }),
      exceptionOf({ id: 3, slo: "b", expiresAt: NOW + HOUR }),
    ];
    const { exception, summary } = decide([frozen("a"), frozen("b")], { exceptions });
    expect(exception).toEqual({
      id: 2,
      expiresAt: "2026-07-01T15:00:00.000Z",
      approvedBy: "Grace",
      link: "https://plimsoll.example/policy/exceptions/2",
    });
    expect(summary).toBe(
      "Freeze: 118 % of the budget of a is spent; also b. Exception 2, approved by Grace, lets it through until 1 Jul, 15:00 UTC.",
    );
  });

  test.each([
    [[3, 78, 5], "2026-07-04T16:00:00.000Z"],
    [[3, null], null],
  ])("lifts with the last of the blocks, when all are known: %j", (hours, liftsAt) => {
    expect(decide(hours.map((h, i) => frozen(`s${i}`, h))).liftsAt).toBe(liftsAt);
  });

  test.each([
    ["enforce", "closed", false],
    ["enforce", "open", true],
    ["dry-run", "closed", true],
  ] as const)("what is unknown in %s, %s: proceeds %s, and stays unknown", (mode, rule, goes) => {
    const answer = decide([unknown("a")], { rule: { mode, unknown: rule } });
    expect(answer).toMatchObject({ decision: "unknown", proceed: goes, policyState: "Unknown" });
  });

  test.each([
    [{ rule: { mode: "dry-run", unknown: "closed" } }, /dry run: nothing is held up\.$/],
    [{ rule: { mode: "enforce", unknown: "open" } }, /if nothing fails\.$/],
  ] as const)("a block by the rule %j says so", (of, words) => {
    expect(decide([frozen("a")], of).summary).toMatch(words);
  });

  test("tells what a held state was reached by, and how a state is left", () => {
    const held = unknown("a", { detail: frozen("a").detail });
    const clauses = (slo: GateSlo) => decide([slo]).reasons.map(({ clause }) => clause);
    const late = { ...held, status: held.status && { ...held.status, policyState: "Freeze" } };
    expect(clauses(late)).toEqual(["consumed >= 1 when last known"]);
    const nearly = frozen("a");
    const low = { ...nearly, status: nearly.status && { ...nearly.status, consumed: 0.995 } };
    expect(clauses(low)).toEqual(["consumed >= 1, left below 0.99"]);
    expect(clauses(unknown("a"))).toEqual(["not known"]);
    expect(decide([late]).summary).toMatch(
      /^Freeze was in force when a was last known, and is held\./,
    );
  });

  test("the coverage is the lowest and the watermark the oldest; null while one has none", () => {
    const old = gateSlo("b", {}, { coverage: 0.91, watermark: "2026-07-01T09:00:00.000Z" });
    const both = decide([gateSlo("a"), old]);
    expect([both.coverage, both.watermark]).toEqual([0.91, "2026-07-01T09:00:00.000Z"]);
    const none = decide([old, gateSlo("c", { status: null, detail: null })]);
    expect([none.coverage, none.watermark]).toEqual([null, null]);
  });
});

describe("whatever is asked", () => {
  const slo = fc.constantFrom<(name: string) => GateSlo>(
    (name) => gateSlo(name),
    (name) => frozen(name),
    (name) => frozen(name, null, { exempt: [] }),
    (name) => frozen(name, 2, { exempt: ["p0"] }),
    (name) => unknown(name),
    (name) => unknown(name, { detail: frozen(name).detail }),
    (name) => gateSlo(name, { enforced: false }),
    (name) => gateSlo(name, { status: null, detail: null }),
    stale,
  );
  const exception: fc.Arbitrary<PolicyException> = fc
    .record({
      service: fc.constantFrom("checkout", "cart"),
      slo: fc.constantFrom(null, "s0", "s1"),
      environment: fc.constantFrom(null, "production", "staging"),
      expiresAt: fc.integer({ min: -2, max: 2 }).map((h) => NOW + h * HOUR),
      decision: fc.constantFrom("approved", "rejected", null),
      endedAt: fc.constantFrom(null, NOW - 1, NOW + 1),
    })
    .map(exceptionOf);
  const input = fc
    .record({
      kinds: fc.array(slo, { maxLength: 4 }),
      exceptions: fc.array(exception, { maxLength: 3 }),
      change: fc.constantFrom("feature", "p0", "security"),
      mode: fc.constantFrom("enforce", "dry-run"),
      rule: fc.constantFrom("open", "closed"),
    })
    .map(({ kinds, exceptions, change, mode, rule }) =>
      gateInput(
        kinds.map((make, i) => make(`s${i}`)),
        { exceptions, ask: { ...ASK, change }, rule: { mode, unknown: rule } },
      ),
    );
  const RANK = { allow: 0, unknown: 1, block: 2 };

  test("no block is let through without an exemption or an exception", () => {
    fc.assert(
      fc.property(input, (given) => {
        const { decision } = gateDecision(given);
        const plain = gateDecision({ ...given, exceptions: [], ask: ASK });
        if (plain.decision === "block" && decision === "allow") {
          const changed = given.ask.change !== "feature" || given.exceptions.length > 0;
          expect(changed).toBe(true);
        }
        const blocks = given.slos.some(({ enforced, detail }) => enforced && detail?.blocks);
        expect(plain.decision === "block").toBe(blocks);
      }),
    );
  });

  test("what is not known is never allowed, and nothing proceeds in silence", () => {
    fc.assert(
      fc.property(input, (given) => {
        const { decision, proceed, mode } = gateDecision(given);
        const own = given.slos.filter(({ enforced }) => enforced);
        const dark = own.some(({ status, detail }) => !status && !detail);
        if (own.length === 0 || dark) expect(decision).not.toBe("allow");
        if (mode === "dry-run") expect(proceed).toBe(true);
        else if (decision === "block") expect(proceed).toBe(false);
        else if (decision === "unknown") expect(proceed).toBe(given.rule.unknown === "open");
        else expect(proceed).toBe(true);
      }),
    );
  });

  test("one exception more never makes it stricter", () => {
    fc.assert(
      fc.property(input, exception, (given, more) => {
        const before = gateDecision(given).decision;
        const after = gateDecision({ ...given, exceptions: [...given.exceptions, more] }).decision;
        expect(RANK[after]).toBeLessThanOrEqual(RANK[before]);
      }),
    );
  });

  test("one SLO more never makes it milder, but where there was none", () => {
    fc.assert(
      fc.property(input, slo, (given, make) => {
        fc.pre(given.slos.some(({ enforced }) => enforced));
        const before = gateDecision(given).decision;
        const after = gateDecision({ ...given, slos: [...given.slos, make("more")] }).decision;
        expect(RANK[after]).toBeGreaterThanOrEqual(RANK[before]);
      }),
    );
  });
});
