import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reaches } from "#lib/slo/compare.ts";
import { type ForecastInput, forecast, rowsMatter } from "#lib/slo/forecast.ts";
import { minutes, rowsOf, START } from "#lib/slo/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const WINDOW = DAY;
const LENGTH = WINDOW / MINUTE;
const AT = START + WINDOW;

/** A day in which each of these minutes had so many bad events. */
const rowsWith = (bad: ReadonlyMap<number, number>) =>
  rowsOf(
    START,
    minutes(LENGTH, (i) => ({ good: 1000 - (bad.get(i) ?? 0), total: 1000 })),
  );
const inputFor = (bad: ReadonlyMap<number, number>, parts: Partial<ForecastInput> = {}) => ({
  at: AT,
  windowMs: WINDOW,
  bad: [...bad.values()].reduce((sum, n) => sum + n, 0),
  budgetTotal: 100,
  pace: 0,
  liftsBelow: null,
  ...parts,
});

describe("recovery", () => {
  const bad = new Map([
    [10, 60],
    [700, 60],
  ]);

  test("comes when enough old bad events have rolled off", () => {
    const { recoversAt, exhaustsAt } = forecast(inputFor(bad), rowsWith(bad));
    expect(recoversAt).toBe(START + 11 * MINUTE + WINDOW);
    expect(exhaustsAt).toBeNull();
  });

  test("of the block waits for the hysteresis", () => {
    const edge = new Map([
      [10, 1],
      [20, 0.5],
      [700, 99],
    ]);
    const input = inputFor(edge, { liftsBelow: 0.99 });
    const { recoversAt, liftsAt } = forecast(input, rowsWith(edge));
    expect(recoversAt).toBe(START + 11 * MINUTE + WINDOW);
    expect(liftsAt).toBe(START + 701 * MINUTE + WINDOW);
  });

  test("of a block that is only kept by hysteresis is forecast too", () => {
    const kept = new Map([[10, 99.5]]);
    const input = inputFor(kept, { liftsBelow: 0.99 });
    expect(forecast(input, rowsWith(kept))).toMatchObject({
      recoversAt: null,
      liftsAt: START + 11 * MINUTE + WINDOW,
    });
  });

  test("without rows is a whole window away: by then everything has rolled off", () => {
    expect(forecast(inputFor(bad), []).recoversAt).toBe(AT + WINDOW);
  });

  test("from thinned rows is never early and at most one row late", () => {
    const thinned = rowsWith(bad).filter((row) => (row.at - START) % (5 * MINUTE) === 0);
    expect(forecast(inputFor(bad), thinned).recoversAt).toBe(START + 15 * MINUTE + WINDOW);
  });
});

describe("exhaustion", () => {
  test("comes when the pace has spent what is left", () => {
    const bad = new Map([[1439, 40]]);
    const input = inputFor(bad, { pace: 10 / HOUR });
    expect(forecast(input, rowsWith(bad)).exhaustsAt).toBe(AT + 6 * HOUR);
  });

  test("does not come when old events roll off faster than new ones arrive", () => {
    const bad = new Map(Array.from({ length: LENGTH }, (_, i) => [i, 90 / LENGTH]));
    const input = inputFor(bad, { pace: 90 / WINDOW });
    expect(rowsMatter(input)).toBe(true);
    expect(forecast(input, rowsWith(bad)).exhaustsAt).toBeNull();
  });

  test("does not come in the minute in which enough rolls off", () => {
    const bad = new Map([[99, 40]]);
    const input = inputFor(bad, { pace: 0.6 / MINUTE });
    // 60 new ones would meet the old 40 after 100 minutes, just when those leave.
    expect(forecast(input, rowsWith(bad)).exhaustsAt).toBe(AT + 167 * MINUTE);
  });

  test("without rows is forecast as if nothing rolled off", () => {
    const input = inputFor(new Map([[99, 40]]), { pace: 0.6 / MINUTE });
    expect(forecast(input, []).exhaustsAt).toBe(AT + 100 * MINUTE);
  });

  test("without a known pace is not forecast", () => {
    expect(forecast(inputFor(new Map([[5, 99]]), { pace: null }), []).exhaustsAt).toBeNull();
  });
});

describe("equals asking minute by minute", () => {
  const history = fc.array(fc.tuple(fc.nat(LENGTH - 1), fc.integer({ min: 1, max: 80 })), {
    maxLength: 12,
  });
  const paces = fc.integer({ min: 0, max: 400 });

  test("for exhaustion, recovery and lifting", () => {
    fc.assert(
      fc.property(history, paces, fc.boolean(), (list, inSixHours, blocks) => {
        const bad = new Map(list);
        const pace = inSixHours / (6 * HOUR);
        const input = inputFor(bad, { pace, liftsBelow: blocks ? 0.99 : null });
        const found = forecast(input, rowsWith(bad));
        const left = leftAfter(bad);
        const spent = reaches(input.bad / 100, 1);
        const going = (k: number) => reaches(((left[k] ?? 0) + k * MINUTE * pace) / 100, 1);
        const below = (share: number) => (k: number) => !reaches((left[k] ?? 0) / 100, share);
        expect(found.exhaustsAt).toBe(spent ? null : first(going));
        expect(found.recoversAt).toBe(spent ? first(below(1)) : null);
        expect(found.liftsAt).toBe(blocks ? first(below(0.99)) : null);
      }),
      { numRuns: 200 },
    );
  });

  test("and rows are asked for whenever they would answer anything", () => {
    fc.assert(
      fc.property(history, paces, (list, inSixHours) => {
        const bad = new Map(list);
        const input = inputFor(bad, { pace: inSixHours / (6 * HOUR) });
        fc.pre(!rowsMatter(input));
        const left = leftAfter(bad);
        const going = (k: number) => reaches(((left[k] ?? 0) + (k * inSixHours) / 360) / 100, 1);
        expect(first(going)).toBeNull();
      }),
    );
  });

  /** Bad events still in the window after k minutes, k = 0 … LENGTH. */
  function leftAfter(bad: ReadonlyMap<number, number>): number[] {
    const left = [[...bad.values()].reduce((sum, n) => sum + n, 0)];
    for (let i = 0; i < LENGTH; i++) left.push((left[i] ?? 0) - (bad.get(i) ?? 0));
    return left;
  }

  function first(holds: (k: number) => boolean): number | null {
    for (let k = 0; k <= LENGTH; k++) if (holds(k)) return AT + k * MINUTE;
    return null;
  }
});

describe("in a calendar period", () => {
  const resetsAt = AT + 10 * DAY;
  const calendar = (bad: number, parts: Partial<ForecastInput> = {}) =>
    forecast(inputFor(new Map([[10, bad]]), { resetsAt, ...parts }), []);

  test("nothing rolls off: a spent budget is whole again when the next period begins", () => {
    expect(calendar(120, { liftsBelow: 0.99 })).toEqual({
      exhaustsAt: null,
      recoversAt: resetsAt,
      liftsAt: resetsAt,
    });
  });

  test("the pace spends what is left, if the period lasts so long", () => {
    const pace = 10 / DAY;
    expect(calendar(60, { pace }).exhaustsAt).toBe(AT + 4 * DAY);
    expect(calendar(1, { pace: 9.9 / DAY }).exhaustsAt).toBeNull();
    expect(calendar(60, { pace: null }).exhaustsAt).toBeNull();
  });

  test("no rows are needed for it", () => {
    expect(rowsMatter(inputFor(new Map([[10, 120]]), { resetsAt }))).toBe(false);
  });
});
