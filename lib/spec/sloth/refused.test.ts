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
];

test.each(REFUSED)("%s is refused with its place and what to do", (_, text, expected) => {
  const { slos, findings } = readDocument("a.yaml", text);
  const errors = findings.filter((finding) => finding.severity === "error").map(formatFinding);
  expect(errors).toEqual(expected.map((line) => `a.yaml:${line}`));
  expect(slos).toEqual([]);
});
