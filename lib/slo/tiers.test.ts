import { describe, expect, test } from "vitest";
import { budgetOf } from "#lib/slo/objective.ts";
import { days, sloOf } from "#lib/slo/testing.ts";
import { burnWindows, burnWindowsOf, tiersFor, tiersOf } from "#lib/slo/tiers.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const factors = (count: number) => tiersFor(days(count), 0.999).map((t) => t.factor);

describe("tiersFor", () => {
  test.each([
    [30, [14.4, 6, 3, 1]],
    [28, [13.44, 5.6, 2.8, 0.933333333333]],
    [31, [14.88, 6.2, 3.1, 1.03333333333]],
    [27, [12.96, 5.4, 2.7, 0.9]],
    [14, [6.72, 2.8, 1.4, 1]],
    [7, [13.44, 3.5, 1.4, 0.98]],
    [32, [14.4, 6, 3, 1]],
    [90, [14.4, 6, 3, 1]],
  ])("derives the factors from a window of %d d", (count, expected) => {
    expect(factors(count)).toEqual(expected);
  });

  test("spends the shares of the workbook at 30 d, over its windows", () => {
    const rows = tiersFor(days(30), 0.999).map((t) => [t.tier, t.budgetShare, t.long, t.short]);
    expect(rows).toEqual([
      ["page-fast", 0.02, "1h", "5m"],
      ["page-slow", 0.05, "6h", "30m"],
      ["ticket-fast", 0.1, "1d", "2h"],
      ["ticket-slow", 0.1, "3d", "6h"],
    ]);
  });

  test("reports a factor that was raised to 1, and says what share it really stands for", () => {
    const slow = tiersFor(days(14), 0.999)[3];
    expect(slow?.note).toMatch(/derived from a 14d window is 0\.467.*1 is used/);
    expect(slow?.budgetShare).toBeCloseTo(3 / 14, 10);
    expect(tiersFor(days(28), 0.999)[3]?.note).toBeNull();
  });

  test("says that windows over 31 d use the factors of 30 d", () => {
    expect(tiersFor(days(90), 0.999)[0]?.note).toMatch(/use the factors of 30d/);
  });

  test.each([
    [0.9, 30, ["page-fast"]],
    [0.95, 30, []],
    [0.999, 30, []],
    [0.5, 30, ["page-fast", "page-slow", "ticket-fast"]],
  ])("at %d over %d d, what can never fire is %j", (objective, count, never) => {
    const tiers = tiersFor(days(count), objective).filter((t) => !t.reachable);
    expect(tiers.map((t) => t.tier)).toEqual(never);
    for (const tier of tiers) expect(tier.note).toMatch(/^Can never fire: a full outage burns/);
  });

  test("a factor that a full outage reaches but cannot exceed never fires", () => {
    // 1/budget = 14.4 exactly at this objective.
    expect(tiersFor(days(30), 1 - 1 / 14.4)[0]?.reachable).toBe(false);
  });
});

test("the windows are distinct, shortest first", () => {
  const labels = burnWindows(tiersFor(days(30), 0.999)).map((w) => w.label);
  expect(labels).toEqual(["5m", "30m", "1h", "2h", "6h", "1d", "3d"]);
});

test.each([
  [0.9, 0.1],
  [0.95, 0.05],
  [0.99, 0.01],
  [0.995, 0.005],
  [0.999, 0.001],
  [0.9995, 0.0005],
  [0.9999, 0.0001],
  [0.99999, 0.00001],
  [0.3, 0.7],
])("the budget of %d is the decimal %d", (objective, budget) => {
  expect(budgetOf(objective)).toBe(budget);
});

test("an objective too close to 1 for decimals still has a budget", () => {
  expect(budgetOf(1 - 2 ** -53)).toBeGreaterThan(0);
});

describe("a document's own tiers", () => {
  const own = { tier: "page-fast", severity: "page", factor: 10, longMs: 2 * HOUR } as const;
  const definition = (objective: number) =>
    sloOf({
      objective,
      alerting: {
        ...{ minBadEvents: 5, page: true, ticket: true },
        tiers: [{ ...own, shortMs: 10 * MINUTE }],
      },
    });

  test("take the place of the standard four", () => {
    expect(tiersOf(definition(0.99))).toMatchObject([
      { tier: "page-fast", factor: 10, long: "2h", short: "10m", reachable: true, note: null },
    ]);
    expect(tiersOf(definition(0.99))[0]?.budgetShare).toBeCloseTo(20 / 720, 9);
    expect(tiersOf(sloOf()).map((tier) => tier.tier)).toHaveLength(4);
  });

  test("that can never fire say so", () => {
    expect(tiersOf(definition(0.9))[0]).toMatchObject({ reachable: false });
    expect(tiersOf(definition(0.9))[0]?.note).toMatch(/^Can never fire/);
  });

  test("add their windows to the standard ones", () => {
    const labels = burnWindowsOf(definition(0.99)).map((window) => window.label);
    expect(labels).toEqual(["5m", "10m", "30m", "1h", "2h", "6h", "1d", "3d"]);
  });
});

describe("time slices", () => {
  const sliced = (windowMs: number) =>
    sloOf({ budgeting: { method: "timeslices", target: 0.95, windowMs } });

  test("of up to five minutes leave the windows as they are", () => {
    expect(tiersOf(sliced(5 * MINUTE))).toEqual(tiersOf(sloOf()));
  });

  test("that are longer make windows as long as one, at the same factor, and say so", () => {
    const [fast, slow, ticket] = tiersOf(sliced(2 * HOUR));
    expect(fast).toMatchObject({ long: "2h", short: "2h", factor: 14.4 });
    expect(fast?.note).toBe("Its windows are at least as long as a time slice, 2h.");
    expect(slow).toMatchObject({ long: "6h", short: "2h", factor: 6 });
    expect(ticket).toMatchObject({ long: "1d", short: "2h", note: null });
    const told = burnWindowsOf(sliced(2 * HOUR)).map(({ label }) => label);
    expect(told).toEqual(["2h", "6h", "1d", "3d"]);
  });
});
