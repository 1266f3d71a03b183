import { expect, test } from "vitest";
import { countingQuery } from "#lib/promql/counting.ts";
import { readDocument } from "#lib/spec/read.ts";
import { sloth, slothCrd } from "#lib/spec/testing.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const ERRORS = "sum(rate(e_total[{{.window}}]))";
const ALL = "sum(rate(a_total[{{.window}}]))";
const COUNT = "sum(rate(x_count[{{.window}}]))";
const FAST = 'sum(rate(x_bucket{le="0.3"}[{{.window}}]))';
const filled = (query: string) => query.replaceAll("{{.window}}", "5m");
const events = (error: string, total = ALL) =>
  sloth({ sli: `{ events: { error_query: '${error}', total_query: '${total}' } }` });
const bad = (error: string, total = ALL) => ({
  sli: { kind: "events", counts: "bad", numerator: filled(error), total: filled(total) },
});
const raw = (query: string) => sloth({ sli: `{ raw: { error_ratio_query: '${query}' } }` });
const ratio = (query: string) => ({ sli: { kind: "ratio", counts: "bad", query: filled(query) } });
const alerting = (text: string) => sloth({ alerting: text });
const alerts = (page: boolean, ticket: boolean) => ({
  alerting: { minBadEvents: 5, page, ticket },
});

/** The document, what it is read as, and the codes of what is told beside the assumed window. */
const ACCEPTED: readonly (readonly [string, string, object, readonly string[]])[] = [
  // events
  [
    "slow requests as a difference",
    events(`${COUNT} - ${FAST}`, COUNT),
    bad(`${COUNT} - ${FAST}`, COUNT),
    [],
  ],
  [
    "the same in brackets",
    events(`(${COUNT} - ${FAST})`, COUNT),
    bad(`(${COUNT} - ${FAST})`, COUNT),
    [],
  ],
  [
    "two kinds of failure",
    events(`${ERRORS} + sum(rate(f_total[{{.window}}]))`),
    bad(`${ERRORS} + sum(rate(f_total[{{.window}}]))`),
    [],
  ],
  ["no failures as none", events(`${ERRORS} or vector(0)`), bad(`${ERRORS} or vector(0)`), []],
  [
    "the same in capitals",
    events(`${ERRORS} OR on() vector(0)`),
    bad(`${ERRORS} OR on() vector(0)`),
    [],
  ],
  ["a guard against no traffic", events(ERRORS, `${ALL} > 0`), bad(ERRORS, `${ALL} > 0`), []],
  [
    "increases for rates",
    events("sum(increase(e_total[{{.window}}]))", "sum(increase(a_total[{{.window}}]))"),
    bad("sum(increase(e_total[{{.window}}]))", "sum(increase(a_total[{{.window}}]))"),
    [],
  ],
  ["a template with blanks", events("sum(rate(e_total[{{ .window }}]))"), bad(ERRORS), []],
  [
    "codes by a regular expression",
    events(
      'sum(rate(h_total{code=~"(5..|429)$"}[{{.window}}]))',
      "sum(rate(h_total[{{.window}}]))",
    ),
    bad('sum(rate(h_total{code=~"(5..|429)$"}[{{.window}}]))', "sum(rate(h_total[{{.window}}]))"),
    [],
  ],
  [
    "failures by job",
    events(
      "sum by (job) (rate(e_total[{{.window}}]))",
      "sum by (job) (rate(a_total[{{.window}}]))",
    ),
    bad("sum by (job) (rate(e_total[{{.window}}]))", "sum by (job) (rate(a_total[{{.window}}]))"),
    ["several-series"],
  ],
  [
    "queries over several lines, with comments",
    sloth({
      sli: `\n      events:\n        error_query: |\n          # don't count 429\n          sum( # all of "them\n            rate(e_total[{{.window}}])\n          )\n        total_query: |\n          ${ALL} # '`,
    }),
    bad(`# don't count 429\nsum( # all of "them\n  rate(e_total[{{.window}}])\n)`, `${ALL} # '`),
    [],
  ],
  // raw
  [
    "what is up, as its rest",
    raw("1 - avg_over_time(up[{{.window}}])"),
    ratio("1 - avg_over_time(up[{{.window}}])"),
    ["ratio-only"],
  ],
  [
    "a ratio by its label",
    raw('errors:ratio{window="{{.window}}"}'),
    ratio('errors:ratio{window="{{.window}}"}'),
    ["ratio-only"],
  ],
  [
    "a ratio that is made there",
    raw(`${ERRORS} / ${ALL}`),
    ratio(`${ERRORS} / ${ALL}`),
    ["ratio-only"],
  ],
  // objectives
  ["an objective without a fraction", sloth({ objective: "95" }), { objective: 0.95 }, []],
  ["an objective of five nines", sloth({ objective: "99.999" }), { objective: 0.99999 }, []],
  [
    "an objective that is no exact binary fraction",
    sloth({ objective: "99.7" }),
    { objective: 0.997 },
    [],
  ],
  [
    "an objective so low that it may be the share of errors",
    sloth({ objective: "1.5" }),
    { objective: 0.015 },
    ["low-objective"],
  ],
  // names and labels
  [
    "a description",
    sloth({ description: "Answers to requests" }),
    { description: "Answers to requests" },
    [],
  ],
  [
    "labels that YAML reads as other things",
    sloth({ labels: "{ tier: 1, public: true }" }),
    { labels: { tier: "1", public: "true" } },
    [],
  ],
  [
    "an owner's label",
    sloth({}, { labels: "{ owner: shop, repo: myorg/api }" }),
    { team: "shop", labels: { owner: "shop", repo: "myorg/api" } },
    [],
  ],
  [
    "a team's label before an owner's",
    sloth({}, { labels: "{ owner: shop, team: web }" }),
    { team: "web" },
    [],
  ],
  [
    "a team as Backstage writes it",
    sloth({ labels: "{ team: 'group:default/shop' }" }),
    { team: "shop" },
    [],
  ],
  [
    "fields in another order",
    `slos:\n  - sli: { events: { total_query: '${ALL}', error_query: '${ERRORS}' } }\n    objective: 99.9\n    name: availability\nservice: api\nversion: prometheus/v1`,
    { ...bad(ERRORS), service: "api", name: "availability" },
    [],
  ],
  [
    "names in quotes",
    sloth({ name: '"availability"' }, { service: "'api'" }),
    { service: "api", name: "availability" },
    [],
  ],
  // alerts
  ["alerting of nothing", alerting("{}"), alerts(true, true), []],
  [
    "both alerts switched off",
    alerting("{ page_alert: { disable: true }, ticket_alert: { disable: true } }"),
    alerts(false, false),
    [],
  ],
  [
    "an alert that is not switched off",
    alerting("{ page_alert: { disable: false } }"),
    alerts(true, true),
    [],
  ],
  ["an alert's name", alerting("{ name: ApiErrors }"), alerts(true, true), ["alert-texts"]],
  [
    "labels and annotations of alerts",
    alerting(
      "{ labels: { a: b }, annotations: { summary: 'down' }, ticket_alert: { disable: true } }",
    ),
    alerts(true, false),
    ["alert-texts"],
  ],
  // the Kubernetes resource
  [
    "a resource with a raw ratio",
    slothCrd({ sli: "{ raw: { errorRatioQuery: 'errors:ratio_rate{{.window}}' } }" }),
    ratio("errors:ratio_rate{{.window}}"),
    ["ratio-only"],
  ],
  [
    "a resource that a cluster has answered",
    `${slothCrd()}\nstatus: { observedGeneration: 1 }`,
    { service: "api" },
    [],
  ],
  [
    "a resource without a namespace",
    slothCrd().replace(", namespace: shop", ""),
    { service: "api" },
    [],
  ],
  [
    "a resource as a cluster gives it back",
    slothCrd().replace("{ name: api,", "{ uid: a-b, generation: 2, name: api,"),
    { service: "api" },
    [],
  ],
  [
    "a resource with metadata of its cluster",
    slothCrd().replace("namespace: shop", "labels: { a: b }, annotations: { a.b/c: d }"),
    { labels: {} },
    [],
  ],
  [
    "a resource with a description and labels",
    slothCrd({ description: "Answers", labels: "{ tier: 1 }" }),
    { description: "Answers", labels: { tier: "1" } },
    [],
  ],
  [
    "a resource whose alerts have labels",
    slothCrd({
      alerting:
        "{ name: A, pageAlert: { labels: { severity: x } }, ticketAlert: { disable: true } }",
    }),
    alerts(true, false),
    ["alert-texts"],
  ],
  [
    "a resource in JSON",
    JSON.stringify({
      apiVersion: "sloth.slok.dev/v1",
      kind: "PrometheusServiceLevel",
      metadata: { name: "api" },
      spec: {
        service: "api",
        slos: [
          { name: "a", objective: 99.9, sli: { events: { errorQuery: ERRORS, totalQuery: ALL } } },
        ],
      },
    }),
    { ...bad(ERRORS), name: "a" },
    [],
  ],
];

test.each(ACCEPTED)("%s is read", (_, text, definition, told) => {
  const { slos, findings } = readDocument("a.yaml", text);
  expect(findings.filter((finding) => finding.severity === "error")).toEqual([]);
  expect(slos.map((slo) => slo.definition)).toMatchObject([
    { window: { kind: "rolling", ms: 30 * DAY, label: "30d" }, ...definition },
  ]);
  const codes = findings.map((finding) => finding.code).sort();
  expect(codes).toEqual(["window-assumed", ...told].sort());
});

test.each(ACCEPTED)("%s: what it measures can be counted", (_, text) => {
  const sli = readDocument("a.yaml", text).slos[0]?.definition.sli;
  if (sli?.kind !== "events") return;
  const { total } = sli;
  const options = { stepMs: MINUTE, scrapeIntervalMs: 15_000, counting: "exact", total } as const;
  for (const query of [sli.numerator, total]) {
    expect(countingQuery(query, options)).toHaveProperty("counting.query");
  }
});

test("at least thirty documents are accepted, no two of them alike", () => {
  expect(new Set(ACCEPTED.map(([, text]) => text)).size).toBe(ACCEPTED.length);
  expect(ACCEPTED.length).toBeGreaterThanOrEqual(30);
});
