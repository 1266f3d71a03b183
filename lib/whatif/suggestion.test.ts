import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { budgetOfRows } from "#lib/slo/budgetOfRows.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import { days, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { calendarWindow } from "#lib/spec/calendar.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import { pastBudget, pastWindows, windowEdges, windowEnds } from "#lib/whatif/pastWindows.ts";
import { type Suggestion, suggestObjective } from "#lib/whatif/suggestion.ts";
import { suggestionReason } from "#lib/whatif/suggestionWords.ts";

/** Hours of history, each with so many events of which so many fail. */
function hours(count: number, of: (hour: number) => { bad: number; total: number }): TotalsRow[] {
  let row: TotalsRow = { at: START, good: 0, total: 0, covered: 0 };
  const rows = [row];
  for (let hour = 0; hour < count; hour++) {
    const { bad, total } = of(hour);
    const { good, total: before, covered } = row;
    row = {
      at: START + (hour + 1) * HOUR,
      good: good + total - bad,
      total: before + total,
      covered: covered + 60,
    };
    rows.push(row);
  }
  return rows;
}

const slo = sloOf({ window: days(30) });

function suggest(rows: readonly TotalsRow[], definition: SloDefinition = slo): Suggestion {
  const to = rows.at(-1)?.at ?? START;
  const ends = windowEnds(definition.window, { firstCoveredAt: START, to });
  const knownMs = to - START;
  return suggestObjective({ definition, rows, excluded: [], firstCoveredAt: START, ends, knownMs });
}

/** 100 days, 1,000 events an hour, of which `bad` fail each hour, and once all for `outage` hours. */
const steady = (bad: number, outage = 0) =>
  hours(2400, (hour) => ({ bad: hour >= 1000 && hour < 1000 + outage ? 1000 : bad, total: 1000 }));

describe("the objective that is suggested", () => {
  // 720 windows' hours: one hour of outage is 1/720 of a window, 0.139 %.
  test.each([
    ["half a per mille that fails", 0.5, 0, 0.999, "spent"],
    ["two hours of outage", 0, 2, 0.995, "spent"],
    ["one hour of outage and a little", 0.1, 1, 0.998, "spent"],
    ["a tenth that fails", 70, 0, 0.9, "spent"],
    ["nothing that fails", 0, 0, 0.99999, "highest"],
  ])(
    "after %s is the highest kept with a quarter to spare",
    (_what, bad, outage, objective, limit) => {
      expect(suggest(steady(bad, outage))).toMatchObject({ kind: "objective", objective, limit });
    },
  );

  test("keeps three quarters at most in the worst window, and tells of the typical one", () => {
    const found = suggest(steady(0.1, 1));
    if (found.kind !== "objective") throw new Error("none");
    // 1,000 in the outage and 0.1 in each other hour, of 720,000 events of which 1,440 may fail.
    expect(found.worst.consumed).toBeCloseTo((1000 + 719 * 0.1) / 1440, 9);
    expect(found.worst.sli).toBeCloseTo(1 - 1071.9 / 720_000, 12);
    expect(found.typical.consumed).toBeCloseTo(72 / 1440, 9);
    expect(found.typical.budgetTotal).toBeCloseTo(1440, 6);
    expect(found).toMatchObject({ windows: 71, inARow: 100 / 30, unit: "events", window: "30d" });
  });

  test("leaves at least five events to fail in a typical window", () => {
    const rare = hours(2400, () => ({ bad: 0, total: 1 }));
    // 720 events in a window: 1 % is 7.2 of them, 0.5 % is 3.6.
    expect(suggest(rare)).toMatchObject({ kind: "objective", objective: 0.99, limit: "traffic" });
  });

  test("counts the window that runs now, so that a bad today is not overlooked", () => {
    const rows = hours(2400 + 6, (hour) => ({ bad: hour >= 2400 ? 1000 : 0, total: 1000 }));
    expect(suggest(rows)).toMatchObject({ objective: 0.98, worst: { end: START + 2406 * HOUR } });
  });

  test("of a calendar window looks at whole periods and the present one", () => {
    const window = calendarWindow({ unit: "month", count: 1, zone: "UTC", startsAt: null });
    const found = suggest(steady(0.5), sloOf({ window }));
    // January, February and March of 2026 are over after 100 days; April has begun.
    expect(found).toMatchObject({ kind: "objective", objective: 0.999, windows: 4 });
  });
});

describe("a calendar period that is not over", () => {
  const window = calendarWindow({ unit: "month", count: 1, zone: "UTC", startsAt: null });
  const month = sloOf({ window });
  /** January and `more` hours, in each of which so many of 1,000 fail. */
  const monthAnd = (january: number, more: number, bad: number) =>
    hours(31 * 24 + more, (hour) => ({ bad: hour < 31 * 24 ? january : bad, total: 1000 }));

  test("says nothing for an objective while no whole one is known", () => {
    expect(suggest(monthAnd(0, 0, 0).slice(0, 3 * 24), month)).toMatchObject({ kind: "short" });
    expect(suggest(monthAnd(0, 0, 0), month)).toMatchObject({ kind: "objective", windows: 1 });
  });

  test("is not the typical one, though it is the better one yet", () => {
    const found = suggest(monthAnd(0.5, 24, 0), month);
    expect(found).toMatchObject({ windows: 2, objective: 0.999 });
    expect(found.kind === "objective" && found.typical.end).toBe(START + 31 * DAY);
  });

  test("is the worst one where it is worse already", () => {
    const found = suggest(monthAnd(0, 24, 1000), month);
    expect(found.kind === "objective" && found.worst.end).toBe(START + 32 * DAY);
  });
});

describe("no objective is suggested", () => {
  test("before one whole window is known", () => {
    const found = suggest(hours(12 * 24, () => ({ bad: 0, total: 1000 })));
    expect(found).toMatchObject({
      kind: "short",
      knownMs: 12 * DAY,
      neededMs: 30 * DAY,
      windows: 0,
    });
    expect(suggestionReason(found)).toMatch(/^12 of the 30 days of one window are known/);
  });

  test("of next to no traffic", () => {
    const found = suggest(hours(2400, (hour) => ({ bad: 0, total: hour % 24 === 0 ? 1 : 0 })));
    expect(found).toMatchObject({ kind: "traffic" });
    expect(suggestionReason(found)).toMatch(/too little traffic.*only 3 events/);
  });

  test("of no traffic at all", () => {
    expect(suggest(hours(2400, () => ({ bad: 0, total: 0 })))).toMatchObject({
      kind: "short",
      windows: 0,
    });
  });

  test("where even 90 % was missed", () => {
    const found = suggest(steady(200));
    expect(found).toMatchObject({ kind: "missed", worstSli: 0.8 });
    expect(suggestionReason(found)).toMatch(/worst window of 30d had 80 %/);
  });

  test("from windows of which too much is missing", () => {
    const minutes = Array.from({ length: 40 * 1440 }, (_, i) =>
      i % 1440 < 300 ? null : { good: 100, total: 100 },
    );
    const found = suggest(rowsOf(START, minutes));
    expect(found).toMatchObject({ kind: "short", windows: 0 });
    expect(suggestionReason(found)).toMatch(
      /^No whole window of 30d is known in 40 days of history/,
    );
  });
});

describe("the reason", () => {
  test("gives worst, typical, what may fail and what stands against more", () => {
    expect(suggestionReason(suggest(steady(0.1, 1)))).toBe(
      "99.8 % would have been kept in all 71 known windows of 30d: the worst, at 99.851125 %, would have spent 74 % of its budget, a typical one, at 99.99 %, 5 %. It lets 1,440 events fail in a typical window. The next usual one would have lost more than three quarters of a budget.",
    );
  });

  test("calls a short history a first guess", () => {
    const reason = suggestionReason(suggest(hours(40 * 24, () => ({ bad: 0.5, total: 1000 }))));
    expect(reason).toMatch(
      /Only 1.3 windows of 30d are known one after the other: take it as a first guess\.$/,
    );
  });
});

describe("past windows", () => {
  test("are one a day and the present one, all within what is known", () => {
    const to = START + 33 * DAY + 5 * HOUR;
    const ends = windowEnds(days(30), { firstCoveredAt: START, to });
    expect(ends.map((end) => (end - START) / HOUR)).toEqual([720, 744, 768, 792, 797]);
    expect(windowEnds(days(30), { firstCoveredAt: null, to })).toEqual([]);
    expect(windowEnds(days(60), { firstCoveredAt: START, to })).toEqual([]);
  });

  test("read from their edges alone are as read from all rows", () => {
    const spans = fc.array(
      fc.record({ start: fc.nat(1900), length: fc.integer({ min: 1, max: 40 }) }),
      { maxLength: 1 },
    );
    const bads = fc.array(fc.nat(40), { minLength: 1200, maxLength: 2000 });
    fc.assert(
      fc.property(bads, spans, (bad, exclusions) => {
        const measured = hours(bad.length, (hour) => ({ bad: bad[hour] ?? 0, total: 1000 }));
        const excluded = exclusions.map(({ start, length }) => ({
          from: START + start * HOUR,
          to: START + (start + length) * HOUR,
        }));
        const to = START + bad.length * HOUR;
        const ends = windowEnds(slo.window, { firstCoveredAt: START, to });
        const edges = new Set(windowEdges(slo.window, ends, excluded));
        const about = { definition: slo, excluded, firstCoveredAt: START };
        const few = withoutSpans(
          measured.filter(({ at }) => edges.has(at)),
          excluded,
        );
        const all = withoutSpans(measured, excluded);
        const read = pastWindows({ ...about, rows: few, ends });
        expect(read).toEqual(pastWindows({ ...about, rows: all, ends }));
        const last = read.at(-1);
        const now = budgetOfRows({ ...about, rows: all, at: to });
        expect(last && pastBudget(slo.objective, last, about).consumed).toBe(now?.consumed);
      }),
      { numRuns: 25 },
    );
  });

  test("need no row twice", () => {
    const end = START + 40 * DAY;
    const span = { from: START + DAY, to: START + DAY + MINUTE };
    expect(windowEdges(days(30), [end, end + DAY], [span])).toEqual([
      ...[span.from, span.to, end - 30 * DAY, end - 29 * DAY, end, end + DAY],
    ]);
    expect(windowEdges(days(30), [], [span])).toEqual([]);
  });
});
