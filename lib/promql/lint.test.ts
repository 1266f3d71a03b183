import { expect, test } from "vitest";
import type { Side } from "#lib/promql/evidence.ts";
import { lintEvents } from "#lib/promql/lint.ts";
import { lintThreshold } from "#lib/promql/quantile.ts";

const ALL = "sum(rate(x_total[5m]))";
const ERRORS = 'sum(rate(x_total{code=~"5.."}[5m]))';
const COUNT = "sum(rate(x_seconds_count[5m]))";
const BUCKET = 'sum(rate(x_seconds_bucket{le="0.5"}[5m]))';

test.each<readonly [string, Side, string, string, readonly string[]]>([
  ["errors of all", "bad", ERRORS, ALL, []],
  ["the fast ones as errors", "bad", BUCKET, COUNT, ["le-counts-fast"]],
  ["the slow ones as errors", "bad", `${COUNT} - ${BUCKET}`, COUNT, []],
  ["the fast ones as good", "good", BUCKET, COUNT, []],
  ["the last bucket as errors", "bad", 'sum(rate(x_bucket{le="+Inf"}[5m]))', COUNT, []],
  ["errors as good", "good", ERRORS, ALL, ["errors-as-good"]],
  ["good as errors", "bad", 'sum(rate(x_total{code!~"5.."}[5m]))', ALL, ["good-as-errors"]],
  ["all of all", "good", ALL, " sum( rate(x_total[5m]) )", ["numerator-is-total"]],
  [
    "a total without errors",
    "good",
    "sum(rate(ok_total[5m]))",
    'sum(rate(x_total{code!~"5.."}[5m]))',
    ["total-without-errors"],
  ],
  [
    "a total without client errors",
    "good",
    "sum(rate(ok_total[5m]))",
    'sum(rate(x_total{code!~"4.."}[5m]))',
    [],
  ],
  ["windows that differ", "bad", ERRORS, "sum(rate(x_total[10m]))", ["windows-differ"]],
  ["windows written differently", "bad", ERRORS, "sum(rate(x_total[300s]))", []],
  [
    "templates",
    "bad",
    "sum(rate(bad_total[{{.window}}]))",
    "sum(rate(x_total[{{ .window }}]))",
    [],
  ],
  [
    "jobs that differ",
    "good",
    'sum(rate(a_total{job="a"}[5m]))',
    'sum(rate(b_total{job="b"}[5m]))',
    ["jobs-differ"],
  ],
  ["a job in the numerator alone", "good", 'sum(rate(x_total{job="a"}[5m]))', ALL, ["jobs-differ"]],
  [
    "a job in the total alone",
    "bad",
    ERRORS,
    'sum(rate(x_total{namespace="a"}[5m]))',
    ["jobs-differ"],
  ],
  ["other metrics, one with a job", "good", 'sum(rate(a_total{job="a"}[5m]))', ALL, []],
  ["rates that are not summed", "good", "rate(ok_total[5m])", ALL, ["several-series"]],
  ["sums by a label", "good", "sum by (path) (rate(ok_total[5m]))", ALL, ["several-series"]],
  [
    "sums without a label",
    "good",
    "sum without (pod) (rate(ok_total[5m]))",
    ALL,
    ["several-series"],
  ],
  ["a default of zero", "bad", `${ERRORS} or vector(0)`, ALL, []],
  ["a gauge's rate", "good", "sum(rate(queue_length[5m]))", ALL, ["counter-name"]],
  ["a recording rule's rate", "good", "sum(rate(job:ok:sum[5m]))", ALL, []],
  ["a native histogram", "good", "histogram_count(sum(rate(x_seconds[5m])))", ALL, []],
  ["no PromQL", "good", "sum(", ALL, []],
])("%s", (_, counts, numerator, total, codes) => {
  expect(lintEvents({ counts, numerator, total }).map((lint) => lint.code)).toEqual(codes);
});

test("the mistake with le is named with the right query", () => {
  expect(lintEvents({ counts: "bad", numerator: BUCKET, total: COUNT })[0]?.message).toBe(
    'le="0.5" selects the requests that took at most 0.5, so the fast ones count as errors; ' +
      `the slow ones are the total minus the bucket: ${COUNT} - ${BUCKET}`,
  );
});

test.each([
  ["histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))", []],
  ["1000 * histogram_quantile(0.9, sum(rate(x_bucket[5m])) by (le))", []],
  ["histogram_quantile(0.9, sum(rate(x_seconds[5m])))", []],
  ["histogram_quantile(0.9, rate(x_bucket[5m]))", ["quantile-without-le"]],
  ["histogram_quantile(0.9, sum(rate(x_bucket[5m])))", ["quantile-loses-le"]],
  ["histogram_quantile(0.9, sum by (le, path) (rate(x_bucket[5m])))", ["several-series"]],
  ["max(histogram_quantile(0.9, sum by (le, path) (rate(x_bucket[5m]))))", []],
  ["avg(histogram_quantile(0.9, sum by (le, path) (rate(x_bucket[5m]))))", ["quantile-mixed"]],
  ["queue_length", ["several-series"]],
  ["max(queue_length)", []],
  ["time() - max(last_success_timestamp_seconds)", []],
  ["topk(3, x)", ["several-series"]],
  ["sum(", []],
])("%s as a value", (query, codes) => {
  expect(lintThreshold(query).map((lint) => lint.code)).toEqual(codes);
});
