import { expect, test } from "vitest";
import { faultOf, mutant } from "#lib/convert/fuzzing.ts";

const MUTANTS = 2000;

test("two thousand mutated documents of every dialect are read or refused, never wrongly accepted", () => {
  const numbers = Array.from({ length: MUTANTS }, (_, n) => n);
  const faults = numbers.flatMap((n) => {
    const fault = faultOf(mutant(n));
    return fault === null ? [] : [`${n}: ${fault}`];
  });
  expect(faults).toEqual([]);
  expect(new Set(numbers.map(mutant)).size).toBeGreaterThan(MUTANTS * 0.9);
});
