import { expect, test } from "vitest";
import { withLabels } from "#lib/promql/match.ts";
import { readSelectors } from "#lib/promql/selectors.ts";
import { parsePromql } from "#lib/promql/tree.ts";

test.each([
  ["x", 'x{path="/"}'],
  ["x{}", 'x{path="/"}'],
  ['x{job="a"}', 'x{job="a",path="/"}'],
  ['x{job="a",}', 'x{job="a",path="/"}'],
  [
    "sum(rate(x[5m])) / sum(rate(y[5m]))",
    'sum(rate(x{path="/"}[5m])) / sum(rate(y{path="/"}[5m]))',
  ],
  ["x offset 5m", 'x{path="/"} offset 5m'],
  ['{__name__="x"}', '{__name__="x",path="/"}'],
  ['{"x"}', '{"x",path="/"}'],
  ["sum(rate(x[{{.window}}]))", 'sum(rate(x{path="/"}[{{.window}}]))'],
  ["1 # x\n+ x", '1 # x\n+ x{path="/"}'],
])("%s asks for the label's value in every selector", (query, expected) => {
  expect(withLabels(query, { path: "/" })).toBe(expected);
});

test("what stands in a value stays in it", () => {
  const nasty = 'a"} or vector(1) # \\ \n {b="';
  const parsed = parsePromql(withLabels("x", { path: nasty }) ?? "");
  if ("error" in parsed) throw new Error(parsed.error.message);
  const [selector] = readSelectors(parsed.tree, parsed.tree.root);
  expect(selector?.matchers).toHaveLength(1);
  expect(selector?.matchers[0]?.value.replaceAll("\\n", "\n")).toBe(nasty);
});

test("what is no PromQL gets no labels", () => {
  expect(withLabels("sum(", { path: "/" })).toBeNull();
});
