import { expect, test } from "vitest";
import { eventsMistake, rangeMistake } from "#lib/promql/checks.ts";
import { parsePromql } from "#lib/promql/tree.ts";

function range(query: string): string | null {
  const parsed = parsePromql(query);
  if ("error" in parsed) throw new Error(parsed.error.message);
  return rangeMistake(parsed.tree);
}

test.each([
  "rate(x[5m])",
  "rate(x[5m] offset 1h)",
  "rate(x[5m] @ 1700000000)",
  "rate((x[5m]))",
  "quantile_over_time(0.9, x[5m])",
  "max_over_time(rate(x[1m])[1h:5m])",
  "predict_linear(x[1h], 3600)",
  "absent_over_time(x[5m])",
  "x + on(a) y",
])("%s has its ranges right", (query) => expect(range(query)).toBeNull());

test.each([
  ["sum(rate(x))", "rate() needs a time range: write rate(x[5m])"],
  ['increase(x{a="b"})', 'increase() needs a time range: write increase(x{a="b"}[5m])'],
  ["rate(sum(x))", "rate() needs a time range: write rate(x[5m])"],
  ["x[5m]", "“x[5m]” is a range, which only functions such as rate() can read: write rate(x[5m])"],
  [
    "sum(x[5m])",
    "“x[5m]” is a range, which only functions such as rate() can read: write rate(x[5m])",
  ],
  [
    "rate(x[5m][1m])",
    "“x[5m]” is a range, which only functions such as rate() can read: write rate(x[5m])",
  ],
  [
    "max_over_time(x[5m][1h:])",
    "“x[5m]” is a range, which only functions such as rate() can read: write rate(x[5m])",
  ],
])("%s has not", (query, message) => expect(range(query)).toBe(message));

test.each([
  "sum(rate(x[5m]))",
  "sum(increase(a[5m])) + sum(increase(b[5m]))",
  "sum(sum_over_time(probe_success[5m]))",
  "sum by (job) (irate(x[5m]))",
])("the events of %s can be counted", (query) => expect(eventsMistake(query)).toBeNull());

test.each([
  ["sum(x)", /^there is no rate\(\) or increase\(\)/],
  ["max(rate(x[5m]))", /^max\(\) of rates does not count events; write sum\(\)$/],
  ["sum(avg_over_time(x[5m]))", /^avg_over_time\(\) does not count events/],
  ["sum(rate(x[5m:1m]))", /not a subquery$/],
  ["sum(rate(x[5m] @ 17))", /fixed to one time/],
  ["sum(", /ends too early/],
])("the events of %s cannot", (query, message) => expect(eventsMistake(query)).toMatch(message));
