import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DEFAULT_POLICY,
  HEALTHY,
  liftsBelow,
  type PolicyReading,
  policyLevel,
  policyState,
  transition,
} from "#lib/policy/policy.ts";
import type { PolicyThreshold } from "#lib/spec/model.ts";

const threshold = (at: number, name: string, gate: "allow" | "block"): PolicyThreshold => ({
  threshold: at,
  action: name,
  name,
  gate,
});
const POLICY = [
  threshold(0.5, "Review", "allow"),
  threshold(1, "Freeze", "block"),
  threshold(1.5, "Hands on deck", "block"),
];
const read = (consumed: number | null, previous: string | null = null): PolicyReading =>
  policyState({
    policy: POLICY,
    consumed,
    previous: previous === null ? null : { policyState: previous, blocks: previous !== "Review" },
    advisory: false,
  });

describe("policyState", () => {
  test.each([
    [0, HEALTHY, false],
    [0.4999, HEALTHY, false],
    [0.5, "Review", false],
    [0.9999999999999991, "Freeze", true],
    [1.18, "Freeze", true],
    [9, "Hands on deck", true],
  ])("at %d without a past it is %s", (consumed, name, blocks) => {
    expect(read(consumed)).toEqual({ policyState: name, held: false, blocks });
  });

  test.each([
    [0.99, "Freeze", "Freeze"],
    [0.9899, "Freeze", "Review"],
    [0.995, "Review", "Review"],
    [0.495, "Review", "Review"],
    [0.48, "Freeze", HEALTHY],
    [0.495, "Freeze", "Review"],
    [1.495, "Hands on deck", "Hands on deck"],
    [0.995, "Hands on deck", "Freeze"],
    [0.995, "A name of an older policy", "Review"],
  ])("at %d coming from %s it is %s", (consumed, before, name) => {
    expect(read(consumed, before).policyState).toBe(name);
  });

  test("is held while consumed is not known: a block stays a block", () => {
    expect(read(null, "Freeze")).toEqual({ policyState: "Freeze", held: true, blocks: true });
    expect(read(null)).toEqual({ policyState: HEALTHY, held: true, blocks: false });
  });

  test("advises and never blocks where a budget is less than one event", () => {
    const input = { policy: POLICY, consumed: 3, previous: null, advisory: true };
    expect(policyState(input)).toMatchObject({ policyState: "Hands on deck", blocks: false });
    const held = { ...input, consumed: null, previous: { policyState: "Freeze", blocks: true } };
    expect(policyState(held).blocks).toBe(false);
  });

  test("never changes while consumed trembles within the hysteresis", () => {
    const tremble = fc.array(fc.double({ min: 0.9901, max: 1.2, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(tremble, (shares) => {
        let name = "Freeze";
        for (const share of shares) name = read(share, name).policyState;
        expect(name).toBe("Freeze");
      }),
    );
  });

  test("is never milder than the thresholds say, and at most the hysteresis stricter", () => {
    const share = fc.double({ min: 0, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        share,
        fc.constantFrom(HEALTHY, ...POLICY.map((p) => p.name)),
        (consumed, from) => {
          const level = policyLevel(POLICY, consumed, from);
          expect(level).toBeGreaterThanOrEqual(policyLevel(POLICY, consumed, null));
          expect(level).toBeLessThanOrEqual(policyLevel(POLICY, consumed + 0.0100001, null));
        },
      ),
    );
  });
});

test("a block lifts below the lowest of the thresholds that block together", () => {
  expect(liftsBelow(POLICY, "Freeze")).toBe(0.99);
  expect(liftsBelow(POLICY, "Hands on deck")).toBe(0.99);
  expect(liftsBelow(POLICY, "Review")).toBeNull();
  expect(liftsBelow(POLICY, HEALTHY)).toBeNull();
  expect(liftsBelow(DEFAULT_POLICY, "Feature freeze")).toBe(0.99);
});

describe("transition", () => {
  const to = (policyState: string, held = false) => ({ policyState, held });

  test("names both states and what moved the numbers", () => {
    expect(transition(to("Review"), to("Freeze"))).toEqual({
      from: "Review",
      to: "Freeze",
      cause: "budget",
    });
    expect(transition(to("Review"), to("Freeze"), "definition")?.cause).toBe("definition");
  });

  test("the first known state is a change from Healthy", () => {
    expect(transition(null, to("Freeze"))).toMatchObject({ from: HEALTHY, to: "Freeze" });
    expect(transition(null, to(HEALTHY))).toBeNull();
  });

  test("there is none while the state is the same or held", () => {
    expect(transition(to("Freeze"), to("Freeze"))).toBeNull();
    expect(transition(to("Review"), to("Freeze", true))).toBeNull();
  });
});
