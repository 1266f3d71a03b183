import fc from "fast-check";
import { expect, test } from "vitest";
import { isSlug, slugOf } from "#lib/spec/names.ts";
import { nearest } from "#lib/spec/suggest.ts";

test.each(["api", "api-service", "a.b_c-d", "A1", "9"])("%s may stand in an address", (name) => {
  expect(isSlug(name)).toBe(true);
  expect(encodeURIComponent(name)).toBe(name);
});

test.each(["", ".", "..", "-a", "a-", "a b", "a/b", "ä", "a%20b", "a?b", "a\n"])(
  "%j may not",
  (name) => {
    expect(isSlug(name)).toBe(false);
  },
);

test.each([
  ["Résumé API", "Resume-API"],
  ["a / b", "a-b"],
  ["  x  ", "x"],
  ["日本", null],
])("%s becomes %s", (name, slug) => expect(slugOf(name)).toBe(slug));

test("whatever the name, its slug is one", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (name) => {
      const slug = slugOf(name);
      expect(slug === null || isSlug(slug)).toBe(true);
    }),
  );
});

test.each([
  ["onwer", "owner"],
  ["treshold", "threshold"],
  ["errorQuery", "error_query"],
  ["Objective", "objective"],
  ["windw", "window"],
  ["colour", null],
  ["", null],
  ["x".repeat(1000), null],
])("%s probably means %s", (name, meant) => {
  const known = ["owner", "op", "threshold", "error_query", "objective", "window"];
  expect(nearest(name, known)).toBe(meant);
});
