import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Evaluation,
  type EvaluationInput,
  evaluate,
  needsForecastRows,
  needsLastWeek,
  windowsOf,
} from "#lib/slo/evaluate.ts";
import { recordedState } from "#lib/slo/recorded.ts";
import { days, inputAt, type Minute, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import type { Counts, TotalsRow } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const good = { good: 1000, total: 1000 };
const bad = { good: 0, total: 1000 };
const at = (minute: number) => START + minute * MINUTE;
const oneDay = sloOf({ window: days(1) });

/** Both steps, as a worker takes them. */
function inFull(input: EvaluationInput, rows: readonly TotalsRow[]): Evaluation {
  const first = evaluate(input);
  return needsForecastRows(first) ? evaluate({ ...input, rows }) : first;
}

/** Evaluates every minute of `[from, to]`, each from the record of the one before. */
function follow(
  rows: readonly TotalsRow[],
  [from, to]: readonly [number, number],
  parts: Partial<EvaluationInput> = {},
): Evaluation[] {
  const all: Evaluation[] = [];
  for (let minute = from; minute <= to; minute++) {
    const previous = all.at(-1)?.next ?? parts.previous ?? null;
    all.push(inFull(inputAt(rows, at(minute), { ...parts, previous }), rows));
  }
  return all;
}

describe("a calm SLO", () => {
  const rows = rowsOf(
    START,
    minutes(7200, () => good),
  );
  const evaluation = evaluate(inputAt(rows, at(7200)));

  test("is healthy, with all its numbers", () => {
    expect(evaluation.status).toMatchObject({
      service: "checkout",
      slo: "availability",
      window: "30d",
      state: "healthy",
      policyState: "Healthy",
      held: false,
      historyDays: 5,
      sli: 1,
      coverage: 1,
      consumed: 0,
      remaining: 1,
      burn: { "5m": 0, "30m": 0, "1h": 0, "2h": 0, "6h": 0, "1d": 0, "3d": 0 },
      alert: null,
      exhaustsAt: null,
      exhaustedSince: null,
      recoversAt: null,
      watermark: "2026-01-06T00:00:00.000Z",
      asOf: "2026-01-06T00:00:00.000Z",
      link: "https://plimsoll.example/services/checkout/slos/availability",
    });
  });

  test("needs neither history nor last week", () => {
    expect(needsForecastRows(evaluation)).toBe(false);
    expect(needsLastWeek(inputAt(rows, at(7200)))).toBe(false);
  });

  test("reads eight windows, seven when its own is one of the tiers'", () => {
    const labels = windowsOf(sloOf(), START).map((w) => w.label);
    expect(labels).toEqual(["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"]);
    expect(windowsOf(oneDay, START)).toHaveLength(7);
  });
});

describe("a new SLO", () => {
  test("whose label set is gone alerts no longer, while one whose source is silent is held", () => {
    const rows = rowsOf(
      START,
      minutes(600, (minute) => (minute > 500 ? bad : good)),
    );
    const [before] = follow(rows, [600, 600], { definition: oneDay });
    expect(before?.firing).not.toEqual([]);
    const later = (isGone: boolean) =>
      evaluate(
        inputAt(rows, at(800), { definition: oneDay, previous: before?.next ?? null, isGone }),
      );
    expect(later(false).firing.map(({ severity }) => severity)).toContain("page");
    expect(later(true).firing).toEqual([]);
    expect(later(true).status.state).toBe("unknown");
  });

  test("is not frozen by its first bad minute", () => {
    const rows = rowsOf(START, [bad]);
    const { status, detail } = evaluate(inputAt(rows, at(1)));
    expect(status.consumed).toBeCloseTo(1 / 43.2, 9);
    expect(status.state).toBe("healthy");
    expect(detail.blocks).toBe(false);
  });

  test("changes no policy state, alerts nothing and blocks nothing before its backfill has ended", () => {
    const rows = rowsOf(
      START,
      minutes(2000, (i) => (i % 2 ? bad : good)),
    );
    const during = inFull(inputAt(rows, at(2000), { backfilled: false }), rows);
    expect(during.status).toMatchObject({ policyState: "Healthy", held: true, alert: null });
    expect(during).toMatchObject({ transition: null, firing: [] });
    expect(during.detail.blocks).toBe(false);
    const after = evaluate(inputAt(rows, at(2000), { previous: during.next }));
    expect(after.transition).toEqual({ from: "Healthy", to: "Feature freeze", cause: "budget" });
    expect(after.detail.blocks).toBe(true);
    expect(after.status.alert?.tier).toBe("page-fast");
  });

  test("without any data is unknown", () => {
    const { status, detail } = evaluate(inputAt([], at(5), { backfilled: false }));
    expect(status).toMatchObject({ state: "unknown", consumed: null, sli: null, held: true });
    expect(detail.reason).toMatch(/backfill/);
  });
});

describe("an outage of a one-day SLO", () => {
  // Budget: 1.44 minutes' worth. Ten bad minutes at 1440 … 1449, then calm.
  const rows = rowsOf(
    START,
    minutes(1440 + 1500, (i) => (i >= 1440 && i < 1450 ? bad : good)),
  );
  const inOneDay = { definition: oneDay };
  const evaluations = follow(rows, [1440, 1440 + 1470], inOneDay);
  const states = evaluations.map((e) => e.status.state);
  const transitions = evaluations.flatMap((e) => (e.transition ? [e] : []));

  test("freezes once and thaws once, through the states between", () => {
    expect(transitions.map((e) => [e.transition?.from, e.transition?.to])).toEqual([
      ["Healthy", "Reliability review required before next feature release"],
      ["Reliability review required before next feature release", "Feature freeze"],
      ["Feature freeze", "Reliability review required before next feature release"],
      ["Reliability review required before next feature release", "Healthy"],
    ]);
    expect([states[0], states[2], states.at(-1)]).toEqual(["healthy", "exhausted", "healthy"]);
  });

  test("forecasts its recovery and the end of the block to the minute in which they come", () => {
    const frozen = evaluations[60];
    const recovered = evaluations.find((e, i) => i > 60 && (e.status.consumed ?? 1) < 1);
    const lifted = evaluations.find((e, i) => i > 60 && !e.detail.blocks);
    expect(frozen?.status.recoversAt).toBe(recovered?.status.asOf);
    expect(frozen?.detail.liftsAt).toBe(lifted?.status.asOf);
  });

  test("knows since when, also when it was not watching", () => {
    expect(evaluations[60]?.status.exhaustedSince).toBe("2026-01-02T00:02:00.000Z");
    const late = inFull(inputAt(rows, at(1500), inOneDay), rows);
    expect(late.status.exhaustedSince).toBe("2026-01-02T00:02:00.000Z");
  });

  test("keeps one alert, at its worst tier, from its beginning", () => {
    const alerts = evaluations.slice(2, 10).map((e) => e.status.alert);
    expect(new Set(alerts.map((a) => `${a?.tier} ${a?.since}`)).size).toBe(1);
  });

  test("goes on after a restart from what was stored", () => {
    for (const { status, detail, next } of evaluations.slice(0, 30)) {
      expect(recordedState(status, detail)).toEqual(next);
    }
  });

  test("gives the same answer for the same input", () => {
    const input = inputAt(rows, at(1500), inOneDay);
    expect(evaluate(input)).toEqual(evaluate(input));
  });
});

describe("a source outage", () => {
  const gap =
    (from: number, to: number) =>
    (i: number): Minute =>
      i >= from && i < to ? null : i >= 1440 && i < 1450 ? bad : good;
  const rows = rowsOf(START, minutes(1600, gap(1460, 1500)));
  const evaluations = follow(rows, [1440, 1600], { definition: oneDay });
  const minute = (m: number) => evaluations[m - 1440];

  test("is unknown once data is more than five minutes late, and known again with the next minute", () => {
    expect(minute(1465)?.status.state).toBe("exhausted");
    expect(minute(1466)?.status.state).toBe("unknown");
    expect(minute(1466)?.detail.reason).toBe(
      "No data since 00:20 UTC: the numbers are what was known then.",
    );
    expect(minute(1501)?.status.state).toBe("exhausted");
  });

  test("holds the policy state, and the block with it", () => {
    expect(minute(1480)?.status).toMatchObject({ policyState: "Feature freeze", held: true });
    expect(minute(1480)?.detail).toMatchObject({ blocks: true, liftsAt: null });
    expect(evaluations.slice(25).every((e) => e.transition === null)).toBe(true);
  });

  test("keeps the beginning of the exhaustion", () => {
    expect(minute(1501)?.status.exhaustedSince).toBe(minute(1450)?.status.exhaustedSince);
  });

  test("never makes an unknown SLO block that did not before", () => {
    const calm = rowsOf(
      START,
      minutes(1440, () => good),
    );
    const unknown = follow(calm, [1440, 1450], { definition: oneDay }).at(-1);
    expect(unknown?.status).toMatchObject({ state: "unknown", held: true });
    expect(unknown?.detail.blocks).toBe(false);
  });
});

describe("coverage", () => {
  test("under nine tenths of the window is unknown, however good the rest looks", () => {
    const rows = rowsOf(
      START,
      minutes(1440, (i) => (i % 8 === 0 ? null : good)),
    );
    expect(evaluate(inputAt(rows, at(1440))).status).toMatchObject({ state: "unknown", sli: 1 });
  });
});

describe("traffic that stops", () => {
  const idle = { good: 0, total: 0 };
  const rows = rowsOf(
    START,
    minutes(1600, (i) => (i < 1440 ? good : idle)),
  );
  const busy = { good: 100, total: 100, covered: 30 };
  const input = (minute: number, parts: Partial<EvaluationInput> = {}) =>
    inputAt(rows, at(minute), parts);

  test("asks for last week only once thirty minutes were idle", () => {
    expect(needsLastWeek(input(1469))).toBe(false);
    expect(needsLastWeek(input(1470))).toBe(true);
    expect(needsLastWeek(input(1470, { lastWeek: busy }))).toBe(false);
  });

  test("is watched where last week had traffic, and burns nothing", () => {
    const { status, detail } = evaluate(input(1470, { lastWeek: busy }));
    expect(status.state).toBe("watch");
    expect(status.burn["5m"]).toBe(0);
    expect(detail.noTrafficSince).toBe("2026-01-02T00:00:00.000Z");
  });

  test("is nothing where last week was as idle", () => {
    const quiet = { good: 30, total: 30, covered: 30 };
    expect(evaluate(input(1470, { lastWeek: quiet })).status.state).toBe("healthy");
  });

  test("stays watched without asking again, until traffic is back", () => {
    const { next } = evaluate(input(1470, { lastWeek: busy }));
    expect(needsLastWeek(input(1500, { previous: next }))).toBe(false);
    expect(evaluate(input(1500, { previous: next })).detail.noTrafficSince).toBe(
      "2026-01-02T00:00:00.000Z",
    );
    expect(evaluate(input(1440, { previous: next })).detail.noTrafficSince).toBeNull();
  });

  test("shows in short time slices, where half of last week's minutes held some", () => {
    const slices = (length: number) =>
      sloOf({ budgeting: { method: "timeslices", target: 0.95, windowMs: length * MINUTE } });
    const some = { good: 16, total: 16, covered: 30 };
    const stateAt = (definition: SloDefinition, lastWeek: Counts) =>
      evaluate(input(1470, { definition, lastWeek })).status.state;
    expect(stateAt(slices(5), some)).toBe("watch");
    expect(stateAt(slices(5), { ...some, total: 15 })).toBe("healthy");
    expect(stateAt(slices(30), some)).toBe("healthy");
  });

  test("over the whole window is unknown", () => {
    const empty = rowsOf(
      START,
      minutes(1500, () => idle),
    );
    const { status, detail } = evaluate(inputAt(empty, at(1500)));
    expect(status).toMatchObject({ state: "unknown", sli: null, consumed: null });
    expect(detail.reason).toMatch(/nothing to measure/);
  });
});

describe("policy", () => {
  const rows = rowsOf(
    START,
    minutes(1440, (i) => (i % 2 ? bad : good)),
  );

  test("advises where the whole budget is less than one event", () => {
    const few = rowsOf(
      START,
      minutes(1440, (i) => (i === 700 ? { good: 0, total: 9 } : { good: 0, total: 0 })),
    );
    const { detail, status } = evaluate(inputAt(few, at(1440), { definition: oneDay }));
    expect(detail.budgetTotal).toBeLessThan(1);
    expect(status.policyState).toBe("Feature freeze");
    expect(detail.blocks).toBe(false);
  });

  test("of an aspirational SLO never blocks", () => {
    const aspirational = evaluate(
      inputAt(rows, at(1440), { definition: sloOf({ enforced: false }) }),
    );
    expect(aspirational.status.policyState).toBe("Feature freeze");
    expect(aspirational.detail.blocks).toBe(false);
  });

  test("says when an edited definition moved the numbers", () => {
    const strict = evaluate(inputAt(rows, at(1440), { definition: sloOf({ objective: 0.1 }) }));
    const next = evaluate(
      inputAt(rows, at(1440), { previous: strict.next, revaluedBy: "definition" }),
    );
    expect(next.transition?.cause).toBe("definition");
  });
});

describe("a pace that lasts", () => {
  test("asks for rows only where spend and pace together reach the budget", () => {
    const rows = rowsOf(
      START,
      minutes(43_200, (i) => (i >= 42_000 ? { good: 998, total: 1000 } : good)),
    );
    const first = evaluate(inputAt(rows, at(43_200)));
    expect(needsForecastRows(first)).toBe(true);
    expect(first.status.exhaustsAt).toBeNull();
    const { status } = inFull(inputAt(rows, at(43_200)), rows);
    // 2400 of 43,200 errors spent, 2 more a minute: the rest lasts 20,400 minutes, 14.2 days.
    expect(status.exhaustsAt).toBe(new Date(at(43_200) + 20_400 * MINUTE).toISOString());
    expect(Date.parse(status.exhaustsAt ?? "") - at(43_200)).toBeGreaterThan(14 * DAY + 3 * HOUR);
  });
});

describe("while a page fires", () => {
  // For an hour a fortieth fails: 25 times an even spend.
  const rows = rowsOf(
    START,
    minutes(43_200, (i) => (i >= 43_140 ? { good: 975, total: 1000 } : good)),
  );
  const { status, detail } = inFull(inputAt(rows, at(43_200)), rows);

  test("the end of the budget goes by the pace of its long window, and the detail says so", () => {
    expect(status.alert?.tier).toBe("page-fast");
    expect(detail.paceOver).toBe("1h");
    // 1500 of 43,200 errors spent, 25 more a minute: 1668 minutes; by the last six hours six times that.
    expect(status.exhaustsAt).toBe(new Date(at(43_200) + 1668 * MINUTE).toISOString());
  });
});

describe("whatever the counts", () => {
  const count = fc.oneof(fc.nat(1e9), fc.double({ min: 0, max: 1e6, noNaN: true }));
  const counts = fc.record({ good: count, total: count, covered: fc.nat(50_000) });
  const definitions = fc.constantFrom(
    sloOf(),
    oneDay,
    sloOf({ objective: 1e-9 }),
    sloOf({ objective: 0.999999999 }),
    sloOf({ sli: { kind: "ratio", query: "x", counts: "bad" } }),
  );
  const inputs = fc.record({
    definition: definitions,
    read: fc.array(fc.option(counts), { minLength: 8, maxLength: 8 }),
    age: fc.integer({ min: 0, max: 40 * 1440 }),
    late: fc.nat(20),
  });
  type Drawn = typeof inputs extends fc.Arbitrary<infer T> ? T : never;
  const evaluated = ({ definition, read, age, late }: Drawn) => {
    const labels = windowsOf(definition, START).map((w) => w.label);
    return evaluate({
      definition,
      at: START,
      counts: Object.fromEntries(labels.map((label, i) => [label, read[i]])),
      firstCoveredAt: START - age * MINUTE,
      lastCoveredAt: START - late * MINUTE,
      previous: null,
      backfilled: true,
      rows: [],
      linkPrefix: "",
    });
  };

  test("every number is finite or null", () => {
    fc.assert(
      fc.property(inputs, (drawn) => {
        const { status, detail, next } = evaluated(drawn);
        for (const value of numbersIn({ status, detail, next }))
          expect(value).toSatisfy(Number.isFinite);
      }),
    );
  });

  test("late data is unknown, changes no policy state and never starts a block", () => {
    fc.assert(
      fc.property(inputs, (drawn) => {
        const { status, detail, transition } = evaluated({ ...drawn, late: drawn.late + 6 });
        expect(status).toMatchObject({ state: "unknown", held: true, policyState: "Healthy" });
        expect(detail.blocks).toBe(false);
        expect(transition).toBeNull();
      }),
    );
  });

  test("state, budget and policy agree", () => {
    fc.assert(
      fc.property(inputs, (drawn) => {
        const { status } = evaluated(drawn);
        fc.pre(status.state !== "unknown");
        expect(status.state === "exhausted").toBe((status.consumed ?? 0) >= 1);
        expect(status.policyState === "Feature freeze").toBe((status.consumed ?? 0) >= 1);
        expect(status.exhaustedSince !== null).toBe(status.state === "exhausted");
      }),
    );
  });

  function numbersIn(value: unknown): number[] {
    if (typeof value === "number") return [value];
    if (typeof value !== "object" || value === null) return [];
    return Object.values(value).flatMap(numbersIn);
  }
});
