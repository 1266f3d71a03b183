import { describe, expect, test } from "vitest";
import { budgetSummary } from "#lib/charts/budget-summary.ts";
import { burnSummary, eventsSummary, sliSummary } from "#lib/charts/summary.ts";
import type { Bin, ChartView } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";
import { HOUR } from "#lib/time/duration.ts";

const words: Words = {
  time: (at) => `hour ${at / HOUR}`,
  share: (ratio) => `${Math.round(ratio * 1e5) / 1e3} %`,
  precise: (ratio) => `${Math.round(ratio * 1e5) / 1e3} %`,
  count: (value) => String(value),
  times: (burn) => `${burn}×`,
  span: (ms) => `${ms / HOUR} h`,
};

function bin(index: number, parts: Partial<Bin> = {}): Bin {
  const remaining = parts.remaining ?? null;
  return {
    from: index * HOUR,
    at: (index + 1) * HOUR,
    good: 100,
    total: 100,
    covered: 60,
    remaining,
    low: remaining,
    high: remaining,
    sli: 1,
    worst: 1,
    burn: [0, 0],
    ...parts,
  };
}

function view(bins: readonly Bin[], parts: Partial<ChartView> = {}): ChartView {
  return {
    from: 0,
    to: bins.length * HOUR,
    stepMs: HOUR,
    end: bins.length * HOUR,
    objective: 0.99,
    unit: "events",
    budgetTotal: 100,
    windowMs: 720 * HOUR,
    thresholds: [],
    tiers: [
      {
        tier: "page-fast",
        severity: "page",
        long: "1h",
        short: "5m",
        factor: 14.4,
        reachable: true,
      },
      {
        tier: "page-slow",
        severity: "page",
        long: "6h",
        short: "30m",
        factor: 6,
        reachable: false,
      },
    ],
    burnWindows: ["5m", "1h"],
    bins,
    gaps: [],
    historyFrom: null,
    projection: [],
    alerts: [],
    outside: [],
    apart: [],
    versions: [],
    marks: [],
    ...parts,
  };
}

const levels = (of: readonly number[]) => view(of.map((remaining, i) => bin(i, { remaining })));

describe("the budget in a sentence", () => {
  test("names the steepest fall and that it has been level since", () => {
    const flat = Array.from({ length: 40 }, (_, i) => (i < 20 ? 0.79 : -0.12));
    expect(budgetSummary(levels(flat), words)).toBe(
      "The budget fell from 79 % to -12 % between hour 20 and hour 21, and has been level since.",
    );
  });

  test("tells a recovery after the fall from a further fall", () => {
    const shape = (last: number) =>
      Array.from({ length: 40 }, (_, i) => (i < 20 ? 0.8 : i < 38 ? 0.2 : last));
    expect(budgetSummary(levels(shape(0.26)), words)).toContain("has come back to 26 %");
    expect(budgetSummary(levels(shape(0.14)), words)).toContain("has gone on to 14 %");
  });

  test("says so when nothing happened, or little by little", () => {
    expect(budgetSummary(levels([0.9, 0.9, 0.89]), words)).toBe("The budget stayed at about 89 %.");
    const slow = Array.from({ length: 100 }, (_, i) => 0.9 - i * 0.004);
    expect(budgetSummary(levels(slow), words)).toBe("The budget went from 90 % to 50.4 %.");
  });

  test("counts the time without data", () => {
    const gaps = [{ from: 2 * HOUR, to: 5 * HOUR }];
    expect(budgetSummary({ ...levels([0.9, 0.9]), gaps }, words)).toContain(
      "There is no data for 3 h, from hour 2 on.",
    );
  });

  test("without any known value says that there is no data", () => {
    expect(budgetSummary(view([bin(0), bin(1)]), words)).toBe("No data in this range.");
  });
});

describe("the burn rate in a sentence", () => {
  const bins = [bin(0), bin(1, { burn: [90, 41] }), bin(2)];

  test("gives the peak of the long window and how long the tier fired inside the range", () => {
    const fired = { tier: "page-fast", severity: "page", spent: null } as const;
    const alerts = [
      { ...fired, startedAt: -HOUR, endedAt: HOUR },
      { ...fired, startedAt: 2 * HOUR, endedAt: null },
    ];
    expect(burnSummary(view(bins, { alerts }), "page-fast", words)).toBe(
      "Over 1h the burn rate peaked at 41× around hour 2. page-fast (above 14.4× over 1h and 5m) fired 2 times, 2 h in all and is firing.",
    );
  });

  test("says when a tier did not fire and when it never can", () => {
    expect(burnSummary(view(bins), "page-fast", words)).toContain("did not fire");
    const six = view(bins, { burnWindows: ["30m", "6h"] });
    expect(burnSummary(six, "page-slow", words)).toContain("can never fire");
  });
});

describe("the SLI in a sentence", () => {
  test("counts the intervals that missed the objective", () => {
    const bad = bin(1, { good: 90, sli: 0.9, worst: 0.5 });
    expect(sliSummary(view([bin(0), bad, bin(2)]), words)).toBe(
      "96.667 % over the range, objective 99 %; 1 of 3 intervals of 1 h missed it, the worst moment 50 % around hour 2.",
    );
  });

  test("without traffic is no data", () => {
    expect(sliSummary(view([bin(0, { good: 0, total: 0, sli: null, worst: null })]), words)).toBe(
      "No data in this range.",
    );
  });
});

describe("the events in a sentence", () => {
  const failing = (of: readonly number[]) => view(of.map((bad, i) => bin(i, { good: 100 - bad })));
  const upTo = (end: number, of: number) =>
    Array.from({ length: 60 }, (_, i) => (i >= of && i < end ? 10 : 0));

  test("name the interval with most failures", () => {
    expect(eventsSummary(failing([0, 40, 0]), words)).toBe(
      "40 of 300 events were bad; most at once, 40, between hour 1 and hour 2.",
    );
  });

  test("say since when nearly all failed, where no interval stands out", () => {
    expect(eventsSummary(failing(upTo(60, 36)), words)).toBe(
      "240 of 6000 events were bad; nearly all since hour 37.",
    );
    expect(eventsSummary(failing(upTo(44, 20)), words)).toContain(
      "; nearly all between hour 21 and hour 44.",
    );
  });

  test("are spread where it took more than half of the range, and not where none failed", () => {
    expect(eventsSummary(failing(upTo(60, 0)), words)).toContain(", spread over the range.");
    expect(eventsSummary(failing([0, 0]), words)).toBe("0 of 200 events were bad.");
  });
});
