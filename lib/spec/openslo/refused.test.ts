import { expect, test } from "vitest";
import { formatFinding } from "#lib/spec/format.ts";
import { alert, burning, CONDITION } from "#lib/spec/openslo/testing.ts";
import { readDocument } from "#lib/spec/read.ts";
import { ALL, OK, openSlo, openSloObject, openSloOf, source } from "#lib/spec/testing.ts";

/** What is wrong, the document, and every error that is told, without the file's name. */
const REFUSED: readonly (readonly [string, string, readonly string[]])[] = [
  // around the spec
  [
    "a kind that there is not",
    openSloObject("Slo", {}, { name: "a" }),
    [
      "1:1: apiVersion openslo/v1 with kind Slo is not supported; write apiVersion: openslo/v1 with one of SLO, SLI, DataSource, Service, AlertPolicy, AlertCondition, AlertNotificationTarget [not-supported]",
    ],
  ],
  [
    "another version",
    openSlo().replace("openslo/v1", "openslo/v1alpha"),
    [
      "1:1: apiVersion openslo/v1alpha with kind SLO is not supported; write apiVersion: openslo/v1 with one of SLO, SLI, DataSource, Service, AlertPolicy, AlertCondition, AlertNotificationTarget [not-supported]",
    ],
  ],
  [
    "no metadata",
    openSlo().replace("metadata:\n  name: availability\n", ""),
    ["1:1 metadata: is missing; write metadata: with a name [missing-field]"],
  ],
  [
    "no name",
    openSlo({}, { name: null, displayName: "Availability" }),
    ["4:3 metadata.name: is missing; write name: its-name [missing-field]"],
  ],
  [
    "a name that cannot stand in an address",
    openSlo({}, { name: "api/errors" }),
    [
      '4:9 metadata.name: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "api/errors"; write api-errors [bad-name]',
    ],
  ],
  [
    "a field of metadata that there is not",
    openSlo({}, { namespace: "shop" }),
    [
      "5:3 metadata.namespace: is not a known field; known here: name, displayName, labels, annotations [unknown-field]",
    ],
  ],
  [
    "labels that are a list",
    openSlo({}, { labels: "[team]" }),
    ["5:11 metadata.labels: must be a map of labels, got a list [wrong-type]"],
  ],
  [
    "a label that is a map",
    openSlo({}, { labels: "{ team: { name: a } }" }),
    ["5:19 metadata.labels.team: must be a text or a list of texts, got a map [wrong-type]"],
  ],
  [
    "a label without a letter",
    openSlo({}, { labels: "{ '': a }" }),
    ['5:13 metadata.labels[""]: must hold a letter or digit, as in team [bad-label]'],
  ],
  [
    "annotations that are a text",
    openSlo({}, { annotations: "hello" }),
    ['5:16 metadata.annotations: must be a map of fields, got "hello" [wrong-type]'],
  ],
  [
    "no spec",
    openSlo().slice(0, openSlo().indexOf("spec:")),
    ["1:1 spec: is missing; write spec: with what the SLO says [missing-field]"],
  ],
  [
    "a field of the spec that is misspelt",
    openSlo({ budgetingMethode: "Occurrences" }),
    [
      "11:3 spec.budgetingMethode: is not a known field; did you mean budgetingMethod? [unknown-field]",
    ],
  ],
  [
    "a field outside the spec",
    `service: api\n${openSlo()}`,
    [
      "1:1 service: is not a known field; known here: apiVersion, kind, metadata, spec [unknown-field]",
    ],
  ],
  [
    "no service",
    openSlo({ service: null }),
    ["6:3 spec.service: is missing; write service: its-name [missing-field]"],
  ],
  [
    "a service that is a number",
    openSlo({ service: "7" }),
    ["6:12 spec.service: must be a text, got 7; put it in quotes [wrong-type]"],
  ],
  [
    "a description above 1050 characters",
    openSlo({ description: "x".repeat(1051) }),
    [
      "11:16 spec.description: has 1051 characters, at most 1050 are allowed; shorten it [too-long]",
    ],
  ],
  // the window
  [
    "no window",
    openSlo({ timeWindow: null }),
    [
      "6:3 spec.timeWindow: is missing; write timeWindow: with one window: - duration: 28d, isRolling: true [missing-field]",
    ],
  ],
  [
    "a window that is no list",
    openSlo({ timeWindow: "{ duration: 28d, isRolling: true }" }),
    ["8:15 spec.timeWindow: must be a list (lines that begin with “- ”), got a map [wrong-type]"],
  ],
  [
    "two windows",
    openSlo({
      timeWindow: "[{ duration: 28d, isRolling: true }, { duration: 7d, isRolling: true }]",
    }),
    ["8:15 spec.timeWindow: must hold exactly one window, got 2 [window-format]"],
  ],
  [
    "an empty list of windows",
    openSlo({ timeWindow: "[]" }),
    ["8:15 spec.timeWindow: must hold exactly one window, got 0 [window-format]"],
  ],
  [
    "no duration",
    openSlo({ timeWindow: "[{ isRolling: true }]" }),
    ["8:16 spec.timeWindow[0].duration: is missing; write duration: 28d [missing-field]"],
  ],
  [
    "a duration without a letter",
    openSlo({ timeWindow: "[{ duration: 28, isRolling: true }]" }),
    [
      "8:28 spec.timeWindow[0].duration: must be a number and a letter (m, h, d, w, M, Q, Y), got 28; write for example 28d [window-format]",
    ],
  ],
  [
    "a duration of two parts",
    openSlo({ timeWindow: "[{ duration: 1d12h, isRolling: true }]" }),
    [
      '8:28 spec.timeWindow[0].duration: must be one whole number above 0 and one letter (m, h, d, w, M, Q, Y), got "1d12h"; write for example 28d [window-format]',
    ],
  ],
  [
    "a duration of nothing",
    openSlo({ timeWindow: "[{ duration: 0d, isRolling: true }]" }),
    [
      '8:28 spec.timeWindow[0].duration: must be one whole number above 0 and one letter (m, h, d, w, M, Q, Y), got "0d"; write for example 28d [window-format]',
    ],
  ],
  [
    "one minute where a month is meant",
    openSlo({ timeWindow: "[{ duration: 1m, isRolling: true }]" }),
    [
      "8:28 spec.timeWindow[0].duration: must be from 1d to 400d, in whole minutes, got 1m; write for example 30d [window-range]",
    ],
  ],
  [
    "a rolling month",
    openSlo({ timeWindow: "[{ duration: 1M, isRolling: true }]" }),
    [
      '8:28 spec.timeWindow[0].duration: has no fixed length, got "1M"; write days, or a calendar for calendar periods [window-format]',
    ],
  ],
  [
    "more than is kept",
    openSlo({ timeWindow: "[{ duration: 401d, isRolling: true }]" }),
    [
      "8:28 spec.timeWindow[0].duration: must be from 1d to 400d, in whole minutes, got 401d; write for example 30d [window-range]",
    ],
  ],
  [
    "neither rolling nor a calendar",
    openSlo({ timeWindow: "[{ duration: 28d }]" }),
    [
      "8:16 spec.timeWindow[0].isRolling: is missing; write isRolling: true, or a calendar [missing-field]",
    ],
  ],
  [
    "rolling by the calendar",
    openSlo({
      timeWindow:
        "[{ duration: 1M, isRolling: true, calendar: { startTime: '2026-01-01 00:00:00', timeZone: UTC } }]",
    }),
    [
      '8:28 spec.timeWindow[0].duration: has no fixed length, got "1M"; write days, or a calendar for calendar periods [window-format]',
      "8:59 spec.timeWindow[0].calendar: goes with isRolling: false; take one of them out [window-format]",
    ],
  ],
  [
    "a calendar that is not there",
    openSlo({ timeWindow: "[{ duration: 1M, isRolling: false }]" }),
    [
      "8:16 spec.timeWindow[0].calendar: is missing; write calendar: with startTime and timeZone [missing-field]",
    ],
  ],
  [
    "a calendar in days",
    openSlo({
      timeWindow:
        "[{ duration: 30d, calendar: { startTime: '2026-01-01 00:00:00', timeZone: UTC } }]",
    }),
    [
      '8:28 spec.timeWindow[0].duration: must be in weeks, months, quarters or years (w, M, Q, Y) for a calendar, got "30d" [window-format]',
    ],
  ],
  [
    "a calendar of two years",
    openSlo({
      timeWindow:
        "[{ duration: 2Y, calendar: { startTime: '2026-01-01 00:00:00', timeZone: UTC } }]",
    }),
    [
      '8:28 spec.timeWindow[0].duration: must be at least 1 and at most 1 year, as history is kept for a year, got "2Y" [window-range]',
    ],
  ],
  [
    "a calendar without its zone",
    openSlo({ timeWindow: "[{ duration: 1M, calendar: { startTime: '2026-01-01 00:00:00' } }]" }),
    [
      "8:42 spec.timeWindow[0].calendar.timeZone: is missing; write timeZone: Europe/Berlin [missing-field]",
    ],
  ],
  [
    "a zone that there is not",
    openSlo({
      timeWindow:
        "[{ duration: 1M, calendar: { startTime: '2026-01-01 00:00:00', timeZone: Europe/Atlantis } }]",
    }),
    [
      '8:88 spec.timeWindow[0].calendar.timeZone: must be a time zone by its IANA name, such as Europe/Berlin or UTC, got "Europe/Atlantis" [bad-zone]',
    ],
  ],
  [
    "an offset as a zone",
    openSlo({
      timeWindow:
        "[{ duration: 1M, calendar: { startTime: '2026-01-01 00:00:00', timeZone: '+01:00' } }]",
    }),
    [
      '8:88 spec.timeWindow[0].calendar.timeZone: must be a time zone by its IANA name, such as Europe/Berlin or UTC, got "+01:00" [bad-zone]',
    ],
  ],
  [
    "a start with a zone in it",
    openSlo({
      timeWindow:
        "[{ duration: 1M, calendar: { startTime: '2026-01-01T00:00:00Z', timeZone: UTC } }]",
    }),
    [
      '8:55 spec.timeWindow[0].calendar.startTime: must be a date with a time and no zone, as in 2026-01-01 00:00:00, got "2026-01-01T00:00:00Z" [bad-start]',
    ],
  ],
  [
    "a start on a day that there is not",
    openSlo({
      timeWindow:
        "[{ duration: 1M, calendar: { startTime: '2026-02-30 00:00:00', timeZone: UTC } }]",
    }),
    [
      '8:55 spec.timeWindow[0].calendar.startTime: must be a date with a time and no zone, as in 2026-01-01 00:00:00, got "2026-02-30 00:00:00" [bad-start]',
    ],
  ],
  // the budget
  [
    "no budgeting method",
    openSlo({ budgetingMethod: null }),
    ["6:3 spec.budgetingMethod: is missing; write budgetingMethod: Occurrences [missing-field]"],
  ],
  [
    "a budgeting method that there is not",
    openSlo({ budgetingMethod: "occurrences" }),
    [
      '9:20 spec.budgetingMethod: must be Occurrences, Timeslices or RatioTimeslices, got "occurrences" [wrong-type]',
    ],
  ],
  [
    "time slices without their window and target",
    openSlo({ budgetingMethod: "Timeslices" }),
    [
      "10:16 spec.objectives[0].timeSliceWindow: is missing; write timeSliceWindow: 5m [missing-field]",
      "10:16 spec.objectives[0].timeSliceTarget: is missing; write timeSliceTarget: 0.95 [missing-field]",
    ],
  ],
  [
    "time slices that count occurrences",
    openSlo({ objectives: "[{ target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 5m }]" }),
    [
      "10:49 spec.objectives[0].timeSliceTarget: does not go with budgetingMethod: Occurrences; take it out [slice-range]",
      "10:71 spec.objectives[0].timeSliceWindow: does not go with budgetingMethod: Occurrences; take it out [slice-range]",
    ],
  ],
  [
    "a slice target of 0",
    openSlo({
      budgetingMethod: "Timeslices",
      objectives: "[{ target: 0.99, timeSliceTarget: 0, timeSliceWindow: 5m }]",
    }),
    [
      "10:49 spec.objectives[0].timeSliceTarget: must be above 0 and at most 1, got 0 [slice-range]",
    ],
  ],
  [
    "slices of two days",
    openSlo({
      budgetingMethod: "Timeslices",
      objectives: "[{ target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 2d }]",
    }),
    [
      '10:71 spec.objectives[0].timeSliceWindow: must be from 1m to 1d, in whole minutes, got "2d" [slice-range]',
    ],
  ],
  [
    "slices of a month",
    openSlo({
      budgetingMethod: "Timeslices",
      objectives: "[{ target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 1M }]",
    }),
    [
      '10:71 spec.objectives[0].timeSliceWindow: has no fixed length, got "1M"; write m, h, d or w [window-format]',
    ],
  ],
  [
    "a slice target where slices keep their ratio",
    openSlo({
      budgetingMethod: "RatioTimeslices",
      objectives: "[{ target: 0.99, timeSliceTarget: 0.9, timeSliceWindow: 5m }]",
    }),
    [
      "10:49 spec.objectives[0].timeSliceTarget: does not go with budgetingMethod: RatioTimeslices; take it out [slice-range]",
    ],
  ],
  // objectives
  [
    "no objectives",
    openSlo({ objectives: null }),
    ["6:3 spec.objectives: is missing; write objectives: with a target [missing-field]"],
  ],
  [
    "an empty list of objectives",
    openSlo({ objectives: "[]" }),
    ["10:15 spec.objectives: must hold at least one objective [empty-field]"],
  ],
  [
    "an objective without a target",
    openSlo({ objectives: "[{ displayName: Good }]" }),
    ["10:16 spec.objectives[0].target: is missing; write target: 0.995 [missing-field]"],
  ],
  [
    "a target of 1",
    openSlo({ objectives: "[{ target: 1 }]" }),
    [
      "10:26 spec.objectives[0].target: must be between 0 and 1, got 1; that leaves no error budget to spend, write for example 0.9999 [target-range]",
    ],
  ],
  [
    "a target in percent",
    openSlo({ objectives: "[{ target: 99.9 }]" }),
    [
      "10:26 spec.objectives[0].target: must be between 0 and 1, got 99.9; write 0.999 [target-range]",
    ],
  ],
  [
    "a target of 0",
    openSlo({ objectives: "[{ target: 0 }]" }),
    [
      "10:26 spec.objectives[0].target: is 0, which every service meets; write what is promised, for example 99.5 % [target-range]",
    ],
  ],
  [
    "a targetPercent of 100",
    openSlo({ objectives: "[{ targetPercent: 100 }]" }),
    [
      "10:33 spec.objectives[0].targetPercent: must be a percentage below 100, got 100; that leaves no error budget to spend, write for example 99.99 [target-range]",
    ],
  ],
  [
    "a negative targetPercent",
    openSlo({ objectives: "[{ targetPercent: -1 }]" }),
    [
      "10:33 spec.objectives[0].targetPercent: must be a percentage below 100, got -1; write for example 99.5 [target-range]",
    ],
  ],
  [
    "both kinds of target",
    openSlo({ objectives: "[{ target: 0.99, targetPercent: 99 }]" }),
    [
      "10:47 spec.objectives[0].targetPercent: says the same as target; keep one of them [target-twice]",
    ],
  ],
  [
    "a limit for a ratio",
    openSlo({ objectives: "[{ target: 0.99, op: lte, value: 1 }]" }),
    [
      "10:36 spec.objectives[0].op: goes with a thresholdMetric; take it out [sli-shape]",
      "10:48 spec.objectives[0].value: goes with a thresholdMetric; take it out [sli-shape]",
    ],
  ],
  [
    "a composite",
    openSlo({ objectives: "[{ target: 0.99, indicatorRef: other, compositeWeight: 2 }]" }),
    [
      "10:46 spec.objectives[0].indicatorRef: SLOs made of several SLIs are not supported; write one SLO for each SLI [not-supported]",
      "10:70 spec.objectives[0].compositeWeight: SLOs made of several SLIs are not supported; write one SLO for each SLI [not-supported]",
    ],
  ],
  // what is measured
  [
    "no SLI at all",
    openSlo({ indicator: null }),
    ["6:3 spec: must have exactly one of indicator or indicatorRef; neither is there [sli-shape]"],
  ],
  [
    "an SLI and a reference to one",
    openSlo({ indicatorRef: "other" }),
    ["6:3 spec: must have exactly one of indicator or indicatorRef; both are there [sli-shape]"],
  ],
  [
    "an SLI of another kind",
    openSlo({ indicator: "{ kind: Service, metadata: { name: a }, spec: {} }" }),
    [
      '7:22 spec.indicator.kind: must be SLI at this place, got "Service" [wrong-type]',
      "7:60 spec.indicator.spec: must have exactly one of thresholdMetric or ratioMetric; neither is there [sli-shape]",
    ],
  ],
  [
    "an SLI without a metric",
    openSloOf("{ description: a }"),
    [
      "7:46 spec.indicator.spec: must have exactly one of thresholdMetric or ratioMetric; neither is there [sli-shape]",
    ],
  ],
  [
    "a ratio and a threshold",
    openSloOf(`{ thresholdMetric: ${source("x")}, ratioMetric: {} }`),
    [
      "7:46 spec.indicator.spec: must have exactly one of thresholdMetric or ratioMetric; both are there [sli-shape]",
    ],
  ],
  [
    "a ratio of nothing",
    openSloOf("{ ratioMetric: { counter: true } }"),
    [
      "7:61 spec.indicator.spec.ratioMetric: must have exactly one of good, bad or raw; none of them is there [sli-shape]",
    ],
  ],
  [
    "good and bad",
    openSloOf(
      `{ ratioMetric: { good: ${source(OK)}, bad: ${source(OK)}, total: ${source(ALL)} } }`,
    ),
    [
      "7:61 spec.indicator.spec.ratioMetric: must have exactly one of good, bad or raw; good and bad are there [sli-shape]",
    ],
  ],
  [
    "good without a total",
    openSloOf(`{ ratioMetric: { good: ${source(OK)} } }`),
    [
      "7:61 spec.indicator.spec.ratioMetric.total: is missing; write total: with a metricSource that counts all events [missing-field]",
    ],
  ],
  [
    "a counter that is neither true nor false",
    openSloOf(`{ ratioMetric: { counter: yes, good: ${source(OK)}, total: ${source(ALL)} } }`),
    ['7:72 spec.indicator.spec.ratioMetric.counter: must be true or false, got "yes" [wrong-type]'],
  ],
  [
    "a raw ratio without its type",
    openSloOf(`{ ratioMetric: { raw: ${source("my:ratio")} } }`),
    [
      "7:61 spec.indicator.spec.ratioMetric.rawType: is missing; write rawType: success or failure [missing-field]",
    ],
  ],
  [
    "a raw ratio of a type that there is not",
    openSloOf(`{ ratioMetric: { rawType: good, raw: ${source("my:ratio")} } }`),
    [
      '7:72 spec.indicator.spec.ratioMetric.rawType: must be success or failure, got "good" [sli-shape]',
    ],
  ],
  [
    "a raw ratio with a total",
    openSloOf(
      `{ ratioMetric: { rawType: success, raw: ${source("my:ratio")}, total: ${source(ALL)} } }`,
    ),
    [
      "7:162 spec.indicator.spec.ratioMetric.total: goes with good or bad, not with raw [sli-shape]",
    ],
  ],
  [
    "a rawType without raw",
    openSloOf(`{ ratioMetric: { rawType: success, good: ${source(OK)}, total: ${source(ALL)} } }`),
    [
      "7:72 spec.indicator.spec.ratioMetric.rawType: goes with raw, not with good or bad [sli-shape]",
    ],
  ],
  [
    "a metric without a source",
    openSloOf("{ thresholdMetric: {} }"),
    [
      "7:65 spec.indicator.spec.thresholdMetric.metricSource: is missing; write metricSource: with type: Prometheus and a spec [missing-field]",
    ],
  ],
  [
    "a source without a type",
    openSloOf(`{ thresholdMetric: ${source("x", "metricSourceRef: main")} }`),
    [
      '7:100 spec.indicator.spec.thresholdMetric.metricSource.metricSourceRef: there is no DataSource "main" in these documents; write it, or correct the name [no-such-object]',
      "10:16 spec.objectives[0].op: is missing; write op: lte (good up to value) or op: gte [missing-field]",
      "10:16 spec.objectives[0].value: is missing; write value: with the limit [missing-field]",
    ],
  ],
  [
    "a source that says nothing of itself",
    openSloOf("{ thresholdMetric: { metricSource: { spec: { query: x } } } }"),
    [
      "7:81 spec.indicator.spec.thresholdMetric.metricSource.type: is missing; write type: Prometheus, or metricSourceRef with the name of a DataSource [missing-field]",
      "10:16 spec.objectives[0].op: is missing; write op: lte (good up to value) or op: gte [missing-field]",
      "10:16 spec.objectives[0].value: is missing; write value: with the limit [missing-field]",
    ],
  ],
  [
    "a source that is not Prometheus",
    openSloOf(`{ thresholdMetric: ${source("x", "type: Datadog")} }`),
    [
      '7:89 spec.indicator.spec.thresholdMetric.metricSource.type: Plimsoll reads Prometheus only, got "Datadog"; give a query for Prometheus [not-supported]',
      "10:16 spec.objectives[0].op: is missing; write op: lte (good up to value) or op: gte [missing-field]",
      "10:16 spec.objectives[0].value: is missing; write value: with the limit [missing-field]",
    ],
  ],
  [
    "a source without a query",
    openSloOf("{ thresholdMetric: { metricSource: { type: Prometheus, spec: {} } } }"),
    [
      "7:107 spec.indicator.spec.thresholdMetric.metricSource.spec.query: is missing; write query: in PromQL [missing-field]",
    ],
  ],
  [
    "a field that no Prometheus source has",
    openSloOf(
      "{ thresholdMetric: { metricSource: { type: Prometheus, spec: { query: x, region: eu } } } }",
    ),
    [
      "7:119 spec.indicator.spec.thresholdMetric.metricSource.spec.region: is not a known field; known here: query [unknown-field]",
      "10:16 spec.objectives[0].op: is missing; write op: lte (good up to value) or op: gte [missing-field]",
      "10:16 spec.objectives[0].value: is missing; write value: with the limit [missing-field]",
    ],
  ],
  [
    "a query that is not PromQL",
    openSloOf(`{ ratioMetric: { good: ${source("sum(")}, total: ${source(ALL)} } }`),
    [
      "7:125 spec.indicator.spec.ratioMetric.good.metricSource.spec.query: the query ends too early [query-syntax]",
    ],
  ],
  [
    "counts that are none",
    openSloOf(`{ ratioMetric: { good: ${source("sum(x)")}, total: ${source("sum(y)")} } }`),
    [
      "7:120 spec.indicator.spec.ratioMetric.good.metricSource.spec.query: counts nothing by itself; write counter: true when it is a counter, or rate() around each selector [not-countable]",
      "7:194 spec.indicator.spec.ratioMetric.total.metricSource.spec.query: counts nothing by itself; write counter: true when it is a counter, or rate() around each selector [not-countable]",
    ],
  ],
  [
    "two sources for one ratio",
    openSloOf(
      `{ ratioMetric: { good: ${source(OK, "type: Prometheus, metricSourceRef: a")}, total: ${source(ALL)} } }`,
    ),
    [
      "7:140 spec.indicator.spec.ratioMetric.good.metricSource.spec.query: must be from the same source as the other query; they are counted together [sli-shape]",
    ],
  ],
  [
    "a threshold without its limit",
    openSloOf(`{ thresholdMetric: ${source("queue_size")} }`),
    [
      "10:16 spec.objectives[0].op: is missing; write op: lte (good up to value) or op: gte [missing-field]",
      "10:16 spec.objectives[0].value: is missing; write value: with the limit [missing-field]",
    ],
  ],
  [
    "a threshold with an op that there is not",
    openSloOf(`{ thresholdMetric: ${source("queue_size")} }`, {
      objectives: "[{ target: 0.99, op: '<=', value: 5 }]",
    }),
    ['10:36 spec.objectives[0].op: must be lt, lte, gt or gte, got "<=" [bad-op]'],
  ],
  [
    "a threshold with two objectives",
    openSloOf(`{ thresholdMetric: ${source("queue_size")} }`, {
      objectives: "[{ target: 0.99, op: lte, value: 5 }, { target: 0.9, op: lte, value: 9 }]",
    }),
    ["10:15 spec.objectives: must hold one objective with a thresholdMetric, got 2 [sli-shape]"],
  ],
  // alerts
  [
    "an alert policy that is a text",
    openSlo({ alertPolicies: "[page]" }),
    ['11:19 spec.alertPolicies[0]: must be a map of fields, got "page" [wrong-type]'],
  ],
  [
    "an alert policy without a condition",
    openSlo({ alertPolicies: alert({ conditions: "[]" }) }),
    [
      "11:93 spec.alertPolicies[0].spec.conditions: must hold exactly one condition, got 0; write a policy for each [sli-shape]",
    ],
  ],
  [
    "an alert policy of two conditions",
    openSlo({ alertPolicies: alert({ conditions: `[${CONDITION}, ${CONDITION}]` }) }),
    [
      "11:93 spec.alertPolicies[0].spec.conditions: must hold exactly one condition, got 2; write a policy for each [sli-shape]",
    ],
  ],
  [
    "a condition without a severity",
    openSlo({
      alertPolicies: alert({
        conditions:
          "[{ metadata: { name: c }, spec: { condition: { threshold: 2, lookbackWindow: 1h } } }]",
      }),
    }),
    [
      "11:125 spec.alertPolicies[0].spec.conditions[0].spec.severity: is missing; write severity: page [missing-field]",
    ],
  ],
  [
    "a condition of another kind",
    openSlo({ alertPolicies: burning("kind: budget, threshold: 2, lookbackWindow: 1h") }),
    [
      '11:162 spec.alertPolicies[0].spec.conditions[0].spec.condition.kind: must be burnrate, got "budget" [not-supported]',
    ],
  ],
  [
    "a condition without its numbers",
    openSlo({ alertPolicies: burning("kind: burnrate") }),
    [
      "11:154 spec.alertPolicies[0].spec.conditions[0].spec.condition.threshold: is missing; write threshold: 14.4 [missing-field]",
      "11:154 spec.alertPolicies[0].spec.conditions[0].spec.condition.lookbackWindow: is missing; write lookbackWindow: 1h [missing-field]",
    ],
  ],
  [
    "a burn rate of 0",
    openSlo({ alertPolicies: burning("threshold: 0, lookbackWindow: 1h") }),
    [
      "11:167 spec.alertPolicies[0].spec.conditions[0].spec.condition.threshold: must be a burn rate above 0, got 0 [tier-range]",
    ],
  ],
  [
    "a look back of a month",
    openSlo({ alertPolicies: burning("threshold: 2, lookbackWindow: 1M") }),
    [
      '11:186 spec.alertPolicies[0].spec.conditions[0].spec.condition.lookbackWindow: has no fixed length, got "1M"; write m, h, d or w [window-format]',
    ],
  ],
  [
    "a wait that is longer than the look back",
    openSlo({ alertPolicies: burning("threshold: 2, lookbackWindow: 1h, alertAfter: 2h") }),
    [
      "11:202 spec.alertPolicies[0].spec.conditions[0].spec.condition.alertAfter: must be shorter than lookbackWindow, which could not have been seen for that long [tier-range]",
    ],
  ],
  [
    "an op that there is not",
    openSlo({ alertPolicies: burning("op: '>', threshold: 2, lookbackWindow: 1h") }),
    [
      '11:160 spec.alertPolicies[0].spec.conditions[0].spec.condition.op: must be gt or gte, got ">" [bad-op]',
    ],
  ],
  [
    "a target without its address",
    openSlo({
      alertPolicies: alert({ notificationTargets: "[{ metadata: { name: a }, spec: {} }]" }),
    }),
    [
      "11:286 spec.alertPolicies[0].spec.notificationTargets[0].spec.target: is missing; write target: email [missing-field]",
    ],
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
