import { expect, test } from "vitest";
import { sliKey } from "#lib/spec/identity.ts";
import type { CountedSli, Slicing, SliDefinition } from "#lib/spec/model.ts";

const events = (numerator: string, counts: "good" | "bad" = "good"): SliDefinition => ({
  kind: "events",
  counts,
  numerator,
  total: "sum(rate(x[5m]))",
});
const threshold = (limit: number): SliDefinition => ({
  kind: "threshold",
  query: "x",
  op: "lte",
  threshold: limit,
});
const FIVE: Slicing = { method: "timeslices", target: 0.95, windowMs: 300_000 };
const sliced = (slices: Slicing): string => key({ ...events("x"), slices });
const key = (sli: CountedSli, source = "main") => sliKey(sli, source);

test("the key of an SLI does not change from version to version: history hangs on it", () => {
  expect(key(events('sum(rate(x{a="b"}[5m]))'))).toBe("0d888d551ef5dd29d69c");
});

test.each([
  'sum(rate(x{a="b c"}[5m]))',
  ' sum ( rate(x{ a = "b c" } [5m]) )\n',
  'sum(\n  rate(x{a="b c"}[5m]) # the good ones\n)',
])("%j is the same SLI", (query) => {
  expect(key(events(query))).toBe(key(events('sum(rate(x{a="b c"}[5m]))')));
});

test.each([
  ["white space in a string", key(events('x{a="b  c"}')), key(events('x{a="b c"}'))],
  ["white space between words", key(events("a or b")), key(events("aorb"))],
  ["a sign of a comment in a string", key(events('x{a="#b"}')), key(events('x{a="#c"}'))],
  ["the side that is counted", key(events("x")), key(events("x", "bad"))],
  ["the source", key(events("x")), key(events("x"), "other")],
  ["the threshold", key(threshold(1)), key(threshold(2))],
  ["being judged in slices", key(events("x")), sliced(FIVE)],
  ["the method of slices", sliced(FIVE), sliced({ method: "ratioTimeslices", windowMs: 300_000 })],
  ["the length of slices", sliced(FIVE), sliced({ ...FIVE, windowMs: 60_000 })],
  ["the target of slices", sliced(FIVE), sliced({ ...FIVE, target: 0.9 })],
  ["the kind", key(threshold(1)), key({ kind: "ratio", query: "x", counts: "bad" })],
])("%s makes another SLI", (_, one, other) => expect(one).not.toBe(other));
