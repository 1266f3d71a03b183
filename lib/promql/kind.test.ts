import { expect, test } from "vitest";
import { metricKind } from "#lib/promql/kind.ts";
import { parsePromql } from "#lib/promql/tree.ts";

function kind(query: string) {
  const parsed = parsePromql(query);
  if ("error" in parsed) throw new Error(parsed.error.message);
  return metricKind(parsed.tree);
}

test.each([
  ["sum(rate(ok_total[5m])) / sum(rate(all_total[5m]))", "events"],
  ["1 - sum(increase(bad_total[5m])) / sum(increase(all_total[5m]))", "events"],
  ["histogram_fraction(0, 0.2, sum(rate(x[5m])))", "events"],
  ["histogram_count(sum(rate(a[5m]))) / histogram_count(sum(rate(b[5m])))", "events"],
  ["histogram_fraction(0, 0.2, x:recorded)", "gauge"],
  ["avg_over_time(up[5m])", "gauge"],
  ["sum(rate(x_sum[5m])) / sum(rate(x_count[5m]))", "gauge"],
  ["sum(rate(x_total[5m]))", "gauge"],
  ["x:ratio5m", "gauge"],
  ["histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))", "quantile"],
  ["1000 * max(histogram_quantile(0.9, sum by (le, p) (rate(x_bucket[5m]))))", "quantile"],
  ['histogram_quantiles(sum(rate(x[5m])), "q", 0.9)', "quantile"],
])("%s is a measure of %s", (query, expected) =>
  expect(kind(query)).toMatchObject({ kind: expected }),
);

test.each([
  ["sum(rate(x_sum[5m])) / sum(rate(x_count[5m]))", /is an average/],
  ["sum(up) / count(up)", /values that are no rates/],
  ["avg(rate(a_total[5m]) / rate(b_total[5m]))", /the ratio is inside/],
  ["up", /is one value/],
])("%s says why it is a gauge", (query, why) => {
  expect(kind(query)).toMatchObject({ kind: "gauge", why: expect.stringMatching(why) });
});

test.each([
  ["sum(rate(a_total[5m])) / sum(rate(b_total[5m])) >= 0.9", /ends in a comparison/],
  ["sum(rate(a_total[5m])) / sum(b)", /in the numerator but not in the total/],
  ["sum(a) / sum(rate(b_total[5m]))", /in the total but not in the numerator/],
  ["3 * sum(rate(a_total[5m])) / sum(rate(b_total[5m]))", /not a share/],
])("%s is refused", (query, error) => {
  expect(kind(query)).toMatchObject({ error: expect.stringMatching(error) });
});
