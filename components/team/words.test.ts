import { describe, expect, test } from "vitest";
import { causeWords, listed, teamSentence } from "#components/team/words.ts";
import type { FleetRow } from "#lib/fleet/row.ts";
import type { ServiceDuty } from "#lib/team/duties.ts";

const cause = (over: Partial<FleetRow>) =>
  ({
    state: "healthy",
    policyState: "Healthy",
    remaining: 0.9,
    window: "30d",
    ...over,
  }) as FleetRow;
const duty = (over: Partial<ServiceDuty>): ServiceDuty => ({
  service: "cart",
  cause: cause({}),
  blocks: false,
  liftsAt: null,
  known: true,
  asks: false,
  ...over,
});

describe("the sentence of a team", () => {
  test("says that nothing is asked only when nothing is", () => {
    expect(teamSentence([duty({})], 0)).toBe(
      "Nothing is asked of this team: every budget is in order.",
    );
    expect(teamSentence([duty({})], 1)).toBe("One budget is burning now.");
  });

  test("names what is blocked first, then what is asked, then what is unknown", () => {
    const duties = [
      duty({ service: "checkout", blocks: true, cause: cause({ policyState: "Freeze" }) }),
      duty({ service: "orders", cause: cause({ policyState: "Review" }) }),
      duty({ service: "edge", cause: cause({ state: "unknown" }), known: false }),
    ];
    expect(teamSentence(duties, 2)).toBe(
      "Changes are blocked on checkout. The policy also asks something of orders. " +
        "The numbers of edge are unknown. 2 budgets are burning now.",
    );
  });
});

test.each([
  [["a"], "a"],
  [["a", "b"], "a and b"],
  [["a", "b", "c"], "a, b and c"],
  [["a", "b", "c", "d", "e"], "a, b and 3 more"],
])("%j is listed as %s", (names, text) => {
  expect(listed(names)).toBe(text);
});

test.each([
  [{ remaining: -0.26 }, "126 % of its budget over 30d is spent."],
  [{ remaining: 0 }, "100 % of its budget over 30d is spent."],
  [{ remaining: 0.21 }, "21 % of its budget over 30d is left."],
  [{ state: "unknown" as const, reason: "No data." }, "No data."],
])("%o reads: %s", (over, words) => {
  expect(causeWords(cause(over))).toBe(words);
});
