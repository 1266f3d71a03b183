import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holdsQuery, plainQuery } from "#lib/editor/queries.ts";
import { parsePromql } from "#lib/promql/tree.ts";

describe("a query as it stands in a document", () => {
  test.each([
    ["plain", "x[5m]", "x[5m]"],
    ["single quotes", "'x[5m]'", " x[5m] "],
    ["double quotes with escapes", '"x{a=\\"b\\"}"', ' x{a= "b "} '],
    ["a quote that is not closed yet", "'x{", " x{"],
    ["a template", "rate(x[{{ .window }}])", "rate(x[000000000005m])"],
    ["a quote alone", "'", " "],
  ])("%s", (_, written, wanted) => {
    expect(plainQuery(written)).toBe(wanted);
  });

  test("keeps its length, so that nothing moves", () => {
    const part = fc.constantFrom('"', "'", '\\"', "{{.window}}", "x", " ", "\n", "{{ .window");
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const written = parts.join("");
        expect(plainQuery(written).length).toBe(written.length);
      }),
    );
  });

  test("is read as PromQL", () => {
    expect(parsePromql(plainQuery('"sum(rate(x{a=\\"b\\"}[{{.window}}]))"'))).toHaveProperty(
      "tree",
    );
  });
});

test("fields of each dialect hold queries, and texts for people do not", () => {
  expect(["metric", "error_query", "totalQuery", "query"].every(holdsQuery)).toBe(true);
  expect(["name", "description", "target"].some(holdsQuery)).toBe(false);
});
