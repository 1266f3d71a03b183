import { describe, expect, test } from "vitest";
import { marksOf, tallyOf } from "#lib/editor/marks.ts";
import { readDocument } from "#lib/spec/read.ts";
import { OK, plain, sloth } from "#lib/spec/testing.ts";

/** The marked parts of a text, with their findings' codes. */
function marked(text: string): string[] {
  const { findings } = readDocument("a.yaml", text);
  return marksOf(text, findings).map(({ from, to, finding }) => {
    return `${finding.code}: ${text.slice(from, to)}`;
  });
}

describe("findings are marked at their places", () => {
  test.each([
    ["a number", plain({ target: "99.5" }), "target-range: 99.5"],
    ["a field's name", plain({ onwer: "x" }), "unknown-field: onwer"],
    ["a quoted text", plain({ target: '"0.99"' }), 'wrong-type: "0.99"'],
    ["a token of a query", plain({ sli: `{ good: '${OK}', total: 'sum(rate(x[5m]) by' }` }), "by"],
    ["with ends of lines of Windows", plain({ target: "99.5" }).replaceAll("\n", "\r\n"), "99.5"],
  ])("%s", (_, text, wanted) => {
    expect(marked(text).some((mark) => mark.endsWith(wanted))).toBe(true);
  });

  test("in an empty text and beyond its end, at the end", () => {
    expect(marked("")).toEqual(["empty-file: "]);
    const [finding] = readDocument("a", "").findings;
    const far = finding ? [{ ...finding, line: 99, column: 99 }] : [];
    expect(marksOf("ab\n", far)).toMatchObject([{ from: 3, to: 3 }]);
  });

  test("every mark lies in the text", () => {
    for (const text of ["slos: [", "a: 'x", "service: a\nslos:\n  - {", "\t", "- - -"]) {
      for (const { from, to } of marksOf(text, readDocument("a", text).findings)) {
        expect(from).toBeLessThanOrEqual(to);
        expect(to).toBeLessThanOrEqual(text.length);
      }
    }
  });
});

test("losses are counted apart from mistakes", () => {
  const { findings } = readDocument("a.yaml", sloth());
  expect(tallyOf(findings)).toEqual({ error: 0, lint: 0, loss: 1 });
});
