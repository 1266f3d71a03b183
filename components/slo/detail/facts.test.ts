import { describe, expect, test } from "vitest";
import { factsOf } from "#components/slo/detail/facts.ts";
import { headFor } from "#components/slo/detail/testing.ts";
import type { SloDetail, SloStatus } from "#lib/slo/status.ts";

function fact(name: string, status: Partial<SloStatus> = {}, detail: Partial<SloDetail> = {}) {
  const found = factsOf(headFor(status, detail)).find((f) => f.name.startsWith(name));
  if (!found) throw new Error(`no fact ${name}`);
  return found;
}

describe("the budget", () => {
  test("is signed and says how much that is; beside it 126.1 % is spent", () => {
    const left = fact("Budget left", { remaining: -0.2619 }, { budgetTotal: 16_080, bad: 20_292 });
    expect(left).toMatchObject({
      value: "−26.1 %",
      note: { text: "−4,212 of 16,080 events" },
      alarming: true,
    });
  });

  test.each([
    [0.9996, "99.9 %"],
    [-0.0004, "−0.1 %"],
    [1, "100.0 %"],
  ])("of %d is never rounded across full or empty: %s", (remaining, value) => {
    expect(fact("Budget left", { remaining }).value).toBe(value);
  });

  test("that is not known is said to be so", () => {
    expect(fact("Budget left", { remaining: null }, { budgetTotal: null })).toMatchObject({
      value: "not known",
      note: { text: "nothing counted in 30d" },
    });
  });

  test("of an unknown SLO is what was known last, and does not alarm", () => {
    expect(fact("Budget left", { remaining: -0.1, state: "unknown" })).toMatchObject({
      old: true,
      alarming: false,
    });
  });
});

test("a partial history is named beside the SLI, a full one is not", () => {
  expect(fact("SLI", { historyDays: 12.04, coverage: 0.9949 }).note).toEqual({
    text: "coverage 99.4 %, history 12 of 30 d",
  });
  expect(fact("SLI", { historyDays: 30, coverage: 1 }).note).toEqual({ text: "coverage 100 %" });
});

describe("a burn rate", () => {
  test("over a window with missing minutes is not known", () => {
    expect(fact("Burn rate, 1h", { burn: { "1h": null, "6h": 1.1 } }).value).toBe("not known");
    expect(fact("Burn rate, 6h", { burn: { "1h": null, "6h": 1.1 } }).value).toBe("1.1×");
  });

  test("names the tier that watches its window", () => {
    expect(fact("Burn rate, 6h").note).toEqual({ text: "page-slow fires above 6.0×" });
  });
});

describe("what lies ahead", () => {
  test("is the recovery when the budget is spent", () => {
    const turn = fact("Recovers", {
      exhaustedSince: "2026-11-18T14:02:00Z",
      recoversAt: "2026-12-03T13:00:00Z",
    });
    expect(turn.value).toEqual({ time: Date.parse("2026-12-03T13:00:00Z") });
  });

  test("is the end of the budget when it runs out", () => {
    expect(fact("Runs out", { exhaustsAt: "2026-11-23T01:01:00Z" }).alarming).toBe(true);
  });

  test("is nothing in sight, but not while the numbers are unknown", () => {
    expect(fact("Runs out").value).toBe("not in sight");
    expect(fact("Runs out", { state: "unknown" }).value).toBe("not known");
  });
});

test("a budget of the calendar is spoken of by its running period, and lasts until that ends", () => {
  const facts = factsOf(headFor({ window: "month", exhaustsAt: null }));
  expect(facts.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["Budget left, this month", "SLI, this month"]),
  );
  expect(facts.find(({ name }) => name === "Runs out")?.note.text).toMatch(
    /^not before this month ends, at the pace of the last /,
  );
});
