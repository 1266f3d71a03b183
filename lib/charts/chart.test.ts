import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChartInput, chartOf } from "#lib/charts/chart.ts";
import { gapsOf } from "#lib/charts/gaps.ts";
import { aheadOf, project } from "#lib/charts/projection.ts";
import { evaluate } from "#lib/slo/evaluate.ts";
import { inputAt, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const FINE = { good: 100, total: 100 };
const OUTAGE = { good: 0, total: 100 };

/** A chart of the last `hours` of these minutes. */
function chart(
  of: readonly ({ good: number; total: number } | null)[],
  hours: number,
  parts: Partial<ChartInput> = {},
) {
  const end = START + of.length * MINUTE;
  return chartOf({
    definition: sloOf(),
    rows: rowsOf(START, of),
    firstCoveredAt: START,
    from: end - hours * HOUR,
    to: end,
    end,
    now: end + MINUTE,
    outlook: { budgetTotal: 4320, pace: null, turns: [], known: true },
    alerts: [],
    versions: [],
    ...parts,
  });
}

describe("bins", () => {
  test("cover the range without hole or overlap, and their counts add up", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ good: fc.nat(100), bad: fc.nat(10) }), {
          minLength: 240,
          maxLength: 400,
        }),
        (counts) => {
          const view = chart(
            counts.map(({ good, bad }) => ({ good, total: good + bad })),
            3,
          );
          const last = counts.slice(-180);
          expect(view.bins[0]?.from).toBe(view.from);
          expect(view.bins.at(-1)?.at).toBe(view.to);
          for (const [i, bin] of view.bins.slice(1).entries())
            expect(bin.from).toBe(view.bins[i]?.at);
          expect(view.bins.reduce((sum, bin) => sum + bin.good, 0)).toBe(
            last.reduce((sum, minute) => sum + minute.good, 0),
          );
          expect(view.bins.reduce((sum, bin) => sum + bin.covered, 0)).toBe(180);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("are at most 481, whatever the range", () => {
    for (const hours of [1, 5, 26, 24 * 9, 24 * 20]) {
      expect(
        chart(
          minutes(20 * 1440, () => FINE),
          hours,
        ).bins.length,
      ).toBeLessThanOrEqual(481);
    }
  });

  test("show five bad minutes in twenty days: the fall, the burn and the worst moment", () => {
    const bad = 10 * 1440;
    const view = chart(
      minutes(20 * 1440, (i) => (i >= bad && i < bad + 5 ? OUTAGE : FINE)),
      480,
    );
    const fiveMinutes = view.burnWindows.indexOf("5m");
    const peak = Math.max(...view.bins.map((bin) => bin.burn[fiveMinutes] ?? 0));
    expect(peak).toBeCloseTo(1000, 6);
    expect(Math.min(...view.bins.map((bin) => bin.worst ?? 1))).toBe(0);
    const before = view.bins.find((bin) => bin.at >= START + bad * MINUTE - HOUR);
    const after = view.bins.find((bin) => bin.from >= START + (bad + 5) * MINUTE);
    expect((before?.remaining ?? 0) - (after?.remaining ?? 0)).toBeGreaterThan(0.1);
  });

  test("are not known while the source is silent, and the gap is named", () => {
    const silent = (i: number) => (i >= 300 && i < 360 ? null : FINE);
    const view = chart(minutes(600, silent), 10);
    expect(view.gaps).toEqual([{ from: START + 300 * MINUTE, to: START + 360 * MINUTE }]);
    const inside = view.bins.filter(
      (b) => b.from >= START + 310 * MINUTE && b.at <= START + 360 * MINUTE,
    );
    expect(inside.length).toBeGreaterThan(0);
    for (const bin of inside) expect(bin).toMatchObject({ remaining: null, sli: null, covered: 0 });
  });

  test("end with the budget of the very minute in which the range ends", () => {
    const all = minutes(20 * 1440 + 3, (i) => (i > 20 * 1440 ? OUTAGE : FINE));
    const view = chart(all, 480);
    const end = START + all.length * MINUTE;
    const now = evaluate(inputAt(rowsOf(START, all), end)).status;
    expect(view.bins.at(-1)?.remaining).toBeCloseTo(now.remaining ?? Number.NaN, 5);
    expect(view.bins.at(-1)?.total).toBe(300);
  });

  test("end where a range ends between two steps", () => {
    const end = START + 599 * MINUTE;
    const view = chart(
      minutes(600, () => FINE),
      8,
      { from: START + 7 * MINUTE, to: end },
    );
    expect(view.bins[0]?.from).toBe(START + 7 * MINUTE);
    expect(view.bins.at(-1)?.at).toBe(end);
  });
});

describe("the beginning of history", () => {
  test("is shown when it lies in the range", () => {
    expect(
      chart(
        minutes(120, () => FINE),
        6,
      ).historyFrom,
    ).toBe(START);
    expect(
      chart(
        minutes(600, () => FINE),
        6,
      ).historyFrom,
    ).toBeNull();
  });

  test("is no gap", () => {
    const rows = rowsOf(
      START,
      minutes(60, () => FINE),
    );
    expect(gapsOf(rows, { from: START - DAY, to: START + HOUR })).toEqual([]);
  });
});

test("data that stops is a gap up to the end of the range", () => {
  const rows = rowsOf(
    START,
    minutes(60, () => FINE),
  );
  const end = START + 3 * HOUR;
  expect(gapsOf(rows, { from: START, to: end })).toEqual([{ from: START + HOUR, to: end }]);
});

describe("the projection", () => {
  const rows = rowsOf(
    START,
    minutes(2 * 1440, (i) => (i < 60 ? OUTAGE : FINE)),
  );
  const at = START + 2 * DAY;
  const input = { at, windowMs: 3 * DAY, budgetTotal: 6000, pace: null };

  test("begins at the present and recovers as old failures leave the window", () => {
    const ahead = project(input, rows, 2 * DAY);
    expect(ahead[0]).toEqual({ at, clean: 0, pace: null });
    expect(ahead.at(-1)?.clean).toBe(1);
  });

  test("at a pace is never better than clean", () => {
    for (const { clean, pace } of project({ ...input, pace: 0.01 / MINUTE }, rows, DAY)) {
      expect(pace).toBeLessThanOrEqual(clean);
    }
  });

  test("is absent in a range that ends in the past", () => {
    const end = START + 600 * MINUTE;
    expect(
      chart(
        minutes(600, () => FINE),
        2,
        { to: end - HOUR },
      ).projection,
    ).toEqual([]);
    expect(
      chart(
        minutes(600, () => FINE),
        2,
      ).projection.length,
    ).toBeGreaterThan(0);
  });

  test("is absent while the numbers are unknown", () => {
    const outlook = { budgetTotal: 4320, pace: null, turns: [], known: false };
    expect(
      chart(
        minutes(600, () => FINE),
        2,
        { outlook },
      ).projection,
    ).toEqual([]);
  });

  test("reaches as far as the next turn, but never a third of the range", () => {
    expect(aheadOf(30 * DAY, at, [null])).toBe(5 * DAY);
    expect(aheadOf(30 * DAY, at, [at + 8 * DAY])).toBeCloseTo(8.64 * DAY);
    expect(aheadOf(30 * DAY, at, [at + 20 * DAY])).toBe(5 * DAY);
  });
});
