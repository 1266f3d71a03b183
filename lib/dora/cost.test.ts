import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costsOf } from "#lib/dora/cost.ts";
import type { CostInput } from "#lib/dora/costInput.ts";
import { spendingOf } from "#lib/dora/spend.ts";
import { costly, spendersOf } from "#lib/dora/spender.ts";
import { watchesOf } from "#lib/dora/watch.ts";
import { badOf } from "#lib/slo/budget.ts";
import { type Minute, minutes, rowsOf, START } from "#lib/slo/testing.ts";
import { countsOf } from "#lib/slo/windows.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

const at = (minute: number) => START + minute * MINUTE;
const quiet: Minute = { good: 100, total: 100 };
const noisy = (bad: number): Minute => ({ good: 100 - bad, total: 100 });

/** Six hours, of which `of` says what each minute adds. */
function input(of: (minute: number) => Minute, parts: Partial<CostInput> = {}): CostInput {
  return {
    rows: rowsOf(START, minutes(360, of)),
    from: START,
    to: at(360),
    budgetTotal: 1000,
    incidents: [],
    deployments: [],
    burnAlerts: [],
    ...parts,
  };
}

const during = (from: number, to: number, bad: number) => (minute: number) =>
  minute >= from && minute < to ? noisy(bad) : quiet;
const incident = (
  id: string,
  from: number,
  to: number | null,
  deploymentId: string | null = null,
) => ({
  id,
  startedAt: at(from),
  resolvedAt: to === null ? null : at(to),
  deploymentId,
});
const deployment = (id: string, minute: number) => ({ id, finishedAt: at(minute) });
const partsOf = (given: CostInput) =>
  Object.fromEntries(costsOf(given).parts.map(({ kind, id, bad }) => [`${kind} ${id}`, bad]));

describe("an incident", () => {
  test("costs the bad events while it lasted; the rest is unattributed", () => {
    const costs = costsOf(input(during(60, 120, 10), { incidents: [incident("i", 60, 90, "d")] }));
    expect(costs).toEqual({
      parts: [{ kind: "incident", id: "i", deploymentId: "d", bad: 300, share: 0.3 }],
      unattributed: { bad: 300, share: 0.3 },
      uncompared: [],
      bad: 600,
      consumed: 0.6,
    });
  });

  test("that overlaps with another shares equally while both last", () => {
    const incidents = [incident("i", 60, 90), incident("j", 70, 100), incident("k", 75, 80)];
    expect(partsOf(input(during(60, 100, 6), { incidents }))).toEqual({
      "incident i": 60 + 15 + 10 + 30,
      "incident j": 15 + 10 + 30 + 60,
      "incident k": 10,
    });
  });

  test("that is open lasts to the end, and one from before begins with the window", () => {
    const incidents = [incident("i", 350, null), incident("j", -500, 10)];
    expect(partsOf(input(() => noisy(1), { incidents }))).toEqual({
      "incident i": 10,
      "incident j": 10,
    });
  });

  test("that never lasted costs nothing", () => {
    expect(partsOf(input(() => noisy(1), { incidents: [incident("i", 60, 60)] }))).toEqual({});
  });

  test("that began within a minute pays its part of the minute", () => {
    const incidents = [incident("i", 60.25, 61)];
    expect(partsOf(input(during(60, 61, 8), { incidents }))).toEqual({ "incident i": 6 });
  });
});

describe("a deployment's excess", () => {
  const deployments = [deployment("d", 120)];

  test("is what went wrong above the ratio of as long before it, for an hour", () => {
    const of = (m: number) => (m >= 120 && m < 240 ? noisy(5) : noisy(2));
    const costs = costsOf(input(of, { deployments }));
    expect(costs.parts).toMatchObject([{ kind: "deployment", id: "d", bad: 180 }]);
    expect(costs.unattributed.bad).toBeCloseTo(5 * 120 + 2 * 240 - 180, 9);
  });

  test("is taken of the traffic: a morning's rise alone costs nothing", () => {
    const rising = (m: number) => (m < 120 ? { good: 99, total: 100 } : { good: 990, total: 1000 });
    expect(partsOf(input(rising, { deployments }))).toEqual({});
  });

  test("is never below 0", () => {
    expect(partsOf(input(during(0, 120, 9), { deployments }))).toEqual({});
  });

  test("ends with the next deployment", () => {
    const two = [...deployments, deployment("e", 130)];
    expect(partsOf(input(during(120, 140, 5), { deployments: two }))).toEqual({
      "deployment d": 50,
    });
  });

  test("lasts as long as the burn alert that began within 2 h after it", () => {
    const burnAlerts = [{ startedAt: at(125), endedAt: at(300) }];
    const of = during(120, 360, 1);
    expect(partsOf(input(of, { deployments, burnAlerts }))).toEqual({ "deployment d": 180 });
  });

  test("is not drawn out by a burn alert that began later than that, or after the next", () => {
    const of = during(120, 360, 1);
    const late = [{ startedAt: at(241), endedAt: at(300) }];
    expect(partsOf(input(of, { deployments, burnAlerts: late }))).toEqual({ "deployment d": 60 });
    const two = [...deployments, deployment("e", 150)];
    const next = [{ startedAt: at(151), endedAt: at(160) }];
    expect(partsOf(input(of, { deployments: two, burnAlerts: next }))).toMatchObject({
      "deployment d": 30,
    });
  });

  test("leaves to its incident what is the incident's: each event is spent once", () => {
    const incidents = [incident("i", 150, 200, "d")];
    const costs = costsOf(input(during(120, 200, 2), { deployments, incidents }));
    expect(costs.parts.map(({ id, bad }) => [id, bad])).toEqual([
      ["i", 100],
      ["d", 60],
    ]);
    expect(spendersOf(costs)).toEqual([
      { deploymentId: "d", bad: 160, share: 0.16, incidentIds: ["i"] },
    ]);
    expect(costly(spendersOf(costs)).map(({ deploymentId }) => deploymentId)).toEqual(["d"]);
    expect(costly(spendersOf(costs), 0.16)).toEqual([]);
  });

  test("is not compared with an incident that came before it", () => {
    const incidents = [incident("i", 60, 119)];
    const of = (m: number) => (m >= 60 && m < 119 ? noisy(50) : m >= 120 ? noisy(3) : quiet);
    expect(partsOf(input(of, { deployments, incidents }))).toMatchObject({ "deployment d": 180 });
  });

  test("is compared with the last clean time: a fix does not pay the background", () => {
    const of = (m: number) => (m >= 55 && m < 120 ? noisy(50) : noisy(2));
    const wholly = { deployments, incidents: [incident("i", 55, 120)] };
    expect(partsOf(input(of, wholly))).toEqual({ "incident i": 50 * 65 });
    const worse = (m: number) => (m >= 120 && m < 180 ? noisy(5) : of(m));
    expect(partsOf(input(worse, wholly))["deployment d"]).toBeCloseTo(180, 9);
    const twice = [incident("i", 70, 120), incident("j", 50, 80)];
    expect(partsOf(input(worse, { deployments, incidents: twice }))["deployment d"]).toBe(180);
    const silent = (m: number) => (m >= 30 && m < 120 ? { good: 0, total: 0 } : noisy(2));
    expect(partsOf(input(silent, { deployments }))).toEqual({});
  });

  test("is not claimed without anything to compare with, and that is said", () => {
    const first = costsOf(input(during(0, 60, 5), { deployments: [deployment("d", 0)] }));
    expect(first).toMatchObject({ parts: [], uncompared: ["d"], unattributed: { bad: 300 } });
    const always = { deployments, incidents: [incident("i", -1, 120)] };
    const within = costsOf(input(during(120, 180, 5), always));
    expect(within).toMatchObject({ parts: [], uncompared: ["d"], unattributed: { bad: 300 } });
    const calm = costsOf(input(() => quiet, { deployments: [deployment("d", 0)] }));
    expect(calm.uncompared).toEqual([]);
  });
});

test("a watch is at most 24 h, and no two overlap", () => {
  const deployments = [0, 3000, 3010].map((minute) => deployment(`d${minute}`, minute));
  const incidents = [incident("i", 10, null, "d0"), incident("j", 3005, 3100, "d3000")];
  const watches = watchesOf({ deployments, incidents, burnAlerts: [] });
  expect(watches.map(({ from, to }) => (to - from) / HOUR)).toEqual([24, 1 / 6, 1]);
});

test("what follows a gap belongs to the minutes after it", () => {
  const gap = (m: number) => (m >= 60 && m < 120 ? null : m === 120 ? noisy(40) : quiet);
  const spending = spendingOf(rowsOf(START, minutes(180, gap)));
  expect(spending.between(at(60), at(120)).bad).toBe(0);
  expect(spending.between(at(120), at(120.5)).bad).toBe(20);
  expect(spending.between(at(-99), at(999))).toEqual({ bad: 40, total: 12_000 });
  expect(spendingOf([]).between(at(0), at(9))).toEqual({ bad: 0, total: 0 });
});

describe("properties", () => {
  const minute: fc.Arbitrary<Minute> = fc.option(
    fc.tuple(fc.nat(100), fc.nat(20)).map(([good, bad]) => ({ good, total: good + bad })),
    { freq: 8, nil: null },
  );
  const moment = fc.double({ min: -30, max: 330, noNaN: true });
  const spans = fc.array(fc.tuple(moment, fc.option(fc.integer({ min: 0, max: 200 }))), {
    maxLength: 5,
  });

  const given = fc
    .record({
      history: fc.array(minute, { minLength: 1, maxLength: 300 }),
      every: fc.constantFrom(1, 5, 60),
      incidents: spans,
      burns: spans,
      deployments: fc.array(moment, { maxLength: 6 }),
    })
    .map(({ history, every, incidents, burns, deployments }): CostInput => {
      const rows = rowsOf(START, history);
      const ordered = deployments.toSorted((a, b) => a - b);
      return {
        rows: rows.filter((row) => (row.at - START) % (every * MINUTE) === 0),
        from: at(30),
        to: at(240),
        budgetTotal: 77,
        incidents: incidents.map(([from, length], i) =>
          incident(`i${i}`, from, length === null ? null : from + length, `d${i}`),
        ),
        deployments: ordered.map((m, i) => deployment(`d${i}`, m)),
        burnAlerts: burns.map(([from, length]) => ({
          startedAt: at(from),
          endedAt: length === null ? null : at(from + length),
        })),
      };
    });

  test("parts and remainder sum to consumed, which is what the window says", () => {
    fc.assert(
      fc.property(given, (costInput) => {
        const { parts, unattributed, bad, consumed } = costsOf(costInput);
        const sum = parts.reduce((total, { share }) => total + share, unattributed.share);
        expect(sum).toBeCloseTo(consumed, 9);
        expect(Math.min(unattributed.bad, ...parts.map((part) => part.bad))).toBeGreaterThanOrEqual(
          0,
        );
        const counts = countsOf(costInput.rows, costInput.to, costInput.to - costInput.from);
        if (counts && (costInput.rows[0]?.at ?? 0) <= costInput.from) {
          expect(bad).toBeCloseTo(badOf(counts), 9);
        }
      }),
    );
  });

  test("the order of incidents does not matter", () => {
    fc.assert(
      fc.property(given, (costInput) => {
        const reversed = { ...costInput, incidents: costInput.incidents.toReversed() };
        const shares = ({ parts }: ReturnType<typeof costsOf>) =>
          Object.fromEntries(parts.map(({ id, kind, share }) => [`${kind} ${id}`, share]));
        const there = shares(costsOf(costInput));
        const back = shares(costsOf(reversed));
        expect(Object.keys(back).sort()).toEqual(Object.keys(there).sort());
        for (const [key, share] of Object.entries(there)) expect(back[key]).toBeCloseTo(share, 9);
      }),
    );
  });
});
