import { expect, test } from "vitest";
import { faultOf } from "#lib/convert/fuzzing.ts";
import { faultyMeaning } from "#lib/convert/meaning.ts";
import { mutant } from "#lib/convert/mutants.ts";
import { readDocuments } from "#lib/spec/read.ts";
import { ALL, OK, plain } from "#lib/spec/testing.ts";

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

/** Each text, read as if it were the other: what the check is there to find out. */
test.each([
  ["another name", plain({ name: "web" }), "the name availability stands nowhere in the text"],
  [
    "another objective",
    plain({ target: "0.99" }),
    "the objective 0.995 stands nowhere in the text",
  ],
  [
    "another query",
    plain({ sli: `{ metric: '${ALL} / ${ALL}' }` }),
    `the query ${OK} stands nowhere in the text`,
  ],
  ["a field that is not known", plain({ naem: "a" }), "the field naem was let through"],
])("a document that is read with %s is found out", (_, text, fault) => {
  const [read] = readDocuments([{ file: "a.yaml", text: plain() }]);
  expect(read && faultyMeaning(text, read)).toBe(fault);
});
