import { describe, expect, test } from "vitest";
import { burnsOf, firingTiers, readTiers, type TiersInput } from "#lib/slo/alerts.ts";
import { burnOf, slackMinutes, tierFires } from "#lib/slo/burn.ts";
import { days, START, sloOf } from "#lib/slo/testing.ts";
import { burnWindows, type Tier, tiersFor } from "#lib/slo/tiers.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

describe("burnOf", () => {
  test("is the error ratio in multiples of the budget", () => {
    expect(burnOf({ good: 98, total: 100, covered: 60 }, HOUR, 0.01)).toBeCloseTo(2, 12);
  });

  test("no traffic burns nothing", () => {
    expect(burnOf({ good: 0, total: 0, covered: 60 }, HOUR, 0.01)).toBe(0);
  });

  test("crumbs that sums of fractions leave behind are no traffic", () => {
    const before = { good: 0.1 + 0.2, total: 0.3 };
    const crumbs = { good: 0, total: before.good - before.total, covered: 60 };
    expect(crumbs.total).toBeGreaterThan(0);
    expect(burnOf(crumbs, HOUR, 0.01)).toBe(0);
  });

  test.each([
    [5 * MINUTE, 3, true],
    [5 * MINUTE, 2, false],
    [HOUR, 54, true],
    [HOUR, 53, false],
    [72 * HOUR, 3888, true],
    [72 * HOUR, 3887, false],
  ])("a window of %d ms with %d covered minutes is known: %s", (windowMs, covered, known) => {
    expect(burnOf({ good: 1, total: 1, covered }, windowMs, 0.01) !== null).toBe(known);
  });

  test("what was not read is not known", () => {
    expect(burnOf(null, HOUR, 0.01)).toBeNull();
    expect(burnOf(undefined, HOUR, 0.01)).toBeNull();
  });

  test("at least two minutes may be missing", () => {
    expect([5 * MINUTE, 30 * MINUTE, HOUR].map(slackMinutes)).toEqual([2, 3, 6]);
  });
});

const tier = (name: string): Tier => {
  const found = tiersFor(days(30), 0.999).find((t) => t.tier === name);
  if (!found) throw new Error(`no tier ${name}`);
  return found;
};

describe("tierFires", () => {
  test.each([
    [15, 15, 5, true],
    [15, 14.4, 5, false],
    [14.4, 15, 5, false],
    [14.400000000000002, 15, 5, false],
    [15, 15, 4, false],
    [null, 0, 5, null],
    [15, null, 5, null],
  ])("long %s, short %s, %d bad events: %s", (long, short, bad, fires) => {
    expect(tierFires(tier("page-fast"), { long, short, bad }, 5)).toBe(fires);
  });
});

describe("readTiers", () => {
  const minute = { good: 0, total: 100, covered: 1 };
  const full = (n: number) => ({ good: 0, total: minute.total * n, covered: n });
  const counts = {
    "5m": full(5),
    "30m": full(30),
    "1h": full(60),
    "2h": full(120),
    "6h": full(360),
    "1d": full(1440),
    "3d": full(4320),
  };
  const input = (parts: Partial<TiersInput> = {}): TiersInput => {
    const definition = parts.definition ?? sloOf();
    const tiers = tiersFor(days(30), 0.999);
    const read = parts.counts ?? counts;
    const burns = burnsOf(burnWindows(tiers), read, 0.999);
    return { definition, tiers, burns, counts: read, firing: {}, at: START, ...parts };
  };

  test("a tier that begins to fire begins now", () => {
    expect(readTiers(input())[0]).toMatchObject({
      state: "firing",
      since: "2026-01-01T00:00:00.000Z",
    });
  });

  test("one that goes on keeps its beginning", () => {
    const firing = { "page-fast": START - HOUR };
    expect(readTiers(input({ firing }))[0]?.since).toBe("2025-12-31T23:00:00.000Z");
  });

  test("over a null window it is held: neither fires nor clears", () => {
    const gap = { ...counts, "5m": { good: 0, total: 0, covered: 0 } };
    expect(readTiers(input({ counts: gap }))[0]).toMatchObject({ state: "held", since: null });
    const held = readTiers(input({ counts: gap, firing: { "page-fast": START - HOUR } }))[0];
    expect(held).toMatchObject({ state: "held", since: "2025-12-31T23:00:00.000Z" });
  });

  test("it clears when either window is at or below the factor", () => {
    const over = { ...counts, "5m": { good: 500, total: 500, covered: 5 } };
    const cleared = readTiers(input({ counts: over, firing: { "page-fast": START - HOUR } }))[0];
    expect(cleared).toMatchObject({ state: "quiet", since: null });
  });

  test("few bad events do not fire, unless minutes are counted", () => {
    const few = Object.fromEntries(
      Object.entries(counts).map(([label, c]) => [label, { ...c, good: c.total - 4, total: 4 }]),
    );
    const four = Object.fromEntries(
      Object.entries(few).map(([label, c]) => [label, { ...c, good: 0 }]),
    );
    expect(readTiers(input({ counts: four })).every((t) => t.state === "quiet")).toBe(true);
    const definition = sloOf({ sli: { kind: "ratio", query: "x", counts: "bad" } });
    expect(readTiers(input({ counts: four, definition }))[0]?.state).toBe("firing");
  });

  test("a severity that the document switches off is shown and does not alert", () => {
    const readings = readTiers(input());
    expect(firingTiers(readings, { page: false, ticket: true }).map((t) => t.tier)).toEqual([
      "ticket-fast",
      "ticket-slow",
    ]);
  });
});
