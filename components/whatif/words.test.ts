import { describe, expect, test } from "vitest";
import { comparedRows } from "#components/whatif/rows.ts";
import { spentScale } from "#components/whatif/scale.ts";
import type { Compared } from "#components/whatif/view.ts";
import {
  definitionWords,
  historyWords,
  lineSummary,
  shownState,
  spentWords,
  stateWords,
  verdictWords,
} from "#components/whatif/words.ts";
import { count, percent, precisePercent, span, times } from "#lib/format/numbers.ts";
import { START } from "#lib/slo/testing.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";
import type { Side } from "#lib/whatif/side.ts";

const words = {
  ...{ share: percent, precise: precisePercent, count, times, span },
  time: (at: number) => `day ${(at - START) / DAY}`,
};

function sideOf(parts: Partial<Omit<Side, "now">> & { now?: Partial<Side["now"]> } = {}): Side {
  return {
    ...{ objective: 0.99, windowLabel: "30d", zone: null },
    thresholds: [{ at: 1, name: "Freeze", gate: "block" }],
    ...{ neededDays: 30, historyDays: 30, isEnough: true },
    tiers: [tier(1)],
    states: [],
    ...{ blockedMs: 0, blockedCount: 0, blocked: [] },
    ...parts,
    now: {
      ...{ state: "healthy", reason: "", sli: 0.999, consumed: 0.43, remaining: 0.57, bad: 10 },
      ...{ budgetTotal: 1234, policyState: "Healthy", held: false, blocks: false },
      ...{ exhaustsAt: null, recoversAt: null, liftsAt: null },
      ...parts.now,
    },
  };
}

function tier(fired: number, parts: Partial<Side["tiers"][number]> = {}): Side["tiers"][number] {
  return {
    ...{ tier: "page-fast", severity: "page", factor: 14.4, long: "1h", short: "5m" },
    ...{ off: false, reachable: true, count: fired, firings: [] },
    ...parts,
  };
}

function comparedOf(present: Side, asked: Side): Compared & { readonly asked: Side } {
  return {
    ...{ from: START, to: START + 30 * DAY, present, asked },
    line: { at: [START + DAY, START + 30 * DAY], present: [0.2, 0.43], asked: [2.5, 1.1] },
    suggestion: {
      ...{ kind: "short", knownMs: DAY, neededMs: 30 * DAY },
      ...{ window: "30d", unit: "events", windows: 0, inARow: 0 },
    },
  };
}

const strict = sideOf({
  objective: 0.999,
  tiers: [tier(3)],
  now: { state: "exhausted", consumed: 4.3 },
  ...{ blockedMs: 51 * HOUR, blockedCount: 4 },
});

describe("the verdict", () => {
  test("puts spending, alerts, blocks and deployments beside the present", () => {
    expect(verdictWords(comparedOf(sideOf(), strict))).toBe(
      "At 99.9 % over 30d, 430 % of the budget is spent, where it is 43 % at 99 % over 30d. In the last 30 days 3 alerts would have fired instead of 1, and releases would have been blocked for 2 d 3 h instead of never, which 4 deployments would have met.",
    );
  });

  test("speaks of nothing that would have happened as such", () => {
    const loose = sideOf({ objective: 0.9, tiers: [tier(0)], now: { consumed: 0.043 } });
    expect(verdictWords(comparedOf(sideOf({ tiers: [tier(0)] }), loose))).toMatch(
      /4\.3 % of the budget.*no alerts would have fired instead of none, and releases would never have been blocked, as now\.$/,
    );
  });

  test("says for how long nothing was known, which is no sign that all was well", () => {
    const states = [{ state: "Healthy", blocks: false, ms: 30 * DAY, heldMs: 12 * DAY }];
    const held = sideOf({ states, now: { state: "unknown" } });
    expect(verdictWords(comparedOf(held, held))).toMatch(
      /^At 99 % over 30d, how much of the budget is spent is not known, where it is not known at .* For 12 d of it the numbers are not known: the policy state is taken to have stayed/,
    );
  });

  test("of too little history says so before all else", () => {
    const long = sideOf({ windowLabel: "90d", neededDays: 90, historyDays: 12, isEnough: false });
    expect(verdictWords(comparedOf(sideOf(), long))).toMatch(
      /^Only 12 of 90 d of history are known: too little to say that 99 % over 90d would be kept\./,
    );
  });
});

describe("a side", () => {
  test.each([
    [{}, "healthy", "Healthy"],
    [{ isEnough: false }, "unknown", "Too little history"],
    [{ isEnough: false, now: { state: "exhausted" as const } }, "exhausted", "Exhausted"],
    [{ isEnough: false, now: { state: "watch" as const } }, "watch", "Watch"],
    [{ now: { state: "unknown" as const } }, "unknown", "Unknown"],
  ])("with %o is shown as %s, “%s”", (parts, state, text) => {
    expect([shownState(sideOf(parts)), stateWords(sideOf(parts))]).toEqual([state, text]);
  });

  test("whose state is unknown has no figure that could be taken for good", () => {
    expect(spentWords(sideOf({ now: { state: "unknown", consumed: 0 } }))).toBe("not known");
  });

  test.each([
    [{ historyDays: 12.3, neededDays: 90 }, "12.3 of 90 d"],
    [{ historyDays: 4.25, neededDays: 30 }, "4.2 of 30 d"],
    [{ historyDays: 20.5, neededDays: 20.52 }, "20.5 of 20.5 d"],
  ])("with %o knows %s", (parts, text) => {
    expect(historyWords(sideOf(parts))).toBe(text);
  });

  test("of a calendar window names its zone", () => {
    const zone = "Europe/Berlin";
    expect(definitionWords(sideOf({ windowLabel: "month", zone }))).toBe(
      "99 % in each month (Europe/Berlin)",
    );
  });
});

describe("the rows", () => {
  test("have both sides, and say of a tier why it has no count", () => {
    const off = sideOf({ tiers: [tier(0, { off: true })] });
    const never = sideOf({ tiers: [tier(0, { reachable: false })] });
    const rows = comparedRows({ present: off, asked: never }, "events");
    expect(rows.find(({ name }) => name === "page-fast")).toMatchObject({
      present: "switched off",
      asked: "can never fire",
    });
    expect(rows.find(({ name }) => name === "Budget")?.asked).toBe("1,234 events");
  });

  test("have nothing in the column of what cannot be read", () => {
    const rows = comparedRows({ present: sideOf(), asked: null }, "events");
    expect(rows.every(({ asked }) => asked === null)).toBe(true);
  });
});

describe("the chart", () => {
  test("says how high it goes, when, and what that reaches", () => {
    expect(lineSummary(comparedOf(sideOf(), strict), words)).toBe(
      "At 99.9 % over 30d at most 250 % of the budget was spent at once, by day 1; that reaches “Freeze”.",
    );
  });

  test("says what is not known of it", () => {
    const compared = comparedOf(sideOf(), strict);
    const some = { ...compared, line: { ...compared.line, asked: [null, 0.4] } };
    expect(lineSummary(some, words)).toMatch(
      /no threshold.*For 50 % of the time it is not known\.$/,
    );
    const none = { ...compared, line: { ...compared.line, asked: [null, null] } };
    expect(lineSummary(none, words)).toMatch(/not known anywhere/);
  });

  test.each([
    [[0, 0.2], 1, 5],
    [[1.2, null], 1.25, 6],
    [[43], 50, 6],
    [[4000], 4000, 5],
  ])("of %j goes up to %d with at most six ticks", (values, top, ticks) => {
    const scale = spentScale([values], percent);
    expect(scale.ticks.at(-1)).toBe(top);
    expect(scale.ticks).toHaveLength(ticks);
    expect(scale.domain[1]).toBeGreaterThan(top);
  });
});
