import fc from "fast-check";
import { expect, test } from "vitest";
import { normalizeQuery } from "#lib/promql/normalize.ts";

test.each([
  ["sum by (le) ( rate(x[5m]) )", "sum by(le)(rate(x[5m]))"],
  [' x{a = "b  c"} ', 'x{a="b  c"}'],
  ["a or b", "a or b"],
  ["a # or b\n+ c", "a+c"],
  ["x{a=~'#b'}", "x{a=~'#b'}"],
  ["", ""],
])("%j becomes %j", (query, expected) => expect(normalizeQuery(query)).toBe(expected));

test("what is normal stays as it is", () => {
  fc.assert(
    fc.property(fc.string(), (query) => {
      const once = normalizeQuery(query);
      expect(normalizeQuery(once)).toBe(once);
    }),
  );
});

test("white space between tokens never matters", () => {
  const gap = fc.constantFrom("", " ", "\n", "\t  ", " # a comment\n");
  const tokens = [
    "sum",
    "(",
    "rate",
    "(",
    "x",
    "{",
    "a",
    "=",
    '"b c"',
    "}",
    "[",
    "5m",
    "]",
    ")",
    ")",
    "/",
    "y",
  ];
  fc.assert(
    fc.property(fc.array(gap, { minLength: tokens.length, maxLength: tokens.length }), (gaps) => {
      const query = tokens.map((token, i) => token + gaps[i]).join("");
      expect(normalizeQuery(query)).toBe('sum(rate(x{a="b c"}[5m]))/y');
    }),
  );
});
