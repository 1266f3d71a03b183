import { describe, expect, test } from "vitest";
import { costSummary, shareText } from "#components/slo/costs/shares.ts";
import type { SloCosts, SpentPart } from "#components/slo/costs/view.ts";

const COSTS: SloCosts = {
  ...{ from: 0, to: 1, windowLabel: "30d", unit: "events", bad: 500, consumed: 0.5 },
  ...{ parts: [], others: null, unattributed: { bad: 500, share: 0.5 }, told: true },
};
const part = (parts: Partial<SpentPart>): SpentPart => ({
  ...{ kind: "deployment", id: "d", title: "v1.2", at: 0, causedBy: null, bad: 400, share: 0.4 },
  ...parts,
});

test.each([
  [0, "0 %"],
  [0.0004, "<0.1 %"],
  [0.0512, "5.1 %"],
  [0.184, "18 %"],
  [2.5, "250 %"],
])("a share of %s is written %s", (share, text) => {
  expect(shareText(share)).toBe(text);
});

describe("the summary of what spent a budget", () => {
  test("names the dearest and what nothing explains", () => {
    const unattributed = { bad: 100, share: 0.1 };
    expect(costSummary({ ...COSTS, parts: [part({})], unattributed })).toBe(
      "50 % of the budget was spent in these 30d, most by the deployment of v1.2 (40 %); 10 % is explained by nothing known.",
    );
    const incident = part({ kind: "incident", title: "Down" });
    expect(costSummary({ ...COSTS, parts: [incident], unattributed })).toMatch(
      /most by the incident “Down” \(40 %\)/,
    );
  });

  test("puts what nothing explains first where it is the most", () => {
    const unattributed = { bad: 495, share: 0.495 };
    const parts = [part({ bad: 5, share: 0.0004 })];
    expect(costSummary({ ...COSTS, parts, unattributed })).toBe(
      "50 % of the budget was spent in these 30d: 50 % is explained by nothing known, of what is known most by the deployment of v1.2 (<0.1 %).",
    );
  });

  test("says so where nothing known had a part in it, and where nothing was spent", () => {
    expect(costSummary(COSTS)).toBe(
      "50 % of the budget was spent in these 30d, none of it by a deployment or incident that is known.",
    );
    expect(costSummary({ ...COSTS, consumed: 0, bad: 0 })).toBe("Nothing was spent in these 30d.");
  });
});
