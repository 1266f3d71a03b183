import { expect, test } from "vitest";
import { titleOf } from "#app/_data/cost/names.ts";

const SHA = "0123456789abcdef";

test.each([
  ["a version", { ref: "v1.4.2", sha: SHA }, "v1.4.2"],
  ["a branch, which many have in common", { ref: "main", sha: SHA }, "0123456"],
  ["a branch where nothing else is known", { ref: "main", sha: null }, "main"],
  ["a commit alone", { ref: null, sha: SHA }, "0123456"],
  ["neither", { ref: null, sha: null }, "d1"],
])("a deployment of %s is called by what tells it from others", (_, named, title) => {
  expect(titleOf({ id: "d1", ...named })).toBe(title);
});
