import { expect, test } from "vitest";
import { objectiveInWords } from "#components/slo/detail/objective.ts";
import { headFor } from "#components/slo/detail/testing.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

test.each([
  [undefined, "99.9 % of events over 30 days"],
  [
    { method: "timeslices", target: 0.95, windowMs: 5 * MINUTE } as const,
    "99.9 % of minutes over 30 days, in slices of 5m that are good at 95 %",
  ],
  [
    { method: "ratioTimeslices", windowMs: HOUR } as const,
    "99.9 % of minutes over 30 days, in slices of 1h, each by its ratio",
  ],
])("%j: %s", (budgeting, words) => {
  expect(objectiveInWords({ ...headFor().definition, budgeting })).toBe(words);
});
