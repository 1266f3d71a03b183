import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import { type Budget, budgetFor } from "#lib/slo/budget.ts";
import { type StateInput, stateOf, unknownReason } from "#lib/slo/state.ts";
import type { TierReading } from "#lib/slo/status.ts";
import { days, START, sloOf } from "#lib/slo/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const AT = START + 10 * HOUR;

/** A full, covered window with this share of the budget spent. */
function spent(share: number, parts: Partial<Budget> = {}): Budget {
  const counts = { good: 1_000_000 - 1000 * share, total: 1_000_000, covered: 43_200 };
  const input = { definition: sloOf(), counts, at: AT, firstCoveredAt: AT - 60 * DAY };
  return { ...budgetFor(input), ...parts };
}

function tier(severity: "page" | "ticket", parts: Partial<TierReading> = {}): TierReading {
  return {
    tier: `${severity}-fast`,
    severity,
    long: "1h",
    short: "5m",
    factor: 14.4,
    longBurn: 16.24,
    shortBurn: 20,
    state: "firing",
    since: new Date(AT).toISOString(),
    ...parts,
  };
}

const read = (share: number, parts: Partial<StateInput> = {}) =>
  stateOf({
    at: AT,
    window: days(30),
    policy: DEFAULT_POLICY,
    budget: spent(share),
    tiers: [],
    exhaustsAt: null,
    noTrafficSince: null,
    ...parts,
  });

describe("stateOf", () => {
  test.each([
    [0.12, "healthy", "12 % of the budget is spent."],
    [0.4996, "healthy", "49.9 % of the budget is spent."],
    [0.5, "watch", "50 % of the budget is spent."],
    [0.75, "at-risk", "75 % of the budget is spent."],
    [0.9996, "at-risk", "99.9 % of the budget is spent."],
    [1, "exhausted", "100 % of the budget is spent."],
    [1.18, "exhausted", "118 % of the budget is spent."],
  ])("with %d spent is %s", (share, state, reason) => {
    expect(read(share)).toEqual({ state, reason });
  });

  test("a page tier puts it at risk, a ticket tier under watch", () => {
    expect(read(0.1, { tiers: [tier("page")] })).toEqual({
      state: "at-risk",
      reason: "Burning 16.2x over 1h and 20x over 5m: page-fast fires above 14.4x.",
    });
    expect(read(0.1, { tiers: [tier("ticket")] }).state).toBe("watch");
    expect(read(0.1, { tiers: [tier("page", { since: null, state: "quiet" })] }).state).toBe(
      "healthy",
    );
  });

  test("a tier held while firing still counts", () => {
    const held = tier("page", { state: "held", shortBurn: null });
    expect(read(0.1, { tiers: [held] })).toEqual({
      state: "at-risk",
      reason: "page-fast was firing and is held: data is missing in its windows of 1h and 5m.",
    });
  });

  test("exhaustion within three days is a risk, later is not", () => {
    const soon = read(0.3, { exhaustsAt: AT + 3 * DAY });
    expect(soon.state).toBe("at-risk");
    expect(soon.reason).toBe(
      "At the pace of the last 6 h the rest of the budget is gone in 3 d; 30 % is spent.",
    );
    expect(read(0.3, { exhaustsAt: AT + 3 * DAY + MINUTE }).state).toBe("healthy");
  });

  test("a policy that begins earlier is watched earlier, one that begins later is not waited for", () => {
    const from = (threshold: number) => [
      { threshold, action: "Talk", name: "Talk", gate: "allow" as const },
    ];
    expect(read(0.2, { policy: from(0.2) }).state).toBe("watch");
    expect(read(0.5, { policy: from(0.9) }).state).toBe("watch");
  });

  test("traffic that has stopped is watched", () => {
    expect(read(0, { noTrafficSince: AT - HOUR })).toEqual({
      state: "watch",
      reason: "No traffic since 09:00 UTC, where there was some a week before.",
    });
    const lastYear = read(0, { noTrafficSince: START - HOUR });
    expect(lastYear.reason).toMatch(/^No traffic since 2025-12-31 23:00 UTC/);
  });
});

describe("unknownReason", () => {
  const why = (parts: Partial<Parameters<typeof unknownReason>[0]> = {}) =>
    unknownReason({
      at: AT,
      window: days(30),
      budget: spent(0.1),
      readable: true,
      lastCoveredAt: AT,
      backfilled: true,
      ...parts,
    });

  test("data at most five minutes late is known", () => {
    expect(why()).toBeNull();
    expect(why({ lastCoveredAt: AT - 5 * MINUTE })).toBeNull();
  });

  test("later than that says since when", () => {
    expect(why({ lastCoveredAt: AT - 19 * MINUTE })).toBe(
      "No data since 09:41 UTC: the numbers are what was known then.",
    );
  });

  test("nine tenths of the known minutes must be covered", () => {
    expect(why({ budget: spent(0.1, { coverage: 0.9 }) })).toBeNull();
    expect(why({ budget: spent(0.1, { coverage: 0.8999 }) })).toBe(
      "Only 89.9 % of the minutes of the last 30d have data; under 90 % the budget cannot be trusted.",
    );
  });

  test("a window without any traffic has nothing to measure", () => {
    const counts = { good: 0, total: 0, covered: 43_200 };
    const budget = budgetFor({
      definition: sloOf(),
      counts,
      at: AT,
      firstCoveredAt: AT - 40 * DAY,
    });
    expect(why({ budget })).toMatch(/^No traffic in the whole window of 30d/);
  });

  test("a window finer than what is stored is not called uncovered", () => {
    const budget = spent(0.1, { coverage: 0 });
    expect(why({ readable: false, budget })).toMatch(/kept too coarsely for a window of 30d/);
  });

  test("no data yet tells a running backfill from an empty answer", () => {
    expect(why({ lastCoveredAt: null, backfilled: false })).toMatch(/backfill/);
    expect(why({ lastCoveredAt: null })).toMatch(/no answer/);
  });
});
