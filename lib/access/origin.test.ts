import { expect, test } from "vitest";
import { comesBack, kindOf, type Origin } from "#lib/access/origin.ts";

test.each<[Origin, readonly string[], boolean]>([
  ["groups:corp", ["corp"], true],
  ["groups:corp", ["partners", "corp"], true],
  ["groups:corp", ["partners"], false],
  ["groups:corp", [], false],
  ["groups", ["partners"], true],
  ["groups", [], false],
  ["hand", ["hand", "corp"], false],
])(
  "a right from %s, where %j have a rule for it, comes back: %s",
  (origin, providers, expected) => {
    expect(comesBack(origin, providers)).toBe(expected);
  },
);

test("an origin is a hand or a group, whichever the provider", () => {
  const origins: Origin[] = ["hand", "groups", "groups:corp"];
  expect(origins.map(kindOf)).toEqual(["hand", "groups", "groups"]);
});
