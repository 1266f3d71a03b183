import { expect, test } from "vitest";
import { days, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";
import { comparedFrom } from "#lib/whatif/history.ts";
import { windowEnds } from "#lib/whatif/pastWindows.ts";
import { replay } from "#lib/whatif/replay.ts";
import { sideOf } from "#lib/whatif/side.ts";
import { suggestObjective } from "#lib/whatif/suggestion.ts";

/** The worked example of docs/what-if.md: 45 days of 1,000 requests a minute, two hours of outage ten days ago. */
const to = START + 45 * DAY;
const DOWN = 35 * 1440;
const rows = rowsOf(
  START,
  minutes(45 * 1440, (i) => ({ good: i >= DOWN && i < DOWN + 120 ? 0 : 1000, total: 1000 })),
);

test.each([
  [0.99, 30, 432_000, 0.2778, 0.2778, 0],
  [0.999, 30, 43_200, 2.7778, 2.7778, 10],
  [0.999, 7, 10_080, 0, 11.9048, 7.07],
])("at %d over %d d %d may fail", (objective, length, budgetTotal, spent, most, frozenDays) => {
  const slo = sloOf({ objective, window: days(length) });
  const from = comparedFrom([slo, sloOf()], { to, firstCoveredAt: START });
  const history = {
    ...{ rows, excluded: [], firstCoveredAt: START, lastCoveredAt: to, from, to, now: to },
    ...{ before: null, noTrafficSince: null },
  };
  const found = replay(slo, history);
  const side = sideOf(found, []);
  expect(side.now.budgetTotal).toBeCloseTo(budgetTotal, 6);
  expect(side.now.consumed).toBeCloseTo(spent, 4);
  expect(1 - Math.min(...found.points.map(({ remaining }) => remaining ?? 1))).toBeCloseTo(most, 4);
  expect(side.blockedMs / DAY).toBeCloseTo(frozenDays, 1);
  const since = found.spans.find(({ blocks }) => blocks)?.from;
  if (length === 30 && frozenDays > 0) expect(since).toBe(START + (DOWN + 45) * MINUTE);
});

test("99.5 % is suggested", () => {
  const definition = sloOf({ window: days(30) });
  const ends = windowEnds(definition.window, { firstCoveredAt: START, to });
  const about = { definition, rows, excluded: [], firstCoveredAt: START, ends };
  const found = suggestObjective({ ...about, knownMs: to - START });
  if (found.kind !== "objective") throw new Error("none");
  expect(found).toMatchObject({ objective: 0.995, limit: "spent" });
  expect(found.worst.consumed).toBeCloseTo(0.5556, 4);
  expect(found.worst.budgetTotal).toBeCloseTo(216_000, 6);
});
