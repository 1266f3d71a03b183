import fc from "fast-check";
import { expect, test } from "vitest";
import { leadTimeChange, meanOf } from "#lib/dora/leadTimeChange.ts";
import type { StageSummary } from "#lib/dora/metric.ts";
import { STAGES } from "#lib/dora/stages.ts";

const stagesOf = (means: readonly number[]): StageSummary[] =>
  STAGES.map((stage, i) => ({ stage, meanMs: means[i] ?? 0, medianMs: null, n: 1 }));

test("the stage that grew most comes first when lead time went up, the one that shrank most when it went down", () => {
  const before = { stages: stagesOf([10, 20, 30, 40, 50]) };
  const after = { stages: stagesOf([10, 15, 60, 90, 50]) };
  const up = leadTimeChange(after, before);
  expect(up).toMatchObject({ byMs: 75 });
  expect(up?.stages.slice(0, 2)).toEqual([
    { stage: "waiting", byMs: 50 },
    { stage: "review", byMs: 30 },
  ]);
  const down = leadTimeChange(before, after);
  expect(down).toMatchObject({ byMs: -75 });
  expect(down?.stages[0]).toEqual({ stage: "waiting", byMs: -50 });
  expect(down?.stages.at(-1)).toEqual({ stage: "pickup", byMs: 5 });
});

test("the stages sum to the whole", () => {
  const means = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(means, means, (now, before) => {
      const change = leadTimeChange({ stages: stagesOf(now) }, { stages: stagesOf(before) });
      const sum = change?.stages.reduce((whole, { byMs }) => whole + byMs, 0);
      expect(sum).toBe(change?.byMs);
      expect(change?.byMs).toBe(meanOf(stagesOf(now)) - meanOf(stagesOf(before)));
    }),
  );
});

test("without lead times in one of the periods there is nothing to compare", () => {
  expect(leadTimeChange({ stages: stagesOf([1]) }, {})).toBeNull();
  expect(leadTimeChange({}, { stages: stagesOf([1]) })).toBeNull();
});
