import { describe, expect, test } from "vitest";
import { type ExplainInput, explain, windowOfNumber } from "#lib/explain/explain.ts";
import { readNumberId } from "#lib/explain/explanation.ts";
import { evaluate } from "#lib/slo/evaluate.ts";
import { days, inputAt, minutes, rowsOf, START, sloOf } from "#lib/slo/testing.ts";
import { latestAtOrBefore } from "#lib/slo/windows.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const definition = sloOf({
  objective: 0.99,
  window: days(2),
  sli: {
    kind: "events",
    counts: "good",
    numerator: 'sum(rate(http_requests_total{code!~"5.."}[{{.window}}]))',
    total: "sum(rate(http_requests_total[{{.window}}]))",
  },
});
const rows = rowsOf(
  START,
  minutes(1440, (i) => ({ good: i < 36 ? 0 : 10, total: 10 })),
);
const at = START + DAY;
const evaluation = evaluate(inputAt(rows, at, { definition, rows }));

function explained(id: string, parts: Partial<ExplainInput> = {}) {
  const number = readNumberId(id);
  if (!number) throw new Error(`no number ${id}`);
  const window = windowOfNumber(number, definition, at);
  return explain({
    id: number,
    definition,
    at,
    firstCoveredAt: START,
    start: latestAtOrBefore(rows, at - (window?.ms ?? 0)) ?? rows[0] ?? null,
    end: latestAtOrBefore(rows, at),
    recent: { good: 3600, total: 3600, covered: 360 },
    status: evaluation.status,
    detail: evaluation.detail,
    source: {
      name: "main",
      flavour: "Prometheus 2.42.0",
      counting: "increase",
      scrapeIntervalMs: 30_000,
      link: "https://prom.example/graph?g0.expr={expr}&g0.range_input={range}",
    },
    ...parts,
  });
}

/** 14,400 requests in a day, 360 of them bad; 99 % over 2 d expects 28,800 and may lose 288. */
describe("an explanation fills in the figures of the number", () => {
  test("of the budget, so that its last line is what the page shows", () => {
    const steps = explained("remaining")?.steps ?? [];
    expect(steps.map((s) => [s.name, s.filled, s.result])).toEqual([
      ["bad", "14,400 − 14,040", "360"],
      ["expected", "14,400 × 2 d / 1 d", "28,800"],
      ["budget", "0.01 × 28,800", "288"],
      ["spent", "360 / 288", "125 %"],
      ["left", "1 − 1.25", "−25 %"],
    ]);
    expect(evaluation.status.remaining).toBeCloseTo(-0.25, 12);
  });

  test("of the SLI, from the rows at both ends of the window", () => {
    const sli = explained("sli");
    expect(sli?.rows.start).toMatchObject({ at: START, total: 0 });
    expect(sli?.rows.end).toMatchObject({ at, total: 14_400 });
    expect(sli?.difference).toEqual({ good: 14_040, total: 14_400, covered: 1440 });
    expect(sli?.steps.at(-1)).toMatchObject({ filled: "14,040 / 14,400", result: "97.5 %" });
  });

  test("of a burn rate, with the factors of the tiers that use its window", () => {
    const burn = explained("burn-1h");
    expect(burn?.window).toEqual({ label: "1h", from: at - 3_600_000, to: at });
    expect(burn?.steps.map((s) => s.name)).toContain("page-fast fires above");
    expect(burn?.steps.find((s) => s.name === "burn")?.result).toBe("0×");
  });

  test("with addresses that open its queries over its own window", () => {
    const [bad] = explained("burn-1h")?.queries ?? [];
    const written = new URL(bad?.links.written ?? "");
    expect(written.searchParams.get("g0.expr")).toBe(bad?.written);
    expect(written.searchParams.get("g0.range_input")).toBe("1h");
    expect(new URL(bad?.links.asked ?? "").searchParams.get("g0.expr")).toBe(bad?.asked);
  });

  test("of coverage, in minutes", () => {
    expect(explained("coverage")?.steps[0]).toMatchObject({
      filled: "1,440 / 1,440",
      result: "100 %",
    });
  });

  test("of the recovery, by how much must roll off", () => {
    const recovers = explained("recovers");
    expect(recovers?.steps[0]).toMatchObject({ filled: "360 − 288", result: "72" });
    expect(recovers?.steps.at(-1)?.result).toBe(
      `${evaluation.status.recoversAt?.slice(0, 16).replace("T", " ")} UTC`,
    );
  });

  test("of the end of a block, with its hysteresis", () => {
    expect(explained("lifts")?.steps[0]).toMatchObject({
      formula: "bad − budget × 0.99",
      result: "74.88",
    });
  });

  test("of exhaustion, with the pace per hour", () => {
    const pace = explained("exhausts", { recent: { good: 3540, total: 3600, covered: 360 } });
    expect(pace?.steps[1]).toMatchObject({ filled: "60 / 6", result: "10 per hour" });
  });

  test("of exhaustion while a tier fires, with the pace of its window", () => {
    const detail = { ...evaluation.detail, paceOver: "1h" };
    const recent = { good: 590, total: 600, covered: 60 };
    expect(explained("exhausts", { recent, detail })?.steps[1]).toMatchObject({
      ...{ formula: "bad events of the last hour / 1", filled: "10 / 1", result: "10 per hour" },
    });
  });
});

describe("an explanation shows its queries", () => {
  test("as written and as they are asked each minute", () => {
    const [good, total] = explained("sli")?.queries ?? [];
    expect(good).toMatchObject({
      counts: "good",
      written: 'sum(rate(http_requests_total{code!~"5.."}[5m]))',
    });
    expect(total?.asked).toBe("sum(sum(increase(http_requests_total[1m])))");
  });

  test("only as written while it is not known how the source counts", () => {
    const source = {
      name: "main",
      flavour: null,
      counting: null,
      scrapeIntervalMs: null,
      link: null,
    };
    expect(explained("sli", { source })?.queries[0]?.asked).toBeNull();
  });
});

test("there is no explanation of a window that the SLO does not have", () => {
  expect(explained("burn-7h")).toBeNull();
});

test.each([null, "", "burn-", "burn-1h'", "budget"])("%j names no number", (text) => {
  expect(readNumberId(text)).toBeNull();
});

test.each([
  [
    "slices with a target",
    { method: "timeslices", target: 0.95, windowMs: 5 * MINUTE } as const,
    ["a slice of 5m", "good / total ≥ 95 %", "5 min good, else 5 min bad"],
  ],
  [
    "slices that keep their ratio",
    { method: "ratioTimeslices", windowMs: 60 * MINUTE } as const,
    ["a slice of 1h", "60 min × good / total", "its good minutes"],
  ],
])("%s are explained first, and the budget is in minutes", (_, budgeting, expected) => {
  for (const id of ["remaining", "sli", "burn-1h"]) {
    const found = explained(id, { definition: { ...definition, budgeting } });
    const [first] = found?.steps ?? [];
    expect([first?.name, first?.filled, first?.result]).toEqual(expected);
    expect(found?.unit).toBe("minutes");
  }
});
