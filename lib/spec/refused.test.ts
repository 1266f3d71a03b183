import { expect, test } from "vitest";
import { formatFinding } from "#lib/spec/format.ts";
import { readDocument } from "#lib/spec/read.ts";
import { ALL, metric, OK, plain, sloth, slothCrd } from "#lib/spec/testing.ts";

/** What is wrong, the document, and every error that is told, without the file's name. */
const REFUSED: readonly (readonly [string, string, readonly string[]])[] = [
  // the objective
  [
    "a target in percent",
    plain({ target: "99.5" }),
    ["5:13 slos[0].target: must be between 0 and 1, got 99.5; write 0.995 [target-range]"],
  ],
  [
    "a target in percent that is no exact binary fraction",
    plain({ target: "99.9" }),
    ["5:13 slos[0].target: must be between 0 and 1, got 99.9; write 0.999 [target-range]"],
  ],
  [
    "a target of 1",
    plain({ target: "1.0" }),
    [
      "5:13 slos[0].target: must be between 0 and 1, got 1.0; that leaves no error budget to spend, write for example 0.9999 [target-range]",
    ],
  ],
  [
    "a target of 100",
    plain({ target: "100" }),
    [
      "5:13 slos[0].target: must be between 0 and 1, got 100; that leaves no error budget to spend, write for example 0.9999 [target-range]",
    ],
  ],
  [
    "a target of 0",
    plain({ target: "0" }),
    [
      "5:13 slos[0].target: must be between 0 and 1, got 0; write a ratio such as 0.995 [target-range]",
    ],
  ],
  [
    "a negative target",
    plain({ target: "-0.5" }),
    [
      "5:13 slos[0].target: must be between 0 and 1, got -0.5; write a ratio such as 0.995 [target-range]",
    ],
  ],
  [
    "a target above 100",
    plain({ target: "150" }),
    [
      "5:13 slos[0].target: must be between 0 and 1, got 150; write a ratio such as 0.995 [target-range]",
    ],
  ],
  [
    "a target with a percent sign",
    plain({ target: "99.5%" }),
    ['5:13 slos[0].target: must be between 0 and 1, got "99.5%"; write 0.995 [target-range]'],
  ],
  [
    "a target in quotes",
    plain({ target: "'0.995'" }),
    [
      '5:13 slos[0].target: must be a number, got the text "0.995"; take the quotes away [wrong-type]',
    ],
  ],
  [
    "a target that is no number",
    plain({ target: "high" }),
    ['5:13 slos[0].target: must be a number, got "high" [wrong-type]'],
  ],
  [
    "a target that is not finite",
    plain({ target: ".inf" }),
    ["5:13 slos[0].target: must be a finite number, got .inf [wrong-type]"],
  ],
  [
    "no target",
    plain({ target: null }),
    ["3:5 slos[0].target: is missing; write target: 0.995 [missing-field]"],
  ],
  [
    "an empty target",
    plain({ target: "" }),
    ["5:5 slos[0].target: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "target and objective",
    plain({ objective: "0.99" }),
    ["7:16 slos[0].objective: says the same as target; keep one of them [target-twice]"],
  ],
  // names
  [
    "no name",
    plain({ name: null }),
    ["3:5 slos[0].name: is missing; write name: availability [missing-field]"],
  ],
  [
    "a name with a space",
    plain({ name: "api availability" }),
    [
      '3:11 slos[0].name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "api availability"; write api-availability [bad-name]',
    ],
  ],
  [
    "a name with a slash",
    plain({ name: "a/b" }),
    [
      '3:11 slos[0].name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "a/b"; write a-b [bad-name]',
    ],
  ],
  [
    "a name of dots",
    plain({ name: ".." }),
    [
      '3:11 slos[0].name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got ".." [bad-name]',
    ],
  ],
  [
    "a name that YAML reads as a number",
    plain({ name: "200" }),
    ["3:11 slos[0].name: must be a text, got 200; put it in quotes [wrong-type]"],
  ],
  [
    "a name that is too long",
    plain({ name: "x".repeat(101) }),
    ["3:11 slos[0].name: has 101 characters, at most 100 are allowed [bad-name]"],
  ],
  [
    "a name that is a list",
    plain({ name: "[a]" }),
    ["3:11 slos[0].name: must be a text, got a list [wrong-type]"],
  ],
  [
    "no service",
    plain({}, { service: null }),
    ["1:1 service: is missing; write service: its-name [missing-field]"],
  ],
  [
    "a service with accents",
    plain({}, { service: "Résumé API" }),
    [
      '1:10 service: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "Résumé API"; write Resume-API [bad-name]',
    ],
  ],
  [
    "a misspelt field at the top",
    plain({}, { onwer: "shop" }),
    ["2:1 onwer: is not a known field; did you mean owner? [unknown-field]"],
  ],
  [
    "an unknown field at the top",
    plain({}, { colour: "red" }),
    [
      "2:1 colour: is not a known field; known here: service, owner, description, slos, labels, datasource, runbook, dashboard, error_budget_policy, exclusions [unknown-field]",
    ],
  ],
  [
    "an empty owner",
    plain({}, { owner: "" }),
    ["2:1 owner: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "an owner without a letter",
    plain({}, { owner: "'///'" }),
    [
      '2:8 owner: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "///" [bad-name]',
    ],
  ],
  [
    "a merge key",
    plain({}, { "<<": "{ owner: shop }" }),
    ['2:1 ["<<"]: merge keys (<<) are not part of YAML 1.2; write the fields out [unknown-field]'],
  ],
  [
    "a field named __proto__",
    plain({}, { __proto__name: "x", ["__proto__"]: "{ service: b }" }),
    [
      "2:1 __proto__name: is not a known field; known here: service, owner, description, slos, labels, datasource, runbook, dashboard, error_budget_policy, exclusions [unknown-field]",
      "3:1 __proto__: is not a known field; known here: service, owner, description, slos, labels, datasource, runbook, dashboard, error_budget_policy, exclusions [unknown-field]",
    ],
  ],
  // windows
  [
    "a window in words",
    plain({ window: "30 days" }),
    [
      '6:13 slos[0].window: must be a duration such as 30d or 28d, got "30 days"; write 30d [window-format]',
    ],
  ],
  [
    "a window without a unit",
    plain({ window: "30" }),
    ["6:13 slos[0].window: must be a duration with its unit, got 30; write 30d [window-format]"],
  ],
  [
    "a window under a day",
    plain({ window: "12h" }),
    [
      "6:13 slos[0].window: must be from 1d to 400d, in whole minutes, got 12h; write for example 30d [window-range]",
    ],
  ],
  [
    "a window longer than history is kept",
    plain({ window: "401d" }),
    [
      "6:13 slos[0].window: must be from 1d to 400d, in whole minutes, got 401d; write for example 30d [window-range]",
    ],
  ],
  [
    "a window with seconds",
    plain({ window: "1d1s" }),
    [
      "6:13 slos[0].window: must be from 1d to 400d, in whole minutes, got 1d1s; write for example 30d [window-range]",
    ],
  ],
  [
    "a month as OpenSLO writes it",
    plain({ window: "1M" }),
    [
      '6:13 slos[0].window: must be a duration such as 30d, or week, month, quarter or year, got "1M"; write month [window-format]',
    ],
  ],
  [
    "no window",
    plain({ window: null }),
    ["3:5 slos[0].window: is missing; write window: 30d [missing-field]"],
  ],
  // details
  [
    "enforced in words",
    plain({ enforced: "no" }),
    ['7:15 slos[0].enforced: must be true or false, got "no" [wrong-type]'],
  ],
  [
    "a runbook that is a script",
    plain({ runbook: "javascript:alert(1)" }),
    [
      '7:14 slos[0].runbook: must be an address that begins with https:// or http://, got "javascript:alert(1)" [bad-url]',
    ],
  ],
  [
    "a dashboard without a scheme",
    plain({ dashboard: "wiki/page" }),
    [
      '7:16 slos[0].dashboard: must be an address that begins with https:// or http://, got "wiki/page" [bad-url]',
    ],
  ],
  [
    "a datasource with a space",
    plain({ datasource: "main source" }),
    [
      '7:17 slos[0].datasource: must be the name of a Prometheus source in plimsoll.yaml, got "main source" [bad-name]',
    ],
  ],
  [
    "labels as a list",
    plain({ labels: "[a]" }),
    ["7:13 slos[0].labels: must be a map of labels, got a list [wrong-type]"],
  ],
  [
    "a label that begins with a digit",
    plain({ labels: "{ 1a: b }" }),
    [
      "7:15 slos[0].labels.1a: must be a label name: letters, digits and underscores, not beginning with a digit or “__” [bad-label]",
    ],
  ],
  [
    "a label that is reserved",
    plain({ labels: "{ __x: b }" }),
    [
      "7:15 slos[0].labels.__x: must be a label name: letters, digits and underscores, not beginning with a digit or “__” [bad-label]",
    ],
  ],
  [
    "a label that is a list",
    plain({ labels: "{ a: [b] }" }),
    ["7:18 slos[0].labels.a: must be a text, got a list [wrong-type]"],
  ],
  [
    "a former name that is no list",
    plain({ formerly: "api/old" }),
    [
      '7:15 slos[0].formerly: must be a list (lines that begin with “- ”), got "api/old" [wrong-type]',
    ],
  ],
  [
    "a former name without its service",
    plain({ formerly: "[old]" }),
    [
      "7:16 slos[0].formerly[0]: must be an earlier name as service/slo; write api/old [bad-formerly]",
    ],
  ],
  [
    "the present name as a former one",
    plain({ formerly: "[api/availability]" }),
    ["7:16 slos[0].formerly[0]: is the SLO's present name; take it out [bad-formerly]"],
  ],
  [
    "a former name twice",
    plain({ formerly: "[a/b, a/b]" }),
    ["7:21 slos[0].formerly[1]: stands there twice [bad-formerly]"],
  ],
  [
    "alerting with YAML 1.1's off",
    plain({ alerting: "{ page: off }" }),
    ['7:23 slos[0].alerting.page: must be true or false, got "off" [wrong-type]'],
  ],
  [
    "a negative number of bad events",
    plain({ alerting: "{ min_bad_events: -1 }" }),
    [
      "7:33 slos[0].alerting.min_bad_events: must be a whole number from 0 on, got -1 [alerting-range]",
    ],
  ],
  [
    "an unknown field of alerting",
    plain({ alerting: "{ pager: true }" }),
    ["7:17 slos[0].alerting.pager: is not a known field; did you mean page? [unknown-field]"],
  ],
  // policies
  [
    "an empty policy",
    plain({ error_budget_policy: "[]" }),
    [
      "7:26 slos[0].error_budget_policy: must hold at least one threshold; take the field out for the default policy [empty-field]",
    ],
  ],
  [
    "a threshold in percent",
    plain({ error_budget_policy: "[{ threshold: 50, action: review }]" }),
    [
      "7:40 slos[0].error_budget_policy[0].threshold: must be a share of the budget above 0 and at most 10, got 50; write 0.5 [policy-range]",
    ],
  ],
  [
    "a threshold of 0",
    plain({ error_budget_policy: "[{ threshold: 0, action: review }]" }),
    [
      "7:40 slos[0].error_budget_policy[0].threshold: must be a share of the budget above 0 and at most 10, got 0 [policy-range]",
    ],
  ],
  [
    "a threshold without an action",
    plain({ error_budget_policy: "[{ threshold: 0.5 }]" }),
    [
      "7:27 slos[0].error_budget_policy[0].action: is missing; write action: what is to be done [missing-field]",
    ],
  ],
  [
    "a misspelt threshold",
    plain({ error_budget_policy: "[{ treshold: 1, action: freeze }]" }),
    [
      "7:27 slos[0].error_budget_policy[0].threshold: is missing; write threshold: 1.0 [missing-field]",
      "7:29 slos[0].error_budget_policy[0].treshold: is not a known field; did you mean threshold? [unknown-field]",
    ],
  ],
  [
    "two thresholds at one level",
    plain({ error_budget_policy: "[{ threshold: 1, action: a }, { threshold: 1, action: b }]" }),
    [
      "7:56 slos[0].error_budget_policy[1]: is the second threshold at 1; put both actions into one [policy-repeated]",
    ],
  ],
  [
    "two thresholds with one name",
    plain({ error_budget_policy: "[{ threshold: 0.5, action: a }, { threshold: 1, action: a }]" }),
    [
      "7:58 slos[0].error_budget_policy[1]: has the same state name as another threshold, “a”; give it its own “name” [policy-repeated]",
    ],
  ],
  [
    "a threshold named Healthy",
    plain({ error_budget_policy: "[{ threshold: 1, action: Healthy }]" }),
    [
      "7:27 slos[0].error_budget_policy[0]: has the same state name as another threshold, “Healthy”; give it its own “name” [policy-repeated]",
    ],
  ],
  [
    "an unknown gate",
    plain({ error_budget_policy: "[{ threshold: 1, action: freeze, gate: deny }]" }),
    ['7:65 slos[0].error_budget_policy[0].gate: must be allow or block, got "deny" [wrong-type]'],
  ],
  [
    "a policy that is a text",
    plain({ error_budget_policy: "freeze" }),
    [
      '7:26 slos[0].error_budget_policy: must be a list (lines that begin with “- ”), got "freeze" [wrong-type]',
    ],
  ],
  [
    "a policy that is one threshold",
    plain({ error_budget_policy: "{ threshold: 1 }" }),
    [
      "7:28 slos[0].error_budget_policy.threshold: is not a known field; did you mean thresholds? [unknown-field]",
    ],
  ],
  [
    "clauses that are no shares",
    plain({ error_budget_policy: "{ postmortem_above: 20, planning_above: 0 }" }),
    [
      "7:46 slos[0].error_budget_policy.postmortem_above: must be a share of the budget above 0 and at most 1, got 20; write 0.2 [policy-range]",
      "7:66 slos[0].error_budget_policy.planning_above: must be a share of the budget above 0 and at most 1, got 0 [policy-range]",
    ],
  ],
  [
    "experiments that are neither",
    plain({ error_budget_policy: "{ experiments: true }" }),
    [
      "7:41 slos[0].error_budget_policy.experiments: must be count or exclude, got true [wrong-type]",
    ],
  ],
  [
    "exemptions that there are not",
    plain({ error_budget_policy: "{ exempt: [p0, p1], thresholds: [] }" }),
    [
      '7:41 slos[0].error_budget_policy.exempt[1]: must be p0 or security, got "p1" [wrong-type]',
      "7:58 slos[0].error_budget_policy.thresholds: must hold at least one threshold; take the field out for the default policy [empty-field]",
    ],
  ],
  // what is measured
  [
    "no sli",
    plain({ sli: null }),
    [
      "3:5 slos[0].sli: is missing; write sli: with a metric, or with good and total [missing-field]",
    ],
  ],
  [
    "an empty sli",
    plain({ sli: "{}" }),
    [
      "4:10 slos[0].sli: must have exactly one of metric, good, bad, errors, ratio or error_ratio; none of them is there [sli-shape]",
    ],
  ],
  [
    "good and bad",
    plain({ sli: "{ good: a, bad: b, total: c }" }),
    [
      "4:10 slos[0].sli: must have exactly one of metric, good, bad, errors, ratio or error_ratio; good and bad are there [sli-shape]",
    ],
  ],
  [
    "good without total",
    plain({ sli: "{ good: 'sum(rate(a_total[5m]))' }" }),
    [
      "4:10 slos[0].sli.total: is missing; write total: a query that counts all events [missing-field]",
    ],
  ],
  [
    "a metric with a total",
    plain({ sli: "{ metric: q, total: y }", op: "lte" }),
    ["4:30 slos[0].sli.total: goes with good, bad or errors, not with a metric [sli-shape]"],
  ],
  [
    "counted events with op",
    plain({ sli: `{ good: '${OK}', total: '${ALL}', op: lte }` }),
    [
      "4:118 slos[0].sli.op: goes with a metric that is one value, not with counted events [sli-shape]",
    ],
  ],
  [
    "a query without rates",
    plain({ sli: `{ good: sum(a), total: '${ALL}' }` }),
    [
      "4:18 slos[0].sli.good: there is no rate() or increase() of a counter in the query, so its events cannot be counted; write for example sum(rate(http_requests_total[5m])), or give the SLI as a threshold [not-countable]",
    ],
  ],
  [
    "an average of rates",
    plain({ sli: `{ good: 'avg(rate(a_total[5m]))', total: '${ALL}' }` }),
    ["4:18 slos[0].sli.good: avg() of rates does not count events; write sum() [not-countable]"],
  ],
  [
    "other range functions, in both queries",
    plain({ sli: "{ good: 'sum(delta(a_total[5m]))', total: 'sum(max_over_time(b_total[5m]))' }" }),
    [
      "4:18 slos[0].sli.good: delta() does not count events; write rate() or increase() of a counter [not-countable]",
      "4:52 slos[0].sli.total: max_over_time() does not count events; write rate() or increase() of a counter [not-countable]",
    ],
  ],
  [
    "a fixed time",
    plain({ sli: `{ good: 'sum(rate(a_total[5m] @ 1700000000))', total: '${ALL}' }` }),
    [
      "4:18 slos[0].sli.good: rate() is fixed to one time by “@”; take the “@” away, minutes are counted [not-countable]",
    ],
  ],
  // metrics
  [
    "an unclosed bracket",
    metric(`sum(rate(a_total[5m]) / ${ALL}`),
    ["4:79 slos[0].sli.metric: the query ends too early [query-syntax]"],
  ],
  [
    "text that is no PromQL, at its place",
    metric(`sum(rate(a_total[5m])) by path) / ${ALL}`),
    ["4:47 slos[0].sli.metric: not PromQL at “path) / sum(rate(htt” [query-syntax]"],
  ],
  [
    "rate without a range",
    metric(`sum(rate(a_total)) / ${ALL}`),
    ["4:20 slos[0].sli.metric: rate() needs a time range: write rate(a_total[5m]) [query]"],
  ],
  [
    "a range without rate",
    metric("a_total[5m]"),
    [
      "4:20 slos[0].sli.metric: “a_total[5m]” is a range, which only functions such as rate() can read: write rate(a_total[5m]) [query]",
    ],
  ],
  [
    "a variable of Grafana",
    metric(`sum(rate(a_total[$__rate_interval])) / ${ALL}`),
    [
      "4:20 slos[0].sli.metric: “$__rate_interval” is a variable that is unknown here; write a duration such as 5m [query]",
    ],
  ],
  [
    "another template",
    metric(`sum(rate(a_total[{{.Window}}])) / ${ALL}`),
    [
      "4:20 slos[0].sli.metric: “{{.Window}}” is a variable that is unknown here; write a duration such as 5m [query]",
    ],
  ],
  [
    "a comparison at the top",
    metric(`${OK} / ${ALL} > 0.99`),
    [
      "4:20 slos[0].sli.metric: ends in a comparison, which drops the other minutes; leave it out and write the limit as “threshold” with “op” [metric-shape]",
    ],
  ],
  [
    "a multiple of a ratio",
    metric(`2 * ${OK} / ${ALL}`),
    [
      "4:20 slos[0].sli.metric: works out as 2 * (numerator / total), which is not a share; write A/B, 1 - A/B, or either times 100 [metric-shape]",
    ],
  ],
  [
    "rates in the numerator alone",
    metric(`${OK} / sum(b)`),
    [
      "4:20 slos[0].sli.metric: counts events in the numerator but not in the total; write rate() in both [metric-shape]",
    ],
  ],
  [
    "rates in the total alone",
    metric(`sum(a) / ${ALL}`),
    [
      "4:20 slos[0].sli.metric: counts events in the total but not in the numerator; write rate() in both [metric-shape]",
    ],
  ],
  [
    "a ratio of gauges without op",
    metric("sum(up) / count(up)"),
    [
      "4:20 slos[0].op: is missing: the metric is a ratio of values that are no rates, so there are no events to count; for 0/1 gauges write sum(sum_over_time(x[5m])) / sum(count_over_time(x[5m])); write op: lte (good up to the target) or op: gte (good from it on) [missing-op]",
    ],
  ],
  [
    "a ratio inside an average",
    metric("avg(rate(a_total[5m]) / rate(b_total[5m]))"),
    [
      "4:20 slos[0].op: is missing: the ratio is inside another function or sum, so its events cannot be counted; write sum(A) / sum(B); write op: lte (good up to the target) or op: gte (good from it on) [missing-op]",
    ],
  ],
  [
    "an average latency without op",
    metric("sum(rate(x_seconds_sum[5m])) / sum(rate(x_seconds_count[5m]))"),
    [
      "4:20 slos[0].op: is missing: the metric is an average (a _sum over a _count), not a share of events; a share would be _bucket over _count; write op: lte (good up to the target) or op: gte (good from it on) [missing-op]",
    ],
  ],
  [
    "a gauge without op",
    metric("queue_length"),
    [
      "4:20 slos[0].op: is missing: the metric is one value, not a ratio of events; write op: lte (good up to the target) or op: gte (good from it on) [missing-op]",
    ],
  ],
  [
    "an empty metric",
    metric(""),
    ["4:20 slos[0].sli.metric: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "an error ratio with its own small target",
    metric(`sum(rate(http_requests_total{code=~"5.."}[5m])) / ${ALL}`, { target: "0.005" }),
    [
      "4:20 slos[0].sli.metric: is a share of errors with the target 0.005; write it as 1 - (the ratio), with target: 0.995 [error-share]",
    ],
  ],
  [
    "a broken query and a target in percent, both told",
    metric(`sum(rate(a_total[5m]) / ${ALL}`, { target: "99.5" }),
    [
      "4:79 slos[0].sli.metric: the query ends too early [query-syntax]",
      "5:13 slos[0].target: must be between 0 and 1, got 99.5; write 0.995 [target-range]",
    ],
  ],
  [
    "op as a sign",
    metric("queue", { op: "'<='" }),
    ['7:9 slos[0].op: must be lt, lte, gt or gte, got "<="; write lte [bad-op]'],
  ],
  [
    "an unknown op",
    metric("queue", { op: "under" }),
    ['7:9 slos[0].op: must be lt, lte, gt or gte, got "under" [bad-op]'],
  ],
  [
    "a threshold with a unit",
    metric("queue", { op: "lt", target: "500ms" }),
    ['5:13 slos[0].target: must be a number, got "500ms" [wrong-type]'],
  ],
  [
    "threshold, target and objective",
    metric("queue", { op: "lt", threshold: "5", objective: "0.9" }),
    ["9:16 slos[0].objective: says the same as target; keep one of them [target-twice]"],
  ],
  [
    "threshold twice",
    plain({ sli: "{ metric: q, op: lt, threshold: 1 }", threshold: "2" }),
    ["7:16 slos[0].threshold: stands in sli.threshold as well; keep one of them [field-twice]"],
  ],
  [
    "a value without a limit",
    metric("queue", { op: "lt", target: null }),
    [
      "3:5 slos[0].target: is missing; write target: with the limit in the metric's unit [missing-field]",
    ],
  ],
  [
    "a query longer than is sent",
    metric(`a + ${"b + ".repeat(2000)}c`),
    [
      "4:20 slos[0].sli.metric: has 8005 characters, at most 8000 are read; use a recording rule [query]",
    ],
  ],
  [
    "a query nested too deeply",
    metric(`${"a^".repeat(500)}a`),
    ["4:20 slos[0].sli.metric: is nested too deeply; simplify it [query]"],
  ],
  // Sloth
  [
    "an objective as a ratio",
    sloth({ objective: "0.999" }),
    [
      "5:16 slos[0].objective: must be a percentage between 1 and 100, got 0.999; write 99.9 [target-range]",
    ],
  ],
  [
    "an objective of 100 %",
    sloth({ objective: "100" }),
    [
      "5:16 slos[0].objective: must be a percentage between 1 and 100, got 100; that leaves no error budget to spend, write for example 99.99 [target-range]",
    ],
  ],
  [
    "an objective of 0 %",
    sloth({ objective: "0" }),
    [
      "5:16 slos[0].objective: must be a percentage between 1 and 100, got 0; write for example 99.5 [target-range]",
    ],
  ],
  [
    "an objective in quotes",
    sloth({ objective: "'99.9'" }),
    [
      '5:16 slos[0].objective: must be a number, got the text "99.9"; take the quotes away [wrong-type]',
    ],
  ],
  [
    "no objective",
    sloth({ objective: null }),
    ["4:5 slos[0].objective: is missing; write objective: 99.5 [missing-field]"],
  ],
  [
    "a plugin",
    sloth({ sli: "{ plugin: { id: x } }" }),
    [
      "6:20 slos[0].sli.plugin: SLI plugins are programs that cannot run here; write the queries that the plugin makes as events [sloth-plugin]",
    ],
  ],
  [
    "an sli of nothing",
    sloth({ sli: "{}" }),
    ["6:10 slos[0].sli: must have exactly one of events or raw; neither is there [sli-shape]"],
  ],
  [
    "events and raw",
    sloth({ sli: "{ events: {}, raw: {} }" }),
    [
      "6:10 slos[0].sli: must have exactly one of events or raw; events and raw are there [sli-shape]",
    ],
  ],
  [
    "events without a total",
    sloth({ sli: `{ events: { error_query: '${OK}' } }` }),
    [
      "6:20 slos[0].sli.events.total_query: is missing; write total_query: a query that counts all events [missing-field]",
    ],
  ],
  [
    "camel case in the plain shape",
    sloth({ alerting: "{ pageAlert: { disable: true } }" }),
    [
      "7:17 slos[0].alerting.pageAlert: is not a known field; did you mean page_alert? [unknown-field]",
    ],
  ],
  [
    "snake case in the Kubernetes shape",
    slothCrd({ sli: `{ raw: { error_ratio_query: a } }` }),
    [
      "9:19 spec.slos[0].sli.raw.errorRatioQuery: is missing; write errorRatioQuery: a query that gives the error ratio [missing-field]",
      "9:21 spec.slos[0].sli.raw.error_ratio_query: is not a known field; did you mean errorRatioQuery? [unknown-field]",
    ],
  ],
  [
    "a window",
    sloth({ window: "30d" }),
    [
      "7:5 slos[0].window: is not a known field; known here: name, description, objective, labels, sli, alerting [unknown-field]",
    ],
  ],
  [
    "disabled for disable",
    sloth({ alerting: "{ page_alert: { disabled: true } }" }),
    [
      "7:31 slos[0].alerting.page_alert.disabled: is not a known field; did you mean disable? [unknown-field]",
    ],
  ],
  [
    "a raw query that ends too early",
    sloth({ sli: "{ raw: { error_ratio_query: 'sum(x' } }" }),
    ["6:44 slos[0].sli.raw.error_ratio_query: the query ends too early [query-syntax]"],
  ],
  [
    "a Kubernetes resource without service",
    slothCrd({}, { service: null }),
    ["5:3 spec.service: is missing; write service: its-name [missing-field]"],
  ],
  [
    "a Kubernetes resource without spec",
    "apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel",
    ["1:1 spec: is missing; write spec: with service and slos [missing-field]"],
  ],
  [
    "another version",
    sloth({}, { version: "prometheus/v2" }),
    ["1:1: version prometheus/v2 is not supported; Sloth's is prometheus/v1 [not-supported]"],
  ],
  // other documents
  [
    "an empty file",
    "",
    ["1:1: holds no SLO document; write one or take the file away [empty-file]"],
  ],
  [
    "a file of comments",
    "# nothing\n---\n",
    ["1:1: holds no SLO document; write one or take the file away [empty-file]"],
  ],
  [
    "a list",
    "- a\n- b",
    [
      "1:3 [0]: is not an SLO document but a text; write the SLO as a plain or a Sloth document, with “service” and “slos” [unknown-document]",
      "2:3 [1]: is not an SLO document but a text; write the SLO as a plain or a Sloth document, with “service” and “slos” [unknown-document]",
    ],
  ],
  [
    "a text",
    "hello",
    [
      "1:1: is not an SLO document but a text; write the SLO as a plain or a Sloth document, with “service” and “slos” [unknown-document]",
    ],
  ],
  [
    "a map of something else",
    "a: 1",
    [
      "1:1: is not an SLO document but a map without “service” and “slos”; write the SLO as a plain or a Sloth document, with “service” and “slos” [unknown-document]",
    ],
  ],
  [
    "OpenSLO",
    "apiVersion: openslo/v1\nkind: SLO",
    [
      "1:1 metadata: is missing; write metadata: with a name [missing-field]",
      "1:1 spec: is missing; write spec: with what the SLO says [missing-field]",
    ],
  ],
  [
    "Pyrra",
    "apiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective",
    [
      "1:1 metadata: is missing; write metadata: with a name [missing-field]",
      "1:1 spec: is missing; write spec: with target, window and indicator [missing-field]",
    ],
  ],
  [
    "Sloth's AlertWindows",
    "apiVersion: sloth.slok.dev/v1\nkind: AlertWindows",
    ["1:1 spec: is missing; write spec: with sloPeriod, page and ticket [missing-field]"],
  ],
  [
    "Sloth of another version",
    "apiVersion: sloth.slok.dev/v2\nkind: PrometheusServiceLevel",
    [
      "1:1: apiVersion sloth.slok.dev/v2 with kind PrometheusServiceLevel is not supported; Sloth's is sloth.slok.dev/v1, PrometheusServiceLevel or AlertWindows [not-supported]",
    ],
  ],
  [
    "Backstage",
    "apiVersion: backstage.io/v1alpha1\nkind: Component",
    [
      "1:1: is a Backstage catalog, not an SLO document: name it under “catalog” in plimsoll.yaml, not under “slos” [not-supported]",
    ],
  ],
  [
    "Prometheus rules",
    "groups: []",
    [
      "1:1: is a file of Prometheus rules, not an SLO document: alerts follow from each SLO's window; write the SLO as a plain or a Sloth document [not-supported]",
    ],
  ],
  [
    "a Kubernetes resource of another kind",
    "apiVersion: v1\nkind: ConfigMap",
    [
      "1:1: is not an SLO document but apiVersion v1, kind ConfigMap; write the SLO as a plain or a Sloth document, with “service” and “slos” [unknown-document]",
    ],
  ],
  [
    "a name of every object",
    "apiVersion: constructor/v1",
    [
      "1:1: is not an SLO document but apiVersion constructor/v1, no kind; write the SLO as a plain or a Sloth document, with “service” and “slos” [unknown-document]",
    ],
  ],
  // YAML
  [
    "a tab",
    "service: api\n\tslos: []",
    ["2:1: is indented with a tab; YAML wants spaces [yaml-syntax]"],
  ],
  [
    "an open bracket",
    "service: api\nslos: [",
    [
      "2:8: is not indented as its neighbours, or a bracket before it is not closed; line it up [yaml-syntax]",
    ],
  ],
  [
    "two colons",
    "service: a: b",
    ["1:10: has a second “: ” in one line; put the value in quotes [yaml-syntax]"],
  ],
  [
    "a reserved character",
    "service: @x",
    ["1:10: begins with a character that YAML reserves; put the value in quotes [yaml-syntax]"],
  ],
  [
    "an escape that YAML does not know",
    'service: "a\\q"\nslos: []',
    ["1:12: has a “\\” that YAML does not know; double it or use single quotes [yaml-syntax]"],
  ],
  [
    "YAML 1.1",
    "%YAML 1.1\n---\nservice: api",
    [
      "1:1: is marked as YAML 1.1; take the %YAML line out, documents are read as YAML 1.2 [yaml-syntax]",
    ],
  ],
  [
    "a field twice",
    "service: api\nservice: api\nslos: []",
    [
      "2:1 service: stands there twice; keep one of them [repeated-field]",
      "3:7 slos: must hold at least one SLO; take the file away to retire all [empty-field]",
    ],
  ],
  [
    "no slos",
    "service: api",
    ["1:1 slos: is missing; write slos: with a list of SLOs [missing-field]"],
  ],
  [
    "slos that are no list",
    "service: api\nslos: { a: 1 }",
    ["2:7 slos: must be a list (lines that begin with “- ”), got a map [wrong-type]"],
  ],
  [
    "an SLO that is a text",
    "service: api\nslos: [availability]",
    ['2:8 slos[0]: must be a map of fields, got "availability" [wrong-type]'],
  ],
  [
    "an alias of nothing",
    "service: api\nslos: *x",
    [
      "2:7 slos: there is no anchor &x before this alias; write one or the value itself [yaml-alias]",
    ],
  ],
  [
    "an alias of itself",
    "service: &a [*a]\nslos: []",
    [
      "1:13 service: must be a text, got a list [wrong-type]",
      "2:7 slos: must hold at least one SLO; take the file away to retire all [empty-field]",
    ],
  ],
  [
    "a tag",
    "service: !!js/function x\nslos: []",
    [
      "1:24 service: has the tag tag:yaml.org,2002:js/function; tags are not supported, take it out [yaml-tag]",
      "2:7 slos: must hold at least one SLO; take the file away to retire all [empty-field]",
    ],
  ],
  [
    "CRLF, with the same places",
    plain({ target: "99.5" }).replaceAll("\n", "\r\n"),
    ["5:13 slos[0].target: must be between 0 and 1, got 99.5; write 0.995 [target-range]"],
  ],
  [
    "a byte order mark, with the same places",
    `\uFEFF${plain({}, { service: "'a b'" })}`,
    [
      '1:10 service: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "a b"; write a-b [bad-name]',
    ],
  ],
  [
    "a literal block, with the error at its place",
    plain({
      sli: "\n      metric: |\n        sum(rate(a_total[5m]))\n          / sum(rate(b_total[5m])) )",
    }),
    ["7:36 slos[0].sli.metric: not PromQL at “)” [query-syntax]"],
  ],
  [
    "JSON",
    '{\n\t"service": "api",\n\t"slos": [{ "name": "a b" }]\n}',
    [
      "3:11 slos[0].sli: is missing; write sli: with a metric, or with good and total [missing-field]",
      "3:11 slos[0].target: is missing; write target: 0.995 [missing-field]",
      "3:11 slos[0].window: is missing; write window: 30d [missing-field]",
      '3:21 slos[0].name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "a b"; write a-b [bad-name]',
    ],
  ],
];

test.each(REFUSED)("%s is refused with its place and what to do", (_, text, expected) => {
  const { slos, findings } = readDocument("slos/a.yaml", text);
  const errors = findings.filter((finding) => finding.severity === "error").map(formatFinding);
  expect(errors).toEqual(expected.map((line) => `slos/a.yaml:${line}`));
  expect(slos).toEqual([]);
});

test("at least sixty plain documents are refused, no two of them alike", () => {
  const own = REFUSED.filter(([, text]) => readDocument("a.yaml", text).dialect === "plain");
  expect(new Set(own.map(([, text]) => text)).size).toBeGreaterThanOrEqual(60);
});
