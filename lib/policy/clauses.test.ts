import { expect, test } from "vitest";
import { DEFAULT_CLAUSES, exemptByAll } from "#lib/policy/clauses.ts";

const only = (...exempt: ("p0" | "security")[]) => ({ clauses: { ...DEFAULT_CLAUSES, exempt } });

test("a fix goes through where every policy that blocks lets it", () => {
  expect(exemptByAll([{}])).toEqual(["p0", "security"]);
  expect(exemptByAll([{}, only("p0")])).toEqual(["p0"]);
  expect(exemptByAll([only("security"), only("p0")])).toEqual([]);
  expect(exemptByAll([])).toEqual([]);
});
