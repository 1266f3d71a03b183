import { expect, test } from "vitest";
import { formatFinding } from "#lib/spec/format.ts";
import { readDocument } from "#lib/spec/read.ts";
import { pyrra } from "#lib/spec/testing.ts";

/** What is wrong, the document, and every error that is told, without the file's name. */
const REFUSED: readonly (readonly [string, string, readonly string[]])[] = [
  // around the spec
  [
    "another version",
    pyrra().replace("v1alpha1", "v1"),
    [
      "1:1: apiVersion pyrra.dev/v1 with kind ServiceLevelObjective is not supported; Pyrra's is pyrra.dev/v1alpha1, ServiceLevelObjective [not-supported]",
    ],
  ],
  [
    "another kind",
    pyrra().replace("ServiceLevelObjective", "ServiceLevelObjectiveList"),
    [
      "1:1: apiVersion pyrra.dev/v1alpha1 with kind ServiceLevelObjectiveList is not supported; Pyrra's is pyrra.dev/v1alpha1, ServiceLevelObjective [not-supported]",
    ],
  ],
  [
    "no metadata",
    pyrra().replace(/metadata:\n.*\n.*\n/, ""),
    ["1:1 metadata: is missing; write metadata: with a name [missing-field]"],
  ],
  [
    "no name",
    pyrra({}, { name: null }),
    ["4:3 metadata.name: is missing; write name: its-name [missing-field]"],
  ],
  [
    "an empty name",
    pyrra({}, { name: "''" }),
    ["4:9 metadata.name: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "a name that is a number",
    pyrra({}, { name: "7" }),
    ["4:9 metadata.name: must be a text, got 7; put it in quotes [wrong-type]"],
  ],
  [
    "a name that cannot stand in an address",
    pyrra({}, { name: "'api errors'" }),
    [
      '4:9 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "api errors"; write api-errors [bad-name]',
    ],
  ],
  [
    "a field of metadata that there is not",
    pyrra({}, { nmespace: "shop" }),
    ["6:3 metadata.nmespace: is not a known field; did you mean namespace? [unknown-field]"],
  ],
  [
    "a namespace that is a list",
    pyrra({}, { namespace: "[shop]" }),
    ["6:14 metadata.namespace: must be a text, got a list [wrong-type]"],
  ],
  [
    "labels that are a list",
    pyrra({}, { labels: "[a]" }),
    ["5:11 metadata.labels: must be a map of labels, got a list [wrong-type]"],
  ],
  [
    "a label that is a map",
    pyrra({}, { labels: "{ pyrra.dev/service: api, a: {} }" }),
    ["5:40 metadata.labels.a: must be a text or a list of texts, got a map [wrong-type]"],
  ],
  [
    "a service label that cannot stand in an address",
    pyrra({}, { labels: "{ pyrra.dev/service: 'a b' }" }),
    [
      '5:32 metadata.labels["pyrra.dev/service"]: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "a b"; write a-b [bad-name]',
    ],
  ],
  [
    "a team label that holds no name",
    pyrra({}, { labels: "{ pyrra.dev/service: api, pyrra.dev/team: '??' }" }),
    [
      '5:53 metadata.labels["pyrra.dev/team"]: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "??" [bad-name]',
    ],
  ],
  [
    "annotations that are a list",
    pyrra({}, { annotations: "[a]" }),
    ["6:16 metadata.annotations: must be a map of fields, got a list [wrong-type]"],
  ],
  [
    "no spec",
    pyrra().slice(0, pyrra().indexOf("spec:")),
    ["1:1 spec: is missing; write spec: with target, window and indicator [missing-field]"],
  ],
  [
    "a spec that is a text",
    `${pyrra().slice(0, pyrra().indexOf("spec:"))}spec: hello`,
    ['6:7 spec: must be a map of fields, got "hello" [wrong-type]'],
  ],
  [
    "a field of the spec that is misspelt",
    pyrra({ windw: "28d" }),
    ["10:3 spec.windw: is not a known field; did you mean window? [unknown-field]"],
  ],
  [
    "a field outside the spec",
    `target: '99'\n${pyrra()}`,
    [
      "1:1 target: is not a known field; known here: apiVersion, kind, metadata, spec, status [unknown-field]",
    ],
  ],
  [
    "a description that is a list",
    pyrra({ description: "[a]" }),
    ["10:16 spec.description: must be a text, got a list [wrong-type]"],
  ],
  // the objective
  [
    "no target",
    pyrra({ target: null }),
    ["7:3 spec.target: is missing; write target: '99.5' [missing-field]"],
  ],
  [
    "a target that is a number",
    pyrra({ target: "99.5" }),
    ["7:11 spec.target: must be a text, got 99.5; put it in quotes [wrong-type]"],
  ],
  [
    "a target with its sign",
    pyrra({ target: "99.5%" }),
    [
      "7:11 spec.target: must be a percentage between 0 and 100, got \"99.5%\"; write '99.5' [target-range]",
    ],
  ],
  [
    "a target in words",
    pyrra({ target: "high" }),
    [
      "7:11 spec.target: must be a percentage between 0 and 100, got \"high\"; write '99.5' [target-range]",
    ],
  ],
  [
    "a target of 100",
    pyrra({ target: "'100'" }),
    [
      "7:11 spec.target: must be a percentage between 0 and 100, got \"100\"; that leaves no error budget to spend, write for example '99.99' [target-range]",
    ],
  ],
  [
    "a target of 0",
    pyrra({ target: "'0'" }),
    [
      "7:11 spec.target: must be a percentage between 0 and 100, got \"0\"; write for example '99.5' [target-range]",
    ],
  ],
  [
    "a target above 100",
    pyrra({ target: "'101'" }),
    [
      "7:11 spec.target: must be a percentage between 0 and 100, got \"101\"; write for example '99.5' [target-range]",
    ],
  ],
  [
    "a negative target",
    pyrra({ target: "'-1'" }),
    [
      "7:11 spec.target: must be a percentage between 0 and 100, got \"-1\"; write '99.5' [target-range]",
    ],
  ],
  [
    "a target with an exponent",
    pyrra({ target: "'9e1'" }),
    [
      "7:11 spec.target: must be a percentage between 0 and 100, got \"9e1\"; write '99.5' [target-range]",
    ],
  ],
  [
    "a target with a comma",
    pyrra({ target: "'99,5'" }),
    [
      "7:11 spec.target: must be a percentage between 0 and 100, got \"99,5\"; write '99.5' [target-range]",
    ],
  ],
  [
    "an empty target",
    pyrra({ target: "''" }),
    ["7:11 spec.target: is empty; give it a value or take the line out [empty-field]"],
  ],
  // the window
  [
    "no window",
    pyrra({ window: null }),
    ["7:3 spec.window: is missing; write window: 28d [missing-field]"],
  ],
  [
    "a window without its unit",
    pyrra({ window: "28" }),
    ["8:11 spec.window: must be a duration with its unit, got 28; write 28d [window-format]"],
  ],
  [
    "a window in words",
    pyrra({ window: "28 days" }),
    [
      '8:11 spec.window: must be a duration such as 30d or 28d, got "28 days"; write 28d [window-format]',
    ],
  ],
  [
    "a window of the calendar",
    pyrra({ window: "month" }),
    ['8:11 spec.window: must be a duration such as 30d or 28d, got "month" [window-format]'],
  ],
  [
    "a window of an hour",
    pyrra({ window: "1h" }),
    [
      "8:11 spec.window: must be from 1d to 400d, in whole minutes, got 1h; write for example 30d [window-range]",
    ],
  ],
  [
    "more than is kept",
    pyrra({ window: "2y" }),
    [
      "8:11 spec.window: must be from 1d to 400d, in whole minutes, got 2y; write for example 30d [window-range]",
    ],
  ],
  [
    "a window in odd seconds",
    pyrra({ window: "1d30s" }),
    [
      "8:11 spec.window: must be from 1d to 400d, in whole minutes, got 1d30s; write for example 30d [window-range]",
    ],
  ],
  [
    "a window that is a map",
    pyrra({ window: "{ duration: 28d }" }),
    ["8:11 spec.window: must be a text, got a map [wrong-type]"],
  ],
  // the indicator
  [
    "no indicator",
    pyrra({ indicator: null }),
    [
      "7:3 spec.indicator: is missing; write indicator: with ratio, latency, latencyNative or bool_gauge [missing-field]",
    ],
  ],
  [
    "an empty indicator",
    pyrra({ indicator: "{}" }),
    [
      "9:14 spec.indicator: must have exactly one of ratio, latency, latencyNative, bool_gauge; none of them is there [sli-shape]",
    ],
  ],
  [
    "two indicators",
    pyrra({ indicator: "{ ratio: {}, latency: {} }" }),
    [
      "9:14 spec.indicator: must have exactly one of ratio, latency, latencyNative, bool_gauge; ratio and latency are there [sli-shape]",
    ],
  ],
  [
    "an indicator that there is not",
    pyrra({ indicator: "{ ratioo: {} }" }),
    [
      "9:14 spec.indicator: must have exactly one of ratio, latency, latencyNative, bool_gauge; none of them is there [sli-shape]",
      "9:16 spec.indicator.ratioo: is not a known field; did you mean ratio? [unknown-field]",
    ],
  ],
  [
    "an indicator of Sloth",
    pyrra({ indicator: "{ events: {} }" }),
    [
      "9:14 spec.indicator: must have exactly one of ratio, latency, latencyNative, bool_gauge; none of them is there [sli-shape]",
      "9:16 spec.indicator.events: is not a known field; known here: ratio, latency, latencyNative, bool_gauge [unknown-field]",
    ],
  ],
  [
    "a ratio of nothing",
    pyrra({ indicator: "{ ratio: {} }" }),
    [
      "9:23 spec.indicator.ratio.errors: is missing; write errors: with a metric [missing-field]",
      "9:23 spec.indicator.ratio.total: is missing; write total: with a metric [missing-field]",
    ],
  ],
  [
    "a ratio without a total",
    pyrra({ indicator: "{ ratio: { errors: { metric: errors_total } } }" }),
    ["9:23 spec.indicator.ratio.total: is missing; write total: with a metric [missing-field]"],
  ],
  [
    "errors that are a text",
    pyrra({ indicator: "{ ratio: { errors: errors_total, total: { metric: all_total } } }" }),
    ['9:33 spec.indicator.ratio.errors: must be a map of fields, got "errors_total" [wrong-type]'],
  ],
  [
    "errors without a metric",
    pyrra({ indicator: "{ ratio: { errors: {}, total: { metric: all_total } } }" }),
    [
      '9:33 spec.indicator.ratio.errors.metric: is missing; write metric: a selector such as http_requests_total{job="api"} [missing-field]',
    ],
  ],
  [
    "an empty metric",
    pyrra({ indicator: "{ ratio: { errors: { metric: '' }, total: { metric: all_total } } }" }),
    [
      "9:43 spec.indicator.ratio.errors.metric: is empty; give it a value or take the line out [empty-field]",
    ],
  ],
  [
    "a metric that is not PromQL",
    pyrra({
      indicator: "{ ratio: { errors: { metric: 'errors{' }, total: { metric: all_total } } }",
    }),
    ["9:51 spec.indicator.ratio.errors.metric: the query ends too early [query-syntax]"],
  ],
  [
    "a metric that is a rate",
    pyrra({
      indicator:
        "{ ratio: { errors: { metric: 'rate(errors_total[5m])' }, total: { metric: all_total } } }",
    }),
    [
      '9:43 spec.indicator.ratio.errors.metric: must be a bare selector such as http_requests_total{job="api"}: Pyrra adds sum() and rate() by itself [metric-shape]',
    ],
  ],
  [
    "a metric that is a sum",
    pyrra({
      indicator:
        "{ ratio: { errors: { metric: errors_total }, total: { metric: 'a_total + b_total' } } }",
    }),
    [
      '9:76 spec.indicator.ratio.total.metric: must be a bare selector such as http_requests_total{job="api"}: Pyrra adds sum() and rate() by itself [metric-shape]',
    ],
  ],
  [
    "a metric with its range",
    pyrra({
      indicator:
        "{ ratio: { errors: { metric: 'errors_total[5m]' }, total: { metric: all_total } } }",
    }),
    [
      "9:43 spec.indicator.ratio.errors.metric: “errors_total[5m]” is a range, which only functions such as rate() can read: write rate(errors_total[5m]) [query]",
    ],
  ],
  [
    "a metric with an offset",
    pyrra({
      indicator:
        "{ ratio: { errors: { metric: errors_total offset 5m }, total: { metric: all_total } } }",
    }),
    [
      '9:43 spec.indicator.ratio.errors.metric: must be a bare selector such as http_requests_total{job="api"}: Pyrra adds sum() and rate() by itself [metric-shape]',
    ],
  ],
  [
    "a variable in a metric",
    pyrra({
      indicator:
        "{ ratio: { errors: { metric: 'errors_total{job=$job}' }, total: { metric: all_total } } }",
    }),
    [
      "9:43 spec.indicator.ratio.errors.metric: “$job}” is a variable that is unknown here; write a duration such as 5m [query]",
    ],
  ],
  [
    "a query where the metric stands",
    pyrra({
      indicator: "{ ratio: { errors: { query: errors_total }, total: { metric: all_total } } }",
    }),
    [
      '9:33 spec.indicator.ratio.errors.metric: is missing; write metric: a selector such as http_requests_total{job="api"} [missing-field]',
      "9:35 spec.indicator.ratio.errors.query: is not a known field; known here: metric [unknown-field]",
    ],
  ],
  [
    "a latency without its bucket",
    pyrra({
      indicator:
        "{ latency: { success: { metric: x_seconds_bucket }, total: { metric: x_seconds_count } } }",
    }),
    [
      '9:46 spec.indicator.latency.success.metric: must select one bucket by le="…" with a number, such as le="0.5" [metric-shape]',
    ],
  ],
  [
    "a latency of several buckets",
    pyrra({
      indicator: `{ latency: { success: { metric: 'x_seconds_bucket{le=~"0.1|0.5"}' }, total: { metric: x_seconds_count } } }`,
    }),
    [
      '9:46 spec.indicator.latency.success.metric: must select one bucket by le="…" with a number, such as le="0.5" [metric-shape]',
    ],
  ],
  [
    "a bucket that is no number",
    pyrra({
      indicator: `{ latency: { success: { metric: 'x_seconds_bucket{le="fast"}' }, total: { metric: x_seconds_count } } }`,
    }),
    [
      '9:46 spec.indicator.latency.success.metric: must select one bucket by le="…" with a number, such as le="0.5" [metric-shape]',
    ],
  ],
  [
    "a latency without success",
    pyrra({ indicator: "{ latency: { total: { metric: x_seconds_count } } }" }),
    [
      "9:25 spec.indicator.latency.success: is missing; write success: with a metric [missing-field]",
    ],
  ],
  [
    "a latency that counts errors",
    pyrra({
      indicator: "{ latency: { errors: { metric: e_total }, total: { metric: x_seconds_count } } }",
    }),
    [
      "9:25 spec.indicator.latency.success: is missing; write success: with a metric [missing-field]",
      "9:27 spec.indicator.latency.errors: is not a known field; known here: success, total, grouping [unknown-field]",
    ],
  ],
  [
    "a native latency without its limit",
    pyrra({ indicator: "{ latencyNative: { total: { metric: x_seconds } } }" }),
    ["9:31 spec.indicator.latencyNative.latency: is missing; write latency: 200ms [missing-field]"],
  ],
  [
    "a native latency with a number",
    pyrra({ indicator: "{ latencyNative: { total: { metric: x_seconds }, latency: 0.2 } }" }),
    [
      "9:72 spec.indicator.latencyNative.latency: must be a duration such as 200ms or 1s, got 0.2 [window-format]",
    ],
  ],
  [
    "a native latency of nothing",
    pyrra({ indicator: "{ latencyNative: { total: { metric: x_seconds }, latency: 0s } }" }),
    [
      '9:72 spec.indicator.latencyNative.latency: must be a duration such as 200ms or 1s, got "0s" [window-format]',
    ],
  ],
  [
    "a native latency in words",
    pyrra({ indicator: "{ latencyNative: { total: { metric: x_seconds }, latency: fast } }" }),
    [
      '9:72 spec.indicator.latencyNative.latency: must be a duration such as 200ms or 1s, got "fast" [window-format]',
    ],
  ],
  [
    "a gauge without a metric",
    pyrra({ indicator: "{ bool_gauge: {} }" }),
    [
      '9:28 spec.indicator.bool_gauge.metric: is missing; write metric: a selector such as up{job="api"} [missing-field]',
    ],
  ],
  [
    "a gauge that is a comparison",
    pyrra({ indicator: "{ bool_gauge: { metric: 'up == 1' } }" }),
    [
      '9:38 spec.indicator.bool_gauge.metric: must be a bare selector such as http_requests_total{job="api"}: Pyrra adds sum() and rate() by itself [metric-shape]',
    ],
  ],
  [
    "a gauge in camel case",
    pyrra({ indicator: "{ boolGauge: { metric: up } }" }),
    [
      "9:14 spec.indicator: must have exactly one of ratio, latency, latencyNative, bool_gauge; none of them is there [sli-shape]",
      "9:16 spec.indicator.boolGauge: is not a known field; did you mean bool_gauge? [unknown-field]",
    ],
  ],
  // groups
  [
    "a grouping that is a text",
    pyrra({ indicator: "{ bool_gauge: { metric: up, grouping: job } }" }),
    [
      '9:52 spec.indicator.bool_gauge.grouping: must be a list (lines that begin with “- ”), got "job" [wrong-type]',
    ],
  ],
  [
    "a grouping that is no label",
    pyrra({ indicator: "{ bool_gauge: { metric: up, grouping: [my-job] } }" }),
    [
      '9:53 spec.indicator.bool_gauge.grouping[0]: must be the name of a label, got "my-job" [bad-label]',
    ],
  ],
  [
    "a grouping by what Prometheus reserves",
    pyrra({ indicator: "{ bool_gauge: { metric: up, grouping: [__name__] } }" }),
    [
      '9:53 spec.indicator.bool_gauge.grouping[0]: must be the name of a label, got "__name__" [bad-label]',
    ],
  ],
  [
    "a grouping twice by one label",
    pyrra({ indicator: "{ bool_gauge: { metric: up, grouping: [job, job] } }" }),
    [
      "9:58 spec.indicator.bool_gauge.grouping[1]: stands there twice; keep one of them [repeated-field]",
    ],
  ],
  [
    "a grouping by a number",
    pyrra({ indicator: "{ bool_gauge: { metric: up, grouping: [1] } }" }),
    ["9:53 spec.indicator.bool_gauge.grouping[0]: must be a text, got 1 [wrong-type]"],
  ],
  // alerting and rules
  [
    "alerting that is a text",
    pyrra({ alerting: "off" }),
    ['10:13 spec.alerting: must be a map of fields, got "off" [wrong-type]'],
  ],
  [
    "a field of alerting that there is not",
    pyrra({ alerting: "{ burnrate: false }" }),
    ["10:15 spec.alerting.burnrate: is not a known field; did you mean burnrates? [unknown-field]"],
  ],
  [
    "a switch that is a text",
    pyrra({ alerting: "{ burnrates: 'no' }" }),
    ['10:26 spec.alerting.burnrates: must be true or false, got "no" [wrong-type]'],
  ],
  [
    "an absence switch that is a number",
    pyrra({ alerting: "{ absent: 0 }" }),
    ["10:23 spec.alerting.absent: must be true or false, got 0 [wrong-type]"],
  ],
  [
    "a burn rate type that there is not",
    pyrra({ alerting: "{ burnRateType: fast }" }),
    ['10:29 spec.alerting.burnRateType: must be static or dynamic, got "fast" [wrong-type]'],
  ],
  [
    "an alert's name that is a list",
    pyrra({ alerting: "{ name: [a] }" }),
    ["10:21 spec.alerting.name: must be a text, got a list [wrong-type]"],
  ],
  [
    "a strategy that there is not",
    pyrra({ partial_response_strategy: "ignore" }),
    ['10:30 spec.partial_response_strategy: must be abort or warn, got "ignore" [wrong-type]'],
  ],
  [
    "a switch of rules that is a text",
    pyrra({ performance_over_accuracy: "much" }),
    ['10:30 spec.performance_over_accuracy: must be true or false, got "much" [wrong-type]'],
  ],
];

test.each(REFUSED)("%s is refused with its place and what to do", (_, text, expected) => {
  const { slos, findings } = readDocument("a.yaml", text);
  const errors = findings.filter((finding) => finding.severity === "error").map(formatFinding);
  expect(errors).toEqual(expected.map((line) => `a.yaml:${line}`));
  expect(slos).toEqual([]);
});

test("at least sixty documents are refused, no two of them alike", () => {
  expect(new Set(REFUSED.map(([, text]) => text)).size).toBe(REFUSED.length);
  expect(REFUSED.length).toBeGreaterThanOrEqual(60);
});
