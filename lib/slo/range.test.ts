import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate } from "#lib/slo/evaluate.ts";
import { evaluateRange, type FiringInterval, pointsOf, windowReader } from "#lib/slo/range.ts";
import type { RecordedState } from "#lib/slo/recorded.ts";
import { gridAt } from "#lib/slo/resolution.ts";
import { inputAt, type Minute, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const good = { good: 1000, total: 1000 };
const bad = { good: 0, total: 1000 };
const CLEAN = (3 * DAY) / MINUTE;
const OUTAGE_AT = START + 3 * DAY;
/** Three clean days, then a full outage. */
const outage = rowsOf(
  START,
  minutes(CLEAN + 400, (i) => (i < CLEAN ? good : bad)),
);
const starts = (objective: number, tier: string) =>
  evaluateRange(sloOf({ objective }), outage, OUTAGE_AT, OUTAGE_AT + 400 * MINUTE)
    .filter((f) => f.tier === tier)
    .map((f) => f.startedAt - OUTAGE_AT);

describe("a full outage from a clean window", () => {
  // Continuous times of the definition, in seconds; with minute data: up to the next minute.
  test.each([
    [0.9, null, 12_960],
    [0.95, 2592, 6480],
    [0.99, 518.4, 1296],
    [0.995, 259.2, 648],
    [0.999, 51.84, 129.6],
    [0.9999, 5.18, 13],
  ])("at %d fires page-fast after %s s and page-slow after %s s", (objective, fast, slow) => {
    const next = (s: number | null) =>
      s === null ? [] : [(Math.floor(s / 60 + 1e-9) + 1) * MINUTE];
    expect(starts(objective, "page-fast")).toEqual(next(fast));
    expect(starts(objective, "page-slow")).toEqual(next(slow));
  });

  test("that ends clears when the short window is clean enough", () => {
    const rows = rowsOf(
      START,
      minutes(CLEAN + 120, (i) => (i < CLEAN || i >= CLEAN + 10 ? good : bad)),
    );
    const fired = evaluateRange(sloOf(), rows, OUTAGE_AT, OUTAGE_AT + 2 * HOUR);
    // 14.4 x 0.1 % over 5 min is under one minute: clean after five good minutes.
    expect(fired[0]).toEqual({
      tier: "page-fast",
      severity: "page",
      startedAt: OUTAGE_AT + MINUTE,
      endedAt: OUTAGE_AT + 15 * MINUTE,
    });
  });

  test("that goes on is still firing at the end of the range", () => {
    const fired = evaluateRange(sloOf(), outage, OUTAGE_AT, OUTAGE_AT + HOUR);
    expect(fired.every((f) => f.endedAt === null)).toBe(true);
    expect(fired.map((f) => f.tier)).toContain("page-fast");
  });
});

test("a source outage holds what fires and what does not", () => {
  const rows = rowsOf(
    START,
    minutes(CLEAN + 120, (i) =>
      i < CLEAN ? good : i < CLEAN + 20 ? bad : i < CLEAN + 50 ? null : good,
    ),
  );
  const fast = evaluateRange(sloOf(), rows, OUTAGE_AT, OUTAGE_AT + 2 * HOUR)[0];
  expect(fast?.startedAt).toBe(OUTAGE_AT + MINUTE);
  // Data is back after 50 minutes; the hour is known again when at most 6 minutes are missing in it.
  expect(fast?.endedAt).toBeGreaterThan(OUTAGE_AT + 50 * MINUTE);
});

test("over thinned rows, tiers whose windows are finer stay silent", () => {
  const hourly = outage.filter((row) => (row.at - START) % HOUR === 0);
  const now = OUTAGE_AT + 100 * DAY;
  const fired = evaluateRange(sloOf(), hourly, OUTAGE_AT, OUTAGE_AT + 6 * HOUR, gridAt(now));
  expect(new Set(fired.map((f) => f.tier))).toEqual(new Set(["ticket-fast", "ticket-slow"]));
});

test("the grid starts at its first point and changes step on the way", () => {
  expect([...pointsOf(61_000, 240_000, MINUTE)]).toEqual([120_000, 180_000, 240_000]);
  const coarseFirst = (at: number) => (at < 10 * MINUTE ? 5 * MINUTE : MINUTE);
  const points = [...pointsOf(0, 12 * MINUTE, coarseFirst)].map((at) => at / MINUTE);
  expect(points).toEqual([0, 5, 10, 11, 12]);
});

describe("properties", () => {
  const stretch = fc.record({
    length: fc.integer({ min: 1, max: 90 }),
    what: fc.constantFrom("good", "bad", "gap", "idle", "some", "few"),
  });
  const minuteOf: Record<string, Minute> = {
    good,
    bad,
    gap: null,
    idle: { good: 0, total: 0 },
    some: { good: 950, total: 1000 },
    few: { good: 0, total: 1 },
  };
  const history = fc
    .array(stretch, { minLength: 1, maxLength: 10 })
    .map((list) => list.flatMap((s) => minutes(s.length, () => minuteOf[s.what] ?? null)));
  const definition = fc.constantFrom(
    sloOf(),
    sloOf({ objective: 0.9 }),
    sloOf({ alerting: { minBadEvents: 50, page: true, ticket: false } }),
    sloOf({ objective: 0.99, sli: { kind: "ratio", query: "x", counts: "bad" } }),
  );

  test("evaluating a range equals evaluating minute by minute", () => {
    fc.assert(
      fc.property(definition, history, (slo, list) => {
        const before = minutes((3 * DAY) / MINUTE, () => good);
        const rows = rowsOf(START, [...before, ...list]);
        const to = OUTAGE_AT + list.length * MINUTE;
        const found = evaluateRange(slo, rows, OUTAGE_AT, to);
        expect(byTier(found)).toEqual(byTier(minuteByMinute(slo, rows, OUTAGE_AT, to)));
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  test("moving along the rows reads what looking up does", () => {
    fc.assert(
      fc.property(history, fc.constantFrom(5 * MINUTE, HOUR, DAY), (list, windowMs) => {
        const rows = rowsOf(START, list);
        const read = windowReader(rows, windowMs);
        for (const at of pointsOf(START - HOUR, START + list.length * MINUTE + HOUR, MINUTE)) {
          expect(read(at)).toEqual(countsOf(rows, at, windowMs));
        }
      }),
      { numRuns: 20 },
    );
  });

  function byTier(intervals: readonly FiringInterval[]): string[] {
    return intervals.map((f) => `${f.tier} ${f.startedAt} ${f.endedAt}`).sort();
  }

  /** Recorded evaluations, one after the other, as the worker makes them. */
  function minuteByMinute(
    slo: ReturnType<typeof sloOf>,
    rows: readonly TotalsRow[],
    from: number,
    to: number,
  ): FiringInterval[] {
    const intervals: FiringInterval[] = [];
    let open = new Map<string, FiringInterval>();
    let previous: RecordedState | null = null;
    for (let at = from; at <= to; at += MINUTE) {
      const { next, firing } = evaluate(inputAt(rows, at, { definition: slo, previous }));
      const now = new Map(
        firing.map((f) => [
          f.tier,
          { tier: f.tier, severity: f.severity, startedAt: f.since, endedAt: null },
        ]),
      );
      for (const [tier, f] of open) if (!now.has(tier)) intervals.push({ ...f, endedAt: at });
      open = now;
      previous = next;
    }
    return [...intervals, ...open.values()];
  }
});
