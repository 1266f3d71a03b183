import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { previewOf, type Stretch } from "#lib/editor/preview.ts";
import { TEMPLATES } from "#lib/editor/templates.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { readDocument } from "#lib/spec/read.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 5, 15, 12);

function definitionOf(text = TEMPLATES.plain): SloDefinition {
  const [slo] = readDocument("a.yaml", text).slos;
  if (!slo) throw new Error("the example has no SLO");
  return slo.definition;
}

function stretch(from: number, to: number, stepMs: number, of: (at: number) => Bucket | null) {
  const buckets: Bucket[] = [];
  for (let at = from + stepMs; at <= to; at += stepMs) {
    const bucket = of(at);
    if (bucket) buckets.push(bucket);
  }
  return { from, to, stepMs, buckets } satisfies Stretch;
}

/** So many events a minute, of which a share is bad. */
function steady(perMinute: number, badShare: number, stepMs: number) {
  const total = (perMinute * stepMs) / MINUTE;
  const covered = stepMs / MINUTE;
  return (at: number): Bucket => ({ at, total, good: total * (1 - badShare), covered });
}

const day = (of: (at: number) => Bucket | null) => stretch(NOW - DAY, NOW, MINUTE, of);

describe("a preview", () => {
  test("of a query that matches nothing is no data, never a number", () => {
    const preview = previewOf({ definition: definitionOf(), stretches: [day(() => null)] });
    expect(preview).toEqual({ kind: "no-data", from: NOW - DAY, to: NOW });
  });

  test("without traffic knows of no SLI", () => {
    const preview = previewOf({
      definition: definitionOf(),
      stretches: [day((at) => ({ at, good: 0, total: 0, covered: 1 }))],
    });
    expect(preview).toMatchObject({ kind: "known", traffic: false, sli: null, consumed: null });
  });

  test("of a day takes the rest of the window to go on alike, without further errors", () => {
    // 0.3 % of a day's events, of 0.1 % of 30 days': a tenth of the budget.
    const preview = previewOf({
      definition: definitionOf(),
      stretches: [day(steady(100, 0.003, MINUTE))],
    });
    expect(preview).toMatchObject({ kind: "known", knownMs: DAY, windowMs: 30 * DAY, coverage: 1 });
    if (preview.kind !== "known") return;
    expect(preview.sli).toBeCloseTo(0.997, 10);
    expect(preview.consumed).toBeCloseTo(0.1, 10);
    expect(preview.total).toBeCloseTo(144_000, 6);
  });

  test("of the whole window spends what was bad in all of it", () => {
    const before = stretch(NOW - 30 * DAY, NOW - DAY, HOUR, steady(100, 0.002, HOUR));
    const preview = previewOf({
      definition: definitionOf(),
      stretches: [before, day(steady(100, 0.002, MINUTE))],
    });
    expect(preview).toMatchObject({ kind: "known", knownMs: 30 * DAY });
    if (preview.kind !== "known") return;
    expect(preview.consumed).toBeCloseTo(2, 8);
    expect(preview.chart.bins.at(-1)?.remaining).toBeCloseTo(-1, 6);
    expect(preview.chart.bins.every(({ covered }) => covered > 0)).toBe(true);
  });

  test("draws no holes into what was asked by the hour", () => {
    const definition = definitionOf(TEMPLATES.plain.replace("30d", "2d"));
    const before = stretch(NOW - 2 * DAY, NOW - DAY, HOUR, steady(100, 0.002, HOUR));
    const preview = previewOf({ definition, stretches: [before, day(steady(100, 0.002, MINUTE))] });
    if (preview.kind !== "known") throw new Error("no numbers");
    const { bins, gaps, stepMs } = preview.chart;
    expect(stepMs).toBeLessThan(HOUR);
    expect(bins.filter(({ covered, sli }) => covered === 0 || sli === null)).toEqual([]);
    expect(gaps).toEqual([]);
  });

  test("begins to know with the first minute that has an answer", () => {
    const born = NOW - 6 * HOUR;
    const preview = previewOf({
      definition: definitionOf(),
      stretches: [day((at) => (at > born ? steady(10, 0, MINUTE)(at) : null))],
    });
    expect(preview).toMatchObject({ knownMs: 6 * HOUR, sli: 1, consumed: 0, coverage: 1 });
  });

  test("counts minutes where the SLI is a value", () => {
    const text = TEMPLATES.plain.replace(
      /sli:.*target: 0.999/s,
      "sli: { metric: 'max(up)', op: gt, threshold: 0 }\n    objective: 0.999",
    );
    const preview = previewOf({
      definition: definitionOf(text),
      stretches: [day((at) => ({ at, good: at % HOUR === 0 ? 0 : 1, total: 1, covered: 1 }))],
    });
    expect(preview).toMatchObject({ kind: "known", unit: "minutes", bad: 24, total: 1440 });
  });

  test("spends the same whether it was asked by the hour or by the minute", () => {
    const shares = fc.array(fc.double({ min: 0, max: 0.05, noNaN: true }), {
      minLength: 24,
      maxLength: 24,
    });
    fc.assert(
      fc.property(shares, (byHour) => {
        const share = (at: number) => byHour[Math.ceil((at - NOW + DAY) / HOUR) - 1] ?? 0;
        const asked = (stepMs: number) => {
          const of = (at: number) => steady(60, share(at), stepMs)(at);
          const only = [stretch(NOW - DAY, NOW, stepMs, of)];
          const preview = previewOf({ definition: definitionOf(), stretches: only });
          return preview.kind === "known" ? preview.consumed : null;
        };
        expect(asked(HOUR)).toBeCloseTo(asked(MINUTE) ?? -1, 6);
      }),
      { numRuns: 20 },
    );
  });
});
