import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import { budgetFor } from "#lib/slo/budget.ts";
import { type OutlookInput, outlook } from "#lib/slo/outlook.ts";
import { days, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import { countsOf } from "#lib/slo/windows.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Two days at 99.9 % in a one-day window; 1.44 bad minutes spend the budget. */
const history = (bad: readonly number[]) =>
  rowsOf(
    START,
    minutes(2880, (i) => ({ good: bad.includes(i) ? 0 : 1000, total: 1000 })),
  );
const AT = START + 2 * DAY;
const definition = sloOf({ window: days(1), policy: DEFAULT_POLICY });

function read(bad: readonly number[], parts: Partial<OutlookInput> = {}) {
  const rows = history(bad);
  const counts = countsOf(rows, AT, DAY);
  if (!counts) throw new Error("minute rows are never too coarse");
  const budget = budgetFor({ definition, counts, at: AT, firstCoveredAt: START });
  const policy = { policyState: "Healthy", blocks: false };
  const input = { definition, at: AT, budget, counts: {}, policy, exhaustedSince: null, rows };
  return outlook({ ...input, ...parts });
}

describe("exhaustedSince", () => {
  const minute = (m: number) => START + m * MINUTE;

  test("is the minute in which the budget went, read from the rows", () => {
    expect(read([2000, 2100, 2200]).exhaustedSince).toBe(minute(2101));
  });

  test("is the beginning of the present exhaustion, not of an earlier one", () => {
    expect(read([10, 20, 2000, 2100]).exhaustedSince).toBe(minute(2101));
  });

  test("that was recorded is kept", () => {
    const exhaustedSince = minute(1234);
    expect(read([2000, 2100], { exhaustedSince }).exhaustedSince).toBe(exhaustedSince);
  });

  test("without record and rows is now", () => {
    expect(read([2000, 2100], { rows: undefined }).exhaustedSince).toBe(AT);
  });

  test("is null while some budget is left, whatever was recorded", () => {
    expect(read([2000], { exhaustedSince: minute(5) }).exhaustedSince).toBeNull();
  });
});

describe("the pace", () => {
  const sixHours = { good: 359_600, total: 360_000, covered: 360 };

  test("is that of the last six hours", () => {
    // 1000 of 1440 are spent; 400 in six hours spend the rest in 6.6 hours.
    const { exhaustsAt } = read([2800], { counts: { "6h": sixHours } });
    expect(exhaustsAt).toBe(AT + 6.6 * HOUR);
  });

  test("is that of the alert's window while it fires and burns faster", () => {
    // 200 in the last hour spend the other 440 in 2.2 hours.
    const hour = { good: 59_800, total: 60_000, covered: 60 };
    const counts = { "6h": sixHours, "1h": hour };
    const alerting = { label: "1h", ms: HOUR };
    expect(read([2800], { counts, alerting })).toMatchObject({
      exhaustsAt: AT + 2.2 * HOUR,
      paceOver: "1h",
    });
    expect(read([2800], { counts }).paceOver).toBe("6h");
  });

  test("is not known while minutes of those hours are missing", () => {
    const counts = { "6h": { ...sixHours, covered: 300 } };
    expect(read([2800], { counts }).exhaustsAt).toBeNull();
  });
});
