import { expect, test } from "vitest";
import { remainingSeries } from "#lib/slo/series.ts";
import { days, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import { consumedLine, lineEnds, lineSpan } from "#lib/whatif/line.ts";

const to = START + 2 * DAY;
const rows = rowsOf(
  START,
  minutes(2 * 1440, (i) => (i < 60 ? { good: 90, total: 100 } : { good: 100, total: 100 })),
);

test("a line ends at the present number and has a value for each of its bins", () => {
  const slo = sloOf({ objective: 0.99, window: days(1) });
  const span = lineSpan({ from: START, to, now: to });
  const points = remainingSeries(slo, rows, START, { from: START, to, grid: 5 * MINUTE });
  const line = consumedLine(points, span);
  expect(line).toHaveLength(lineEnds(span).length);
  expect(lineEnds(span).at(-1)).toBe(to);
  // Ten of a hundred failed for the first hour: ten times the even spend for a 24th of the window.
  expect(line[3]).toBeCloseTo(10 / 24, 5);
  expect(line.at(-1)).toBe(0);
});

test("what was not known has no value", () => {
  const span = lineSpan({ from: START, to, now: to });
  expect(consumedLine([], span).every((value) => value === null)).toBe(true);
});

test.each([
  [2 * DAY, 0, 15 * MINUTE],
  [30 * DAY, 0, 3 * HOUR],
  [10 * DAY, 200 * DAY, HOUR],
  [400 * DAY, 0, 2 * DAY],
])("a line over %d ms that ended %d ms ago has bins of %d ms", (spanMs, ageMs, stepMs) => {
  const end = START + spanMs;
  expect(lineSpan({ from: START, to: end, now: end + ageMs }).stepMs).toBe(stepMs);
});
