import { expect, test } from "vitest";
import { countApart } from "#lib/exclusions/apart.ts";
import { minutes, rowsOf, START } from "#lib/slo/testing.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

/** Two hours of 100 a minute; in the second hour ten of them fail. */
const rows = rowsOf(
  START,
  minutes(120, (i) => ({ good: i < 60 ? 100 : 90, total: 100 })),
);
const end = START + 2 * HOUR;
const of = (from: number, to: number | null, budgetTotal: number | null = 1000) =>
  countApart(rows, { from, to, end, budgetTotal });

test("counts the bad events of a time, and their share of the budget", () => {
  const from = START + HOUR - 5 * MINUTE;
  expect(of(from, from + 10 * MINUTE)).toEqual({ bad: 50, total: 1000, share: 0.05 });
});

test("what still runs is counted to the newest minute", () => {
  expect(of(START + HOUR, null)).toEqual({ bad: 600, total: 6000, share: 0.6 });
  expect(of(START + HOUR, end + HOUR)).toEqual(of(START + HOUR, null));
});

test("the share is not known without a budget", () => {
  expect(of(START, end, null)).toMatchObject({ bad: 600, share: null });
});

test("before it begins, before history and without any there is nothing to count", () => {
  expect(of(end, end + HOUR)).toBeNull();
  expect(of(START - HOUR, START - MINUTE)).toBeNull();
  expect(countApart([], { from: START, to: end, end, budgetTotal: 1 })).toBeNull();
});
