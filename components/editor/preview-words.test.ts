import { describe, expect, test } from "vitest";
import {
  cautionsOf,
  doubtOf,
  figuresOf,
  previewSentence,
} from "#components/editor/preview-words.ts";
import type { PreviewAnswer } from "#components/editor/view.ts";
import { previewOf } from "#lib/editor/preview.ts";
import { TEMPLATES } from "#lib/editor/templates.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import { readDocument } from "#lib/spec/read.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const NOW = Date.UTC(2026, 5, 15, 12);
type Seen = Extract<PreviewAnswer, { kind: "seen" }>;

/** What a source says whose every minute of the last day is this one. */
function answerOf(minute: Omit<Bucket, "at"> | null, said: Partial<Seen> = {}): Seen {
  const [slo] = readDocument("a.yaml", TEMPLATES.plain).slos;
  if (!slo) throw new Error("the example has no SLO");
  const buckets = Array.from({ length: minute ? 1440 : 0 }, (_, i) => ({
    ...(minute ?? { good: 0, total: 0, covered: 0 }),
    at: NOW - DAY + (i + 1) * MINUTE,
  }));
  const stretches = [{ from: NOW - DAY, to: NOW, stepMs: MINUTE, buckets }];
  const numbers = previewOf({ definition: slo.definition, stretches });
  return { kind: "seen", source: "main", numbers, absent: null, sampled: false, ...said };
}

const GOOD = { good: 997, total: 1000, covered: 1 };

describe("what a preview says", () => {
  test("in figures, each with its unit", () => {
    const { numbers } = answerOf(GOOD);
    if (numbers.kind !== "known") throw new Error("no figures");
    expect(Object.fromEntries(figuresOf(numbers).map(({ name, value }) => [name, value]))).toEqual({
      SLI: "99.7 %",
      Objective: "99.9 %",
      "Budget spent": "10 %",
      "Bad events": "4,320 of 1,440,000",
      "Budget in all": "43,200 bad events",
      Known: "1 d of 30 d",
    });
  });

  test.each<[string, PreviewAnswer, string]>([
    ["a budget", answerOf(GOOD), "shop/a: SLI 99.7 %, 10 % of the budget spent."],
    [
      "a query that matches nothing",
      answerOf(null),
      "No data for shop/a: the query matches nothing.",
    ],
    [
      "no traffic",
      answerOf({ good: 0, total: 0, covered: 1 }),
      "shop/a: nothing happened, so its budget is not known.",
    ],
    [
      "a refusal",
      { kind: "refused", source: "main", message: "x" },
      "main will not evaluate the query of shop/a.",
    ],
    ["a failure", { kind: "failed", source: "main", message: "x" }, "main could not be asked."],
  ])("of %s in one sentence", (_, answer, sentence) => {
    expect(previewSentence(answer, "shop/a")).toBe(sentence);
  });

  test("with what to beware of: a query without series is never a perfect service", () => {
    const perfect = answerOf({ good: 9, total: 9, covered: 1 }, { absent: "bad" });
    expect(doubtOf(perfect)).toMatch(/^The query of bad events matches no series/);
    expect(previewSentence(perfect, "shop/a")).toMatch(/matches no series in this time/);
    expect([doubtOf(answerOf(GOOD)), doubtOf(answerOf(null, { absent: "bad" }))]).toEqual([
      null,
      null,
    ]);
    expect(cautionsOf(answerOf(GOOD)).join(" ")).toMatch(/Less than the window is known/);
    expect(cautionsOf(answerOf(GOOD, { sampled: true })).join(" ")).toMatch(/every five minutes/);
    expect(cautionsOf(answerOf(null))).toEqual([]);
  });
});
