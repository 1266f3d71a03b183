import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import { evaluate } from "#lib/slo/evaluate.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import { evaluateRange } from "#lib/slo/range.ts";
import { days, inputAt, type Minute, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { calendarWindow } from "#lib/spec/calendar.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";
import { comparedFrom, type History, reachMs } from "#lib/whatif/history.ts";
import { replay } from "#lib/whatif/replay.ts";
import { sideOf } from "#lib/whatif/side.ts";

const good = { good: 100, total: 100 };

function historyOf(rows: readonly TotalsRow[], parts: Partial<History> = {}): History {
  const to = rows.at(-1)?.at ?? START;
  return {
    ...{ rows, excluded: [], firstCoveredAt: START, lastCoveredAt: to, from: START, to, now: to },
    ...{ before: null, noTrafficSince: null },
    ...parts,
  };
}

/** Four days with one outage of `length` minutes at minute `at`. */
function withOutage(at: number, length: number): TotalsRow[] {
  const down = { good: 0, total: 100 };
  return rowsOf(
    START,
    minutes(4 * 1440, (i) => (i >= at && i < at + length ? down : good)),
  );
}

const minute = fc.oneof(
  { weight: 40, arbitrary: fc.constant<Minute>(good) },
  { weight: 5, arbitrary: fc.record({ good: fc.nat(100), total: fc.constant(100) }) },
  { weight: 1, arbitrary: fc.constant<Minute>(null) },
);
const definition = fc.record({
  objective: fc.constantFrom(0.9, 0.95, 0.99, 0.999, 0.9999),
  window: fc.constantFrom(days(1), days(2), calendarOf("week"), calendarOf("month")),
});

function calendarOf(unit: "week" | "month") {
  return calendarWindow({ unit, count: 1, zone: "Europe/Berlin", startsAt: null });
}

describe("the present definition", () => {
  test("replayed over its own history is what evaluations and alerts say", () => {
    const samples = fc.array(minute, { minLength: 300, maxLength: 1800 });
    const property = fc.property(samples, definition, fc.nat(200), (of, parts, start) => {
      const slo = sloOf(parts);
      const measured = rowsOf(START, of);
      const excluded = [{ from: START + start * MINUTE, to: START + (start + 20) * MINUTE }];
      const rows = withoutSpans(measured, excluded);
      const to = START + of.length * MINUTE;
      const first =
        START +
        Math.max(
          0,
          of.findIndex((one) => one !== null),
        ) *
          MINUTE;
      const history = historyOf(rows, { excluded, to, now: to, firstCoveredAt: first });
      const found = replay(slo, { ...history, lastCoveredAt: measured.at(-1)?.at ?? null });
      const { status, detail } = evaluate(inputAt(rows, to, { definition: slo, excluded, rows }));
      const { good, total, consumed, remaining, sli, burn, historyDays, coverage } = status;
      expect(found.now.status).toMatchObject({
        ...{ good, total, consumed, remaining, sli, burn, historyDays, coverage },
        ...{ exhaustsAt: status.exhaustsAt, recoversAt: status.recoversAt },
      });
      expect(found.now.detail.budgetTotal).toBe(detail.budgetTotal);
      expect(found.firings).toEqual(evaluateRange(slo, rows, START, to));
      if (found.now.status.state !== "unknown") {
        expect(found.points.at(-1)).toMatchObject({ at: to, remaining });
        expect(found.spans.at(-1)).toMatchObject({ policyState: found.now.status.policyState });
      }
    });
    fc.assert(property, { numRuns: 60 });
  });

  test("is at the state and alert of its evaluations, minute after minute", () => {
    const rows = withOutage(4 * 1440 - 40, 40);
    const slo = sloOf({ window: days(2) });
    const history = historyOf(rows);
    let previous = null;
    for (let at = START + MINUTE; at <= history.to; at += MINUTE) {
      previous = evaluate(inputAt(rows, at, { definition: slo, previous })).next;
    }
    const last = evaluate(inputAt(rows, history.to, { definition: slo, previous, rows }));
    const { state, policyState, alert } = last.status;
    expect(replay(slo, history).now.status).toMatchObject({ state, policyState, alert });
    expect(alert?.tier).toBe("page-fast");
  });
});

test("the state that was recorded is the present one, with its hysteresis and its beginning", () => {
  const rows = withOutage(2 * 1440, 29);
  const slo = sloOf({ objective: 0.99, window: days(2) });
  const history = historyOf(rows, { from: START + 3 * DAY });
  // 29 of 2,880 minutes are 100.7 %: under the threshold of 101 %, above the 100 % that lifts it.
  const at = history.to;
  const policy = DEFAULT_POLICY.map((step, i) => ({ ...step, threshold: [0.5, 1.01][i] ?? 1 }));
  const recorded = {
    ...evaluate(inputAt(rows, at, { definition: slo })).next,
    ...{ policyState: "Feature freeze", blocks: true, firing: {} },
  };
  const stateOf = (...more: [typeof recorded] | []) =>
    replay({ ...slo, policy }, history, ...more).now.status.policyState;
  expect([stateOf(recorded), stateOf()]).toEqual(["Feature freeze", policy[0]?.name]);
});

describe("another definition", () => {
  const rows = withOutage(2 * 1440, 30);
  const window = days(2);
  // 30 of 2,880 minutes fail: 1.04 % of a budget of 10 %, 1 % or 0.1 %.
  test.each([
    [0.9, 30 / 288, "Healthy", 0],
    [0.99, 30 / 28.8, "Feature freeze", 1],
    [0.999, 30 / 2.88, "Feature freeze", 1],
  ])(
    "of %d has spent %d of its budget and is in %s",
    (objective, consumed, policyState, frozen) => {
      const side = sideOf(replay(sloOf({ objective, window }), historyOf(rows)), []);
      expect(side.now.consumed).toBeCloseTo(consumed, 9);
      expect(side.now.policyState).toBe(policyState);
      expect(side.blockedMs > 0).toBe(frozen === 1);
    },
  );

  test("with a lower objective consumes no more at any time", () => {
    const strict = replay(sloOf({ objective: 0.999, window }), historyOf(rows)).points;
    const loose = replay(sloOf({ objective: 0.99, window }), historyOf(rows)).points;
    expect(loose).toHaveLength(strict.length);
    for (const [i, { remaining }] of loose.entries()) {
      expect(remaining ?? 0).toBeGreaterThanOrEqual(strict[i]?.remaining ?? 0);
    }
  });

  test("of a shorter window forgets the outage sooner", () => {
    const short = replay(sloOf({ objective: 0.99, window: days(1) }), historyOf(rows));
    expect(short.now.status.consumed).toBe(0);
    expect(
      replay(sloOf({ objective: 0.99, window }), historyOf(rows)).now.status.consumed,
    ).not.toBe(0);
  });

  test("longer than the history says how much of it is known", () => {
    const side = sideOf(replay(sloOf({ window: days(90) }), historyOf(rows)), []);
    expect(side).toMatchObject({ historyDays: 4, neededDays: 90, isEnough: false });
  });

  test("with other thresholds freezes at them, and blocks what ships meanwhile", () => {
    const policy = DEFAULT_POLICY.map((step, i) => ({ ...step, threshold: [0.02, 0.1][i] ?? 1 }));
    const frozen = START + (2 * 1440 + 29) * MINUTE;
    const shipped = [START + DAY, frozen + HOUR, frozen + DAY].map((at) => ({
      id: `${at}`,
      title: "v1",
      at,
    }));
    const history = historyOf(rows);
    const slo = sloOf({ objective: 0.9, window });
    expect(sideOf(replay(slo, history), shipped).blockedCount).toBe(0);
    const side = sideOf(replay({ ...slo, policy }, history), shipped);
    expect(side.blocked.map(({ at }) => at)).toEqual([frozen + DAY, frozen + HOUR]);
    expect(side.states.map(({ state }) => state)).toEqual([
      "Healthy",
      "Reliability review required before next feature release",
      "Feature freeze",
    ]);
    expect(side.states.reduce((sum, { ms }) => sum + ms, 0)).toBe(history.to - history.from);
  });

  test("that is aspirational never blocks", () => {
    const slo = sloOf({ objective: 0.999, window, enforced: false });
    const side = sideOf(replay(slo, historyOf(rows)), []);
    expect(side.now).toMatchObject({ policyState: "Feature freeze", blocks: false });
    expect(side.blockedMs).toBe(0);
  });

  test("counts the firings of each tier, and none of a severity that is off", () => {
    const slo = sloOf({ window, alerting: { minBadEvents: 5, page: true, ticket: false } });
    const { tiers } = sideOf(replay(slo, historyOf(rows)), []);
    expect(tiers.map(({ tier, count, off }) => [tier, count, off])).toEqual([
      ["page-fast", 1, false],
      ["page-slow", 1, false],
      ["ticket-fast", 0, true],
      ["ticket-slow", 0, true],
    ]);
    expect(tiers[0]?.firings[0]?.startedAt).toBe(START + (2 * 1440 + 1) * MINUTE);
  });
});

describe("what data that is missing does", () => {
  test("holds the policy state, and says for how long", () => {
    const rows = rowsOf(
      START,
      minutes(4 * 1440, (i) =>
        i >= 5000 ? null : i >= 3000 && i < 3030 ? { good: 0, total: 100 } : good,
      ),
    );
    const to = START + 4 * DAY;
    const side = sideOf(replay(sloOf({ window: days(1) }), historyOf(rows, { to, now: to })), []);
    expect(side.now).toMatchObject({ state: "unknown", held: true });
    const held = side.states.reduce((sum, { heldMs }) => sum + heldMs, 0);
    // In quarters of an hour: the first one, before anything is known, and all after minute 5,010.
    expect(held / MINUTE).toBe(15 + 4 * 1440 - 5010);
  });
});

test("silence where there was traffic a week before is still told", () => {
  const silent = { good: 0, total: 0 };
  const quiet = rowsOf(
    START,
    minutes(4 * 1440, (i) => (i < 4 * 1440 - 60 ? good : silent)),
  );
  const noTrafficSince = START + 4 * DAY - HOUR;
  const stateOf = (parts: Partial<History>) =>
    replay(sloOf({ window: days(2) }), historyOf(quiet, parts)).now.status.state;
  expect([stateOf({ noTrafficSince }), stateOf({})]).toEqual(["watch", "healthy"]);
});

describe("how far a comparison goes back", () => {
  const to = START + 100 * DAY;
  const slo = (window: SloDefinition["window"]) => sloOf({ window });
  test.each([
    ["the longer window", [slo(days(28)), slo(days(60))], 0, to - 60 * DAY],
    ["the history there is", [slo(days(28))], to - 12 * DAY, to - 12 * DAY],
    ["a month at least", [slo(calendarOf("month"))], 0, to - 30 * DAY],
  ])("is %s", (_what, definitions, firstCoveredAt, from) => {
    expect(comparedFrom(definitions, { to, firstCoveredAt })).toBe(from);
  });

  test("is nothing while nothing is known", () => {
    expect(comparedFrom([sloOf()], { to, firstCoveredAt: null })).toBe(to);
  });

  test("reads a window more, and what the alert tiers need", () => {
    expect(reachMs(sloOf({ window: days(30) }), to)).toBe(30 * DAY);
    expect(reachMs(sloOf({ window: days(1) }), to)).toBe(3 * DAY);
  });
});
