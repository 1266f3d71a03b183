import { expect, test } from "vitest";
import { kindMistake } from "#lib/promql/kinds.ts";
import { parsePromql } from "#lib/promql/tree.ts";

function mistake(query: string) {
  const parsed = parsePromql(query);
  if ("error" in parsed) throw new Error(`${query}: ${parsed.error.message}`);
  return kindMistake(parsed.tree);
}

test.each([
  "sum(rate(x[5m])) / sum(rate(y[5m]))",
  "sum by (a) (rate(x[5m] offset 1h)) / on (a) group_left () sum by (a) (rate(y[5m] @ end()))",
  "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))",
  "histogram_fraction(0, 0.5, rate(x[5m]))",
  "quantile_over_time(0.9, x[5m])",
  "max_over_time(rate(x[1m])[1h:5m])",
  "avg_over_time((max(x) > bool 5)[5m:1m])",
  "topk(5, x) or count_values('a', y)",
  "label_replace(x, 'a', '$1', 'b', '(.*)')",
  "label_join(x, 'a', '-', 'b', 'c', 'd')",
  "clamp(x, -1, 1e3) + round(x) + round(x, 0.1) + hour() + hour(x) + scalar(y)",
  "vector(1) or vector(time())",
  "x > 5 unless y",
  "1 > bool 0.5",
  "2 * pi() * x",
  "-x ^ 2",
  '{__name__=~"http_.+"}',
  '{job="a", code!~"5.."}',
  '{a!=""}',
  "predict_linear(x[1h], 4 * 3600)",
  "label_join(x, 'a', '-')",
  "sort_by_label(x) + sort_by_label_desc(x, 'a', 'b')",
  'info(rate(x[5m]), {a=~".*", b!="c"})',
  "rate(x[5m] anchored) + rate(x[5m] smoothed)",
])("%s is a query that Prometheus takes", (query) => expect(mistake(query)).toBeNull());

test.each([
  [
    "sum(rate(http-requests_total[5m]))",
    "a range such as [5m] stands after one metric, not after “http-requests_total”; a metric’s name has no such sign",
  ],
  ["rate((a + b)[5m])", "a range such as [5m] stands after one metric, not after “(a + b)”"],
  ["rate(-x[5m])", "a range such as [5m] stands after one metric, not after “-x”"],
  [
    'sum(rate({code!~"5.."}[5m]))',
    '“{code!~"5.."}” selects everything; write a metric’s name before it',
  ],
  ['{a=""}', '“{a=""}” selects everything; write a metric’s name before it'],
  ['{a=~".*"}', '“{a=~".*"}” selects everything; write a metric’s name before it'],
  [
    "histogram_quantile(0.9, 0.9, x)",
    "histogram_quantile() takes a number, a query; got “0.9, 0.9, x”",
  ],
  ["histogram_quantile(x)", "histogram_quantile() takes a number, a query; got “x”"],
  ["sum(5)", "sum() takes a query; got “5”"],
  ["topk(x)", "topk() takes a number, a query; got “x”"],
  ["vector(x)", "vector() takes a number; got “x”"],
  ["scalar(1)", "scalar() takes a query; got “1”"],
  ["time(x)", "time() takes nothing; got “x”"],
  ["abs()", "abs() takes a query; got nothing"],
  ["clamp_max(x, 'a')", "clamp_max() takes a query, a number; got “x, 'a'”"],
  ["x + 'a'", "“'a'” is a text and cannot be reckoned with"],
  ["-'a'", "“'a'” is a text and cannot be reckoned with"],
  ["x or 0", "“0” is a number, but sets are made of queries; write vector(0)"],
  ["1 > 2", "“1 > 2” compares two numbers; write bool after the sign"],
])("%s is none: %s", (query, message) => expect(mistake(query)?.message).toBe(message));

test.each([
  ["sum(rate(x[5m])) or 0", true],
  ["1 > 2", true],
  ["sum(5)", true],
  ["clamp_min(5, 1)", true],
  ["hour(time())", true],
  ["max_over_time((a / b)[5m])", true],
  ["max_over_time(sum(rate(x[1m]))[5m])", true],
  ["rate(a - b[5m])", false],
  ["clamp_max(5, 'a')", false],
  ["topk(x, y)", false],
  ["(x or 0) + 'a'", false],
])("%s is left to VictoriaMetrics: %s", (query, lax) => expect(mistake(query)?.lax).toBe(lax));
