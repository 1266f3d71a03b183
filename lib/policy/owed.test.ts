import { describe, expect, test } from "vitest";
import { expiryNoticeAt } from "#lib/policy/expiry.ts";
import { looksOf, type OwedInput, type OwingIncident, owedBy } from "#lib/policy/owed.ts";
import { days, minutes, rowsOf, sloOf } from "#lib/slo/testing.ts";
import type { PolicyClauses } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** From 1 January on, ten days of 100 requests a minute; 1 % over 10 days may fail: 14,400. */
const START = Date.UTC(2026, 0, 1);
const END = START + 10 * DAY;
const BUDGET = 14_400;
const at = (hours: number) => START + hours * HOUR;

/** Two hours with 24 bad a minute, 2,880: a fifth of the budget. */
const ROWS = rowsOf(
  START,
  minutes(10 * 1440, (i) => {
    const bad = i >= 48 * 60 && i < 50 * 60 ? 24 : 0;
    return { good: 100 - bad, total: 100 };
  }),
);

const slo = (clauses: Partial<PolicyClauses>) => ({
  ...{ id: 12, service: "checkout", name: "availability", firstCoveredAt: START },
  definition: sloOf({
    objective: 0.99,
    window: days(10),
    clauses: { postmortemAbove: null, planningAbove: null, exempt: [], ...clauses },
  }),
});
function incident(
  id: string,
  from: number,
  to: number | null,
  incidentClass: string | null = null,
) {
  const resolvedAt = to === null ? null : at(to);
  return { id, startedAt: at(from), resolvedAt, incidentClass } satisfies OwingIncident;
}
function owed(
  clauses: Partial<PolicyClauses>,
  incidents: readonly OwingIncident[],
  of: Partial<OwedInput> & { readonly now?: number } = {},
) {
  const { now = END, ...more } = of;
  const own = slo(clauses);
  const looks = looksOf(own, incidents, now);
  return owedBy({ slo: own, looks, incidents, rows: ROWS, excluded: [], ...more });
}

describe("a postmortem", () => {
  test("is owed by an incident that spent more than the share, and by none that spent just as much", () => {
    const incidents = [incident("a", 48, 50), incident("b", 100, 101)];
    expect(owed({ postmortemAbove: 0.19 }, incidents)).toMatchObject([
      { key: "postmortem:12:a", share: 2880 / BUDGET, above: 0.19 },
    ]);
    expect(owed({ postmortemAbove: 0.2 }, incidents)).toEqual([]);
    expect(owed({}, incidents)).toEqual([]);
  });

  test("is owed while the incident lasts, by what it has spent so far", () => {
    const [item] = owed({ postmortemAbove: 0.05 }, [incident("a", 48, null)], { now: at(49) });
    const budgetNow = 14_400; // 49 hours of the same traffic, taken to go on.
    expect(item?.share).toBeCloseTo(1440 / budgetNow, 9);
  });

  test("is not owed by two that share what was spent, each below the share", () => {
    const both = [incident("a", 48, 50), incident("b", 48, 50)];
    expect(owed({ postmortemAbove: 0.15 }, both)).toEqual([]);
  });

  test("is not owed for what does not count, or is out of the window", () => {
    const excluded = [{ from: at(48), to: at(50) }];
    expect(owed({ postmortemAbove: 0.05 }, [incident("a", 48, 50)], { excluded })).toEqual([]);
    const gone = looksOf(slo({ postmortemAbove: 0.1 }), [incident("a", 48, 50)], at(48) + 10 * DAY);
    expect(gone).toEqual([]);
  });

  test("is not owed while nothing is known of the budget", () => {
    expect(owed({ postmortemAbove: 0.01 }, [incident("a", 48, 50)], { rows: [] })).toEqual([]);
  });
});

describe("planned work", () => {
  const two = [incident("a", 48, 49, "dependency"), incident("b", 49, 50, "dependency")];

  test("is owed for a class whose incidents spent more than the share of a quarter together", () => {
    const quarter = BUDGET * 9;
    const items = owed({ planningAbove: 0.02 }, two);
    expect(items).toMatchObject([{ key: "planning:12:dependency:2026-Q1", above: 0.02 }]);
    expect(items[0]?.share).toBeCloseTo(2880 / quarter, 9);
    expect(owed({ planningAbove: 0.03 }, two)).toEqual([]);
  });

  test("has the budget of its own quarter, whatever did not count in the one before", () => {
    const excluded = [{ from: START - 28 * DAY, to: START }];
    const [item] = owed({ planningAbove: 0.02 }, two, { excluded });
    expect(item?.share).toBeCloseTo(2880 / (BUDGET * 9), 9);
  });

  test("is owed by class: one that is not said counts for none", () => {
    const [a, b] = two;
    if (!a || !b) throw new RangeError("two");
    const apart = [a, { ...b, incidentClass: "capacity" }];
    expect(owed({ planningAbove: 0.015 }, apart)).toEqual([]);
    expect(owed({ planningAbove: 0.01 }, apart)).toHaveLength(2);
    expect(owed({ planningAbove: 0.01 }, [{ ...a, incidentClass: null }])).toEqual([]);
  });

  test("is looked for in a quarter that ended in the last week as well", () => {
    const old = incident("a", -20, -19, "dependency");
    const quarters = (now: number) =>
      looksOf(slo({ planningAbove: 0.2 }), [old], now).map((look) => [look.from, look.to]);
    expect(quarters(START + 6 * DAY)).toEqual([[Date.UTC(2025, 9, 1), START]]);
    expect(quarters(START + 8 * DAY)).toEqual([]);
  });
});

test.each([
  [30 * DAY, 23 * DAY],
  [14 * DAY, 7 * DAY],
  [4 * DAY, 2 * DAY],
  [MINUTE, MINUTE / 2],
])("an exception of %d ms is told to end after %d", (lasts, told) => {
  expect(expiryNoticeAt({ askedAt: START, expiresAt: START + lasts }) - START).toBe(told);
});
