import { expect, test } from "vitest";
import { readDocument } from "#lib/spec/read.ts";
import { pyrra } from "#lib/spec/testing.ts";
import { DAY } from "#lib/time/duration.ts";

const RATIO = {
  kind: "events",
  counts: "bad",
  numerator: 'sum(rate(http_requests_total{code=~"5.."}[5m]))',
  total: "sum(rate(http_requests_total[5m]))",
};
const latency = (success: string, total = "x_seconds_count") =>
  pyrra({
    indicator: `{ latency: { success: { metric: '${success}' }, total: { metric: ${total} } } }`,
  });
const native = (limit: string) =>
  pyrra({
    indicator: `{ latencyNative: { total: { metric: 'x_seconds{job="a"}' }, latency: ${limit} } }`,
  });
const RATE = 'sum(rate(x_seconds{job="a"}[5m]))';
const fraction = (seconds: number) => ({
  kind: "events",
  counts: "good",
  numerator: `histogram_fraction(0, ${seconds}, ${RATE}) * histogram_count(${RATE})`,
  total: `histogram_count(${RATE})`,
});
const gauge = (rest = "") =>
  pyrra({ indicator: `{ bool_gauge: { metric: 'up{job="a"}'${rest} } }` });

/** The document, what it is read as, and the codes of all that is told besides. */
const ACCEPTED: readonly (readonly [string, string, object, readonly string[]])[] = [
  ["a ratio", pyrra(), { service: "api", name: "errors", sli: RATIO, objective: 0.995 }, []],
  [
    "a latency",
    latency('x_seconds_bucket{le="0.5"}'),
    {
      sli: {
        kind: "events",
        counts: "good",
        numerator: 'sum(rate(x_seconds_bucket{le="0.5"}[5m]))',
        total: "sum(rate(x_seconds_count[5m]))",
      },
    },
    [],
  ],
  [
    "a bucket with an exponent",
    latency('x_seconds_bucket{le="1e-3"}'),
    { sli: { counts: "good" } },
    [],
  ],
  [
    "a bucket of a whole number",
    latency('x_seconds_bucket{le="5"}'),
    { sli: { counts: "good" } },
    [],
  ],
  ["a native latency", native("200ms"), { sli: fraction(0.2) }, []],
  ["a native latency in seconds", native("2s"), { sli: fraction(2) }, []],
  ["a native latency in two units", native("1m30s"), { sli: fraction(90) }, []],
  [
    "a gauge",
    gauge(),
    {
      sli: {
        kind: "events",
        counts: "good",
        numerator: 'sum(sum_over_time(up{job="a"}[5m]))',
        total: 'sum(count_over_time(up{job="a"}[5m]))',
      },
    },
    [],
  ],
  [
    "metrics in brackets",
    pyrra({
      indicator: "{ ratio: { errors: { metric: (e_total) }, total: { metric: '(all_total)' } } }",
    }),
    { sli: { numerator: "sum(rate((e_total)[5m]))" } },
    [],
  ],
  [
    "a metric by its labels alone",
    pyrra({
      indicator: `{ ratio: { errors: { metric: '{__name__="e_total"}' }, total: { metric: all_total } } }`,
    }),
    { sli: { numerator: 'sum(rate({__name__="e_total"}[5m]))' } },
    [],
  ],
  [
    "errors that count good events",
    pyrra({
      indicator: `{ ratio: { errors: { metric: 'http_requests_total{code!~"5.."}' }, total: { metric: http_requests_total } } }`,
    }),
    { sli: { counts: "bad" } },
    ["good-as-errors"],
  ],
  [
    "one metric for both",
    pyrra({
      indicator: "{ ratio: { errors: { metric: all_total }, total: { metric: all_total } } }",
    }),
    { sli: { counts: "bad" } },
    ["numerator-is-total"],
  ],
  // groups
  ["a group", gauge(", grouping: [instance]"), { grouping: ["instance"] }, []],
  [
    "groups by two labels",
    gauge(", grouping: [instance, job]"),
    { grouping: ["instance", "job"] },
    [],
  ],
  ["an empty list of groups", gauge(", grouping: []"), { sli: { counts: "good" } }, []],
  // the objective
  ["a target with many digits", pyrra({ target: "'99.999'" }), { objective: 0.99999 }, []],
  ["a whole percentage", pyrra({ target: "'99'" }), { objective: 0.99 }, []],
  ["a percentage with a zero at its end", pyrra({ target: "'99.50'" }), { objective: 0.995 }, []],
  [
    "a target that looks like a ratio",
    pyrra({ target: "'0.995'" }),
    { objective: 0.00995 },
    ["low-objective"],
  ],
  ["a target below a half", pyrra({ target: "'30'" }), { objective: 0.3 }, ["low-objective"]],
  // the window
  [
    "four weeks",
    pyrra({ window: "4w" }),
    { window: { kind: "rolling", ms: 28 * DAY, label: "4w" } },
    [],
  ],
  ["a day and a half", pyrra({ window: "1d12h" }), { window: { ms: 1.5 * DAY } }, []],
  ["a year", pyrra({ window: "1y" }), { window: { ms: 365 * DAY } }, []],
  // names and labels
  [
    "a service by a plain label",
    pyrra({}, { labels: "{ service: web, app: x }" }),
    { service: "web", labels: { service: "web", app: "x" } },
    [],
  ],
  ["a service by the label app", pyrra({}, { labels: "{ app: web }" }), { service: "web" }, []],
  [
    "a service by its Kubernetes name",
    pyrra({}, { labels: "{ app.kubernetes.io/name: web }" }),
    { service: "web", labels: { app_kubernetes_io_name: "web" } },
    ["label-renamed"],
  ],
  [
    "a service by the namespace",
    pyrra({}, { labels: "{ prometheus: k8s }", namespace: "monitoring" }),
    { service: "monitoring", labels: { prometheus: "k8s" } },
    ["service-assumed"],
  ],
  [
    "a service by nothing but the name",
    pyrra({}, { labels: null }),
    { service: "errors", name: "errors" },
    ["service-assumed"],
  ],
  [
    "a team by Pyrra's label",
    pyrra({}, { labels: "{ pyrra.dev/service: api, pyrra.dev/team: shop }" }),
    { team: "shop", labels: { team: "shop" } },
    [],
  ],
  [
    "a team by a plain label",
    pyrra({}, { labels: "{ pyrra.dev/service: api, owner: shop }" }),
    { team: "shop" },
    [],
  ],
  ["annotations", pyrra({}, { annotations: "{ a: b }" }), {}, ["not-carried"]],
  ["a description", pyrra({ description: "Fewer errors" }), { description: "Fewer errors" }, []],
  ["what a cluster adds", `${pyrra()}\nstatus: { type: PrometheusRule }`, { name: "errors" }, []],
  // alerting
  [
    "alerts as usual",
    pyrra({ alerting: "{ disabled: false, burnrates: true, absent: true }" }),
    { alerting: { page: true } },
    [],
  ],
  [
    "no alerts",
    pyrra({ alerting: "{ disabled: true }" }),
    { alerting: { page: false, ticket: false } },
    [],
  ],
  [
    "no burn rates",
    pyrra({ alerting: "{ burnrates: false }" }),
    { alerting: { page: false, ticket: false } },
    [],
  ],
  [
    "alerts with names",
    pyrra({ alerting: "{ name: Burning, absentName: Gone }" }),
    { alerting: { page: true } },
    ["alert-texts"],
  ],
  ["alerts that stay", pyrra({ alerting: "{ burnRateType: static }" }), {}, []],
  [
    "alerts that follow the traffic",
    pyrra({ alerting: "{ burnRateType: dynamic }" }),
    {},
    ["not-carried"],
  ],
  [
    "options of rules",
    pyrra({ partial_response_strategy: "warn", performance_over_accuracy: "true" }),
    {},
    [],
  ],
];

test.each(ACCEPTED)("%s is read", (_, text, definition, told) => {
  const { slos, findings } = readDocument("a.yaml", text);
  expect(findings.filter((finding) => finding.severity === "error")).toEqual([]);
  expect(slos).toHaveLength(1);
  expect(slos[0]?.definition).toMatchObject(definition);
  expect(findings.map((finding) => finding.code).sort()).toEqual([...told].sort());
});

test("a list of resources in one document is read like several documents", () => {
  const items = [pyrra(), pyrra({}, { name: "other" })];
  const text = items.map((item) => `- ${item.replaceAll("\n", "\n  ")}`).join("\n");
  expect(readDocument("a.yaml", text).slos.map(({ definition }) => definition.name)).toEqual([
    "errors",
    "other",
  ]);
});

test("at least thirty documents are accepted, no two of them alike", () => {
  expect(new Set(ACCEPTED.map(([, text]) => text)).size).toBe(ACCEPTED.length);
  expect(ACCEPTED.length).toBeGreaterThanOrEqual(30);
});
