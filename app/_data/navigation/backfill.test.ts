import { expect, test } from "vitest";
import { backfillOf } from "#app/_data/navigation/backfill.ts";

const source = (slis: number, doneDays: number, ofDays: number) => ({
  slis,
  backfillDone: slis * doneDays * 1440,
  backfillOf: slis * ofDays * 1440,
});

test("the source that lacks most tells how far the history has come", () => {
  expect(backfillOf([source(1, 59, 60), source(10, 12, 60)])).toEqual({ doneDays: 12, ofDays: 60 });
});

test.each([
  ["nothing is configured", []],
  ["a source has no SLI yet", [source(0, 0, 0)]],
  ["all is fetched", [source(3, 60, 60)]],
])("there is no notice when %s", (_, sources) => expect(backfillOf(sources)).toBeNull());
