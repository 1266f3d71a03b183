import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import type { BudgetPoint } from "#lib/slo/series.ts";
import { HOUR } from "#lib/time/duration.ts";
import { blockedOf, policySpans, timeInStates } from "#lib/whatif/policySpans.ts";

const REVIEW = "Reliability review required before next feature release";
const slo = { policy: DEFAULT_POLICY, enforced: true };

/** One point an hour with so much consumed; null = not known. */
function pointsOf(consumed: readonly (number | null)[], budgetTotal = 100): BudgetPoint[] {
  return consumed.map((share, i) => ({
    ...{ at: i * HOUR, good: 0, total: 0, covered: 0, budgetTotal },
    remaining: share === null ? null : 1 - share,
  }));
}

const statesOf = (consumed: readonly (number | null)[], before: string | null = null) =>
  policySpans(
    slo,
    pointsOf(consumed),
    before === null ? null : { policyState: before, blocks: before === "Feature freeze" },
  ).map(({ policyState, from, to }) => [policyState, (to - from) / HOUR]);

describe("the policy states of a burndown", () => {
  test.each([
    [
      "go up at once",
      [0.4, 0.5, 1, 1.2, 1.2],
      [
        ["Healthy", 1],
        [REVIEW, 1],
        ["Feature freeze", 2],
      ],
    ],
    [
      "come down past the hysteresis only",
      [1, 0.995, 0.9901, 0.98, 0.98],
      [
        ["Feature freeze", 3],
        [REVIEW, 1],
      ],
    ],
    [
      "stay what they are while nothing is known",
      [1, null, null, 0.2, 0.2],
      [
        ["Feature freeze", 1],
        ["Feature freeze", 2],
        ["Healthy", 1],
      ],
    ],
    ["of no points are none", [], []],
  ])("%s", (_what, consumed, expected) => {
    expect(statesOf(consumed)).toEqual(expected);
  });

  test("begin with what was recorded: its hysteresis still holds", () => {
    expect(statesOf([0.995, 0.995], "Feature freeze")).toEqual([["Feature freeze", 1]]);
    expect(statesOf([0.995, 0.995])).toEqual([[REVIEW, 1]]);
    expect(statesOf([0.995, 0.995], "A name of an older policy")).toEqual([[REVIEW, 1]]);
  });

  test("advise and never block where the whole budget is less than one event", () => {
    const [span] = policySpans(slo, pointsOf([2, 2], 0.5), null);
    expect(span).toMatchObject({ policyState: "Feature freeze", blocks: false });
  });
});

test("the time in each state adds up, and says what of it was held", () => {
  const spans = policySpans(slo, pointsOf([0.2, 1, null, 0.2, 1, 1]), null);
  expect(timeInStates(spans)).toEqual([
    { state: "Healthy", blocks: false, ms: 2 * HOUR, heldMs: 0 },
    { state: "Feature freeze", blocks: true, ms: 3 * HOUR, heldMs: HOUR },
  ]);
});

test("what comes in the moment a block begins meets it, in the moment it ends no more", () => {
  const spans = policySpans(slo, pointsOf([0.2, 1, 0.2, 0.2]), null);
  const events = [HOUR - 1, HOUR, 2 * HOUR - 1, 2 * HOUR].map((at) => ({ at }));
  expect(blockedOf(spans, events).map(({ at }) => at)).toEqual([HOUR, 2 * HOUR - 1]);
});
