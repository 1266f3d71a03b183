import { expect, test } from "vitest";
import { formatFinding } from "#lib/spec/format.ts";
import { readDocument } from "#lib/spec/read.ts";
import { sloth, slothCrd } from "#lib/spec/testing.ts";

const events = (text: string) => sloth({ sli: `{ events: ${text} }` });
const alerting = (text: string) => sloth({ alerting: text });

/** What is wrong, the document, and every error that is told, without the file's name. */
const REFUSED: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "no service",
    sloth({}, { service: null }),
    ["1:1 service: is missing; write service: its-name [missing-field]"],
  ],
  [
    "a service that is a list",
    sloth({}, { service: "[api]" }),
    ["2:10 service: must be a text, got a list [wrong-type]"],
  ],
  [
    "labels that are a list",
    sloth({}, { labels: "[a]" }),
    ["3:9 labels: must be a map of labels, got a list [wrong-type]"],
  ],
  [
    "a label that Prometheus would refuse",
    sloth({}, { labels: "{ a-b: c }" }),
    [
      "3:11 labels.a-b: must be a label name: letters, digits and underscores, not beginning with a digit or “__” [bad-label]",
    ],
  ],
  [
    "an owner beside the service",
    sloth({}, { owner: "shop" }),
    ["3:1 owner: is not a known field; known here: version, service, labels, slos [unknown-field]"],
  ],
  [
    "no name",
    sloth({ name: null }),
    ["4:5 slos[0].name: is missing; write name: availability [missing-field]"],
  ],
  [
    "a description that is a map",
    sloth({ description: "{}" }),
    ["7:18 slos[0].description: must be a text, got a map [wrong-type]"],
  ],
  [
    "no objective",
    sloth({ objective: null }),
    ["4:5 slos[0].objective: is missing; write objective: 99.5 [missing-field]"],
  ],
  [
    "an objective that is a text",
    sloth({ objective: "'99.9'" }),
    [
      '5:16 slos[0].objective: must be a number, got the text "99.9"; take the quotes away [wrong-type]',
    ],
  ],
  [
    "an objective as a ratio",
    sloth({ objective: "0.999" }),
    [
      "5:16 slos[0].objective: must be a percentage between 1 and 100, got 0.999; write 99.9 [target-range]",
    ],
  ],
  [
    "a negative objective",
    sloth({ objective: "-1" }),
    [
      "5:16 slos[0].objective: must be a percentage between 1 and 100, got -1; write for example 99.5 [target-range]",
    ],
  ],
  [
    "no SLI",
    sloth({ sli: null }),
    ["4:5 slos[0].sli: is missing; write sli: with events or raw [missing-field]"],
  ],
  [
    "an SLI that is a text",
    sloth({ sli: "errors" }),
    ['6:10 slos[0].sli: must be a map of fields, got "errors" [wrong-type]'],
  ],
  [
    "events and raw",
    sloth({ sli: "{ events: {}, raw: {} }" }),
    [
      "6:10 slos[0].sli: must have exactly one of events or raw; events and raw are there [sli-shape]",
    ],
  ],
  [
    "events that are a text",
    events("errors"),
    ['6:20 slos[0].sli.events: must be a map of fields, got "errors" [wrong-type]'],
  ],
  [
    "events of nothing",
    events("{}"),
    [
      "6:20 slos[0].sli.events.error_query: is missing; write error_query: a query that counts bad events [missing-field]",
      "6:20 slos[0].sli.events.total_query: is missing; write total_query: a query that counts all events [missing-field]",
    ],
  ],
  [
    "events without a total",
    events("{ error_query: 'sum(rate(e_total[{{.window}}]))' }"),
    [
      "6:20 slos[0].sli.events.total_query: is missing; write total_query: a query that counts all events [missing-field]",
    ],
  ],
  [
    "events without errors",
    events("{ total_query: 'sum(rate(a_total[{{.window}}]))' }"),
    [
      "6:20 slos[0].sli.events.error_query: is missing; write error_query: a query that counts bad events [missing-field]",
    ],
  ],
  [
    "good events",
    events("{ good_query: a, total_query: 'sum(rate(a_total[{{.window}}]))' }"),
    [
      "6:20 slos[0].sli.events.error_query: is missing; write error_query: a query that counts bad events [missing-field]",
      "6:22 slos[0].sli.events.good_query: is not a known field; known here: error_query, total_query [unknown-field]",
    ],
  ],
  [
    "events that are averaged",
    events(
      "{ error_query: 'avg(rate(e_total[{{.window}}]))', total_query: 'sum(rate(a_total[{{.window}}]))' }",
    ),
    [
      "6:35 slos[0].sli.events.error_query: avg() of rates does not count events; write sum() [not-countable]",
    ],
  ],
  [
    "a raw query that is no query",
    sloth({ sli: "{ raw: { error_ratio_query: '1 -' } }" }),
    ["6:42 slos[0].sli.raw.error_ratio_query: the query ends too early [query-syntax]"],
  ],
  [
    "raw of nothing",
    sloth({ sli: "{ raw: {} }" }),
    [
      "6:17 slos[0].sli.raw.error_ratio_query: is missing; write error_ratio_query: a query that gives the error ratio [missing-field]",
    ],
  ],
  [
    "alerting that is a list",
    alerting("[]"),
    ["7:15 slos[0].alerting: must be a map of fields, got a list [wrong-type]"],
  ],
  [
    "an alert that is switched off by a text",
    alerting("{ page_alert: { disable: 'yes' } }"),
    ['7:40 slos[0].alerting.page_alert.disable: must be true or false, got "yes" [wrong-type]'],
  ],
  [
    "a page that is false",
    alerting("{ page_alert: false }"),
    ["7:29 slos[0].alerting.page_alert: must be a map of fields, got false [wrong-type]"],
  ],
  [
    "alert labels that are a text",
    alerting("{ ticket_alert: { labels: severity } }"),
    [
      '7:41 slos[0].alerting.ticket_alert.labels: must be a map of labels, got "severity" [wrong-type]',
    ],
  ],
  [
    "annotations with a name that Prometheus would refuse",
    alerting("{ annotations: { 'a b': c } }"),
    [
      '7:32 slos[0].alerting.annotations["a b"]: must be a label name: letters, digits and underscores, not beginning with a digit or “__” [bad-label]',
    ],
  ],
  [
    "a resource without its spec",
    slothCrd().slice(0, slothCrd().indexOf("spec:")),
    ["1:1 spec: is missing; write spec: with service and slos [missing-field]"],
  ],
  [
    "a resource with a spec that is a list",
    `${slothCrd().slice(0, slothCrd().indexOf("spec:"))}spec: []`,
    ["4:7 spec: must be a map of fields, got a list [wrong-type]"],
  ],
  [
    "a resource with a field beside the spec",
    `${slothCrd()}\nslos: []`,
    [
      "10:1 slos: is not a known field; known here: apiVersion, kind, metadata, spec, status [unknown-field]",
    ],
  ],
  [
    "a resource in snake case",
    slothCrd({ sli: "{ events: { error_query: a, total_query: b } }" }),
    [
      "9:22 spec.slos[0].sli.events.errorQuery: is missing; write errorQuery: a query that counts bad events [missing-field]",
      "9:22 spec.slos[0].sli.events.totalQuery: is missing; write totalQuery: a query that counts all events [missing-field]",
      "9:24 spec.slos[0].sli.events.error_query: is not a known field; did you mean errorQuery? [unknown-field]",
      "9:40 spec.slos[0].sli.events.total_query: is not a known field; did you mean totalQuery? [unknown-field]",
    ],
  ],
  [
    "a resource whose alerts are in snake case",
    slothCrd({ alerting: "{ page_alert: { disable: true } }" }),
    [
      "10:19 spec.slos[0].alerting.page_alert: is not a known field; did you mean pageAlert? [unknown-field]",
    ],
  ],
  [
    "a resource with a plugin",
    slothCrd({ sli: "{ plugin: { id: a } }" }),
    [
      "9:22 spec.slos[0].sli.plugin: SLI plugins are programs that cannot run here; write the queries that the plugin makes as events [sloth-plugin]",
    ],
  ],
  [
    "another version",
    sloth().replace("prometheus/v1", "prometheus/v2"),
    ["1:1: version prometheus/v2 is not supported; Sloth's is prometheus/v1 [not-supported]"],
  ],
  [
    "a version that is a number",
    sloth({}, { version: "1" }),
    ["1:1: version 1 is not supported; Sloth's is prometheus/v1 [not-supported]"],
  ],
  [
    "a version twice",
    `version: prometheus/v1\n${sloth()}`,
    ["2:1 version: stands there twice; keep one of them [repeated-field]"],
  ],
  [
    "no SLOs",
    sloth().slice(0, sloth().indexOf("slos:")),
    ["1:1 slos: is missing; write slos: with a list of SLOs [missing-field]"],
  ],
  [
    "SLOs that are empty",
    `${sloth().slice(0, sloth().indexOf("slos:"))}slos:`,
    ["3:1 slos: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "SLOs that are none",
    `${sloth().slice(0, sloth().indexOf("slos:"))}slos: []`,
    ["3:7 slos: must hold at least one SLO; take the file away to retire all [empty-field]"],
  ],
  [
    "SLOs that are a map",
    `${sloth().slice(0, sloth().indexOf("slos:"))}slos: { name: a }`,
    ["3:7 slos: must be a list (lines that begin with “- ”), got a map [wrong-type]"],
  ],
  [
    "an SLO that is a text",
    `${sloth().slice(0, sloth().indexOf("slos:"))}slos: [availability]`,
    ['3:8 slos[0]: must be a map of fields, got "availability" [wrong-type]'],
  ],
  [
    "a window, which Sloth takes from its own settings",
    sloth({ window: "28d" }),
    [
      "7:5 slos[0].window: is not a known field; known here: name, description, objective, labels, sli, alerting [unknown-field]",
    ],
  ],
  [
    "an interval of its rules",
    sloth({ interval: "{ all: 5m }" }),
    [
      "7:5 slos[0].interval: is not a known field; known here: name, description, objective, labels, sli, alerting [unknown-field]",
    ],
  ],
  [
    "SLO plugins",
    sloth({ plugins: "{ chain: [{ id: example.com/debug/v1 }] }" }),
    [
      "7:5 slos[0].plugins: is not a known field; known here: name, description, objective, labels, sli, alerting [unknown-field]",
    ],
  ],
  [
    "SLO plugins of every SLO",
    sloth({}, { slo_plugins: "{ chain: [{ id: example.com/debug/v1 }] }" }),
    [
      "3:1 slo_plugins: is not a known field; known here: version, service, labels, slos [unknown-field]",
    ],
  ],
  [
    "SLO plugins in the other shape's spelling",
    sloth({}, { sloPlugins: "{ chain: [] }" }),
    [
      "3:1 sloPlugins: is not a known field; known here: version, service, labels, slos [unknown-field]",
    ],
  ],
  [
    "an SLI plugin with options",
    sloth({ sli: "{ plugin: { id: example/availability, options: { job: api } } }" }),
    [
      "6:20 slos[0].sli.plugin: SLI plugins are programs that cannot run here; write the queries that the plugin makes as events [sloth-plugin]",
    ],
  ],
  [
    "an SLI of another name",
    sloth({ sli: "{ event: { error_query: a, total_query: b } }" }),
    [
      "6:10 slos[0].sli: must have exactly one of events or raw; neither is there [sli-shape]",
      "6:12 slos[0].sli.event: is not a known field; did you mean events? [unknown-field]",
    ],
  ],
  [
    "an SLI of nothing",
    sloth({ sli: "{}" }),
    ["6:10 slos[0].sli: must have exactly one of events or raw; neither is there [sli-shape]"],
  ],
  [
    "an objective of 0",
    sloth({ objective: "0" }),
    [
      "5:16 slos[0].objective: must be a percentage between 1 and 100, got 0; write for example 99.5 [target-range]",
    ],
  ],
  [
    "an objective of 100",
    sloth({ objective: "100" }),
    [
      "5:16 slos[0].objective: must be a percentage between 1 and 100, got 100; that leaves no error budget to spend, write for example 99.99 [target-range]",
    ],
  ],
  [
    "an objective with its sign",
    sloth({ objective: "99.9%" }),
    ['5:16 slos[0].objective: must be a number, got "99.9%" [wrong-type]'],
  ],
  [
    "an objective that is empty",
    sloth({ objective: "" }),
    ["5:5 slos[0].objective: is empty; give it a value or take the line out [empty-field]"],
  ],
  [
    "an error query that is a number",
    events("{ error_query: 7, total_query: 'sum(rate(a_total[{{.window}}]))' }"),
    ["6:35 slos[0].sli.events.error_query: must be a text, got 7 [wrong-type]"],
  ],
  [
    "an error query that is empty",
    events("{ error_query: '', total_query: 'sum(rate(a_total[{{.window}}]))' }"),
    [
      "6:35 slos[0].sli.events.error_query: is empty; give it a value or take the line out [empty-field]",
    ],
  ],
  [
    "an error query with a bracket too few",
    events(
      "{ error_query: 'sum(rate(e_total[{{.window}}])', total_query: 'sum(rate(a_total[{{.window}}]))' }",
    ),
    ["6:66 slos[0].sli.events.error_query: the query ends too early [query-syntax]"],
  ],
  [
    "a total query without a range",
    events("{ error_query: 'sum(rate(e_total[{{.window}}]))', total_query: 'sum(rate(a_total))' }"),
    [
      "6:83 slos[0].sli.events.total_query: rate() needs a time range: write rate(a_total[5m]) [query]",
    ],
  ],
  [
    "a template that is not the window's",
    events(
      "{ error_query: 'sum(rate(e_total[{{.period}}]))', total_query: 'sum(rate(a_total[{{.window}}]))' }",
    ),
    [
      "6:35 slos[0].sli.events.error_query: “{{.period}}” is a variable that is unknown here; write a duration such as 5m [query]",
    ],
  ],
  [
    "the total of a quantile",
    events(
      "{ error_query: 'sum(rate(e_total[{{.window}}]))', total_query: 'max(rate(a_total[{{.window}}]))' }",
    ),
    [
      "6:83 slos[0].sli.events.total_query: max() of rates does not count events; write sum() [not-countable]",
    ],
  ],
  [
    "raw with the two queries of events",
    sloth({ sli: "{ raw: { error_query: a, total_query: b } }" }),
    [
      "6:17 slos[0].sli.raw.error_ratio_query: is missing; write error_ratio_query: a query that gives the error ratio [missing-field]",
      "6:19 slos[0].sli.raw.error_query: is not a known field; known here: error_ratio_query [unknown-field]",
      "6:35 slos[0].sli.raw.total_query: is not a known field; known here: error_ratio_query [unknown-field]",
    ],
  ],
  [
    "a raw query that is a list",
    sloth({ sli: "{ raw: { error_ratio_query: [a] } }" }),
    ["6:38 slos[0].sli.raw.error_ratio_query: must be a text, got a list [wrong-type]"],
  ],
  [
    "an alert's name that is a list",
    alerting("{ name: [Down] }"),
    ["7:23 slos[0].alerting.name: must be a text, got a list [wrong-type]"],
  ],
  [
    "alerting with a field that there is not",
    alerting("{ page: { disable: true } }"),
    [
      "7:17 slos[0].alerting.page: is not a known field; known here: name, labels, annotations, page_alert, ticket_alert [unknown-field]",
    ],
  ],
  [
    "an alert with a field that there is not",
    alerting("{ page_alert: { enabled: false } }"),
    [
      "7:31 slos[0].alerting.page_alert.enabled: is not a known field; known here: disable, labels, annotations [unknown-field]",
    ],
  ],
  [
    "an annotation that is a map",
    alerting("{ annotations: { summary: { text: down } } }"),
    ["7:41 slos[0].alerting.annotations.summary: must be a text, got a map [wrong-type]"],
  ],
  [
    "a label twice",
    sloth({ labels: "{ tier: 1, tier: 2 }" }),
    ["7:24 slos[0].labels.tier: stands there twice; keep one of them [repeated-field]"],
  ],
  [
    "a team without a letter",
    sloth({}, { labels: "{ team: '***' }" }),
    [
      '3:17 labels.team: must be letters, digits, dots, dashes and underscores, with a letter or digit at both ends, got "***" [bad-name]',
    ],
  ],
  [
    "a resource without a service",
    slothCrd({}, { service: null }),
    ["5:3 spec.service: is missing; write service: its-name [missing-field]"],
  ],
  [
    "a resource without SLOs",
    slothCrd().slice(0, slothCrd().indexOf("  slos:")),
    ["5:3 spec.slos: is missing; write slos: with a list of SLOs [missing-field]"],
  ],
  [
    "a resource with a version beside the service",
    slothCrd({}, { version: "prometheus/v1" }),
    ["6:3 spec.version: is not a known field; known here: service, labels, slos [unknown-field]"],
  ],
  [
    "a resource without a name for its SLO",
    slothCrd({ name: null }),
    ["7:7 spec.slos[0].name: is missing; write name: availability [missing-field]"],
  ],
  [
    "a resource with an objective as a text",
    slothCrd({ objective: "'99.9'" }),
    [
      '8:18 spec.slos[0].objective: must be a number, got the text "99.9"; take the quotes away [wrong-type]',
    ],
  ],
  [
    "a resource with an objective as a ratio",
    slothCrd({ objective: "0.999" }),
    [
      "8:18 spec.slos[0].objective: must be a percentage between 1 and 100, got 0.999; write 99.9 [target-range]",
    ],
  ],
  [
    "a resource whose query counts nothing",
    slothCrd({
      sli: "{ events: { errorQuery: 'up', totalQuery: 'sum(rate(a_total[{{.window}}]))' } }",
    }),
    [
      "9:36 spec.slos[0].sli.events.errorQuery: there is no rate() or increase() of a counter in the query, so its events cannot be counted; write for example sum(rate(http_requests_total[5m])), or give the SLI as a threshold [not-countable]",
    ],
  ],
  [
    "a resource with raw in snake case",
    slothCrd({ sli: "{ raw: { error_ratio_query: a } }" }),
    [
      "9:19 spec.slos[0].sli.raw.errorRatioQuery: is missing; write errorRatioQuery: a query that gives the error ratio [missing-field]",
      "9:21 spec.slos[0].sli.raw.error_ratio_query: is not a known field; did you mean errorRatioQuery? [unknown-field]",
    ],
  ],
  [
    "a resource whose ticket is switched off by a text",
    slothCrd({ alerting: "{ ticketAlert: { disable: 'no' } }" }),
    [
      '10:43 spec.slos[0].alerting.ticketAlert.disable: must be true or false, got "no" [wrong-type]',
    ],
  ],
  [
    "a resource with SLO plugins",
    slothCrd({ plugins: "{ chain: [{ id: example.com/debug/v1 }] }" }),
    [
      "10:7 spec.slos[0].plugins: is not a known field; known here: name, description, objective, labels, sli, alerting [unknown-field]",
    ],
  ],
  [
    "a resource with SLO plugins of every SLO",
    slothCrd({}, { sloPlugins: "{ chain: [{ id: example.com/debug/v1 }] }" }),
    [
      "6:3 spec.sloPlugins: is not a known field; known here: service, labels, slos [unknown-field]",
    ],
  ],
  [
    "a resource with a field of metadata that there is not",
    slothCrd().replace("namespace: shop", "nmespace: shop"),
    ["3:24 metadata.nmespace: is not a known field; did you mean namespace? [unknown-field]"],
  ],
  [
    "a resource with its name twice",
    slothCrd().replace("namespace: shop", "name: shop"),
    ["3:24 metadata.name: stands there twice; keep one of them [repeated-field]"],
  ],
  [
    "a resource with metadata that are a text",
    slothCrd().replace("{ name: api, namespace: shop }", "api"),
    ['3:11 metadata: must be a map of fields, got "api" [wrong-type]'],
  ],
  [
    "a resource with a namespace that is a list",
    slothCrd().replace("namespace: shop", "namespace: [shop]"),
    ["3:35 metadata.namespace: must be a text, got a list [wrong-type]"],
  ],
  [
    "a range of a range",
    events(
      "{ error_query: 'sum(rate(e_total[{{.window}}][5m]))', total_query: 'sum(rate(a_total[{{.window}}]))' }",
    ),
    [
      "6:35 slos[0].sli.events.error_query: “e_total[5m]” is a range, which only functions such as rate() can read: write rate(e_total[5m]) [query]",
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
