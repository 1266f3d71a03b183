import { expect, test } from "vitest";
import { readUnmatched, unmatchedWords, writeUnmatched } from "#lib/alerts/unmatched.ts";

test("parts of a link that fit nothing survive the address", () => {
  const parts = [
    { part: "fingerprint", value: "aa11:22" },
    { part: "tier", value: "page fast" },
  ] as const;
  expect(readUnmatched(writeUnmatched(parts))).toEqual(parts);
  expect([writeUnmatched([]), readUnmatched(null)]).toEqual([null, []]);
});

test("an address that somebody made up says nothing of ours", () => {
  expect(readUnmatched("Call this number: 123\n:x\nslo:a/b")).toEqual([]);
});

test.each([
  [
    "instance",
    "handler=/pay",
    "No instance with handler=/pay is told apart; this is all of them together.",
  ],
  ["fingerprint", "nosuch", "No alert with the fingerprint “nosuch” is known of this SLO."],
  ["tier", "bogus", "This SLO has no alert tier “bogus”; it has page-fast, ticket-slow."],
  ["tier", "ticket-slow", "“ticket-slow” has not fired."],
  ["startsAt", "2026-09-01T10:00:00Z", "Nothing is known to have fired at “2026-09-01T10:00:00Z”."],
] as const)("of %s “%s” it is said what it is", (part, value, words) => {
  expect(unmatchedWords({ part, value }, ["page-fast", "ticket-slow"])).toBe(words);
});
