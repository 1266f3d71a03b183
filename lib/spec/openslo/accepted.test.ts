import { expect, test } from "vitest";
import { alert, burning, CONDITION } from "#lib/spec/openslo/testing.ts";
import { readDocuments } from "#lib/spec/read.ts";
import { ALL, OK, openSlo, openSloOf, source } from "#lib/spec/testing.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const BAD = 'sum(rate(http_requests_total{code=~"5.."}[5m]))';
const EVENTS = { kind: "events", counts: "good", numerator: OK, total: ALL };
const calendar = (duration: string, start: string, zone = "UTC") =>
  openSlo({
    timeWindow: `[{ duration: ${duration}, calendar: { startTime: '${start}', timeZone: ${zone} } }]`,
  });
const sliced = (budgetingMethod: string, objective: string) =>
  openSlo({ budgetingMethod, objectives: `[{ target: 0.99, ${objective} }]` });
const tier = { severity: "page", factor: 14, longMs: HOUR, shortMs: 5 * MINUTE };

/** The document, what it is read as, and the codes of all that is told besides. */
const ACCEPTED: readonly (readonly [string, string, object, readonly string[]])[] = [
  // the SLI
  ["good and total", openSlo(), { name: "availability", service: "api", sli: EVENTS }, []],
  [
    "bad and total",
    openSloOf(`{ ratioMetric: { counter: true, bad: ${source(BAD)}, total: ${source(ALL)} } }`),
    { sli: { kind: "events", counts: "bad", numerator: BAD, total: ALL } },
    [],
  ],
  [
    "bare counters",
    openSloOf(
      `{ ratioMetric: { counter: true, good: ${source("sum(ok_total)")}, total: ${source("all_total")} } }`,
    ),
    { sli: { numerator: "sum(rate(ok_total[5m]))", total: "sum(rate(all_total[5m]))" } },
    [],
  ],
  [
    "rates, though nothing says that they are of counters",
    openSloOf(`{ ratioMetric: { good: ${source(OK)}, total: ${source(ALL)} } }`),
    { sli: EVENTS },
    [],
  ],
  [
    "rates of what is no counter",
    openSloOf(`{ ratioMetric: { counter: false, good: ${source(OK)}, total: ${source(ALL)} } }`),
    { sli: EVENTS },
    [],
  ],
  [
    "samples of a probe",
    openSloOf(
      `{ ratioMetric: { counter: false, good: ${source("sum(sum_over_time(up[5m]))")}, total: ${source("sum(count_over_time(up[5m]))")} } }`,
    ),
    { sli: { kind: "events", counts: "good" } },
    [],
  ],
  [
    "a raw ratio of successes",
    openSloOf(`{ ratioMetric: { rawType: success, raw: ${source("my:ratio")} } }`),
    { sli: { kind: "ratio", counts: "good", query: "my:ratio" } },
    ["ratio-only"],
  ],
  [
    "a raw ratio of failures, of which counter says nothing",
    openSloOf(`{ ratioMetric: { counter: true, rawType: failure, raw: ${source("my:ratio")} } }`),
    { sli: { kind: "ratio", counts: "bad" } },
    ["ratio-only"],
  ],
  ...(["lt", "lte", "gt", "gte"] as const).map(
    (op) =>
      [
        `a threshold with ${op}`,
        openSloOf(`{ thresholdMetric: ${source("max(queue_size)")} }`, {
          objectives: `[{ target: 0.99, op: ${op}, value: 60 }]`,
        }),
        { sli: { kind: "threshold", query: "max(queue_size)", op, threshold: 60 } },
        ["threshold-minutes"],
      ] as const,
  ),
  [
    "a limit below zero",
    openSloOf(`{ thresholdMetric: ${source("min(temperature)")} }`, {
      objectives: "[{ target: 0.99, op: gte, value: -4.5 }]",
    }),
    { sli: { threshold: -4.5 } },
    ["threshold-minutes"],
  ],
  [
    "the template of a window",
    openSloOf(
      `{ ratioMetric: { counter: true, good: ${source("sum(rate(ok_total[{{.window}}]))")}, total: ${source(ALL)} } }`,
    ),
    { sli: { numerator: "sum(rate(ok_total[5m]))" } },
    [],
  ],
  [
    "a source of the configuration",
    openSloOf(`{ thresholdMetric: ${source("max(x)", "metricSourceRef: eu, type: prometheus")} }`, {
      objectives: "[{ target: 0.99, op: lte, value: 1 }]",
    }),
    { datasource: "eu" },
    ["threshold-minutes"],
  ],
  [
    "fast requests as errors",
    openSloOf(
      `{ ratioMetric: { counter: true, bad: ${source('sum(rate(x_bucket{le="1"}[5m]))')}, total: ${source("sum(rate(x_count[5m]))")} } }`,
    ),
    {},
    ["le-counts-fast"],
  ],
  // the objective
  ["a target", openSlo({ objectives: "[{ target: 0.995 }]" }), { objective: 0.995 }, []],
  [
    "a targetPercent",
    openSlo({ objectives: "[{ targetPercent: 99.95 }]" }),
    { objective: 0.9995 },
    [],
  ],
  [
    "a targetPercent that looks like a ratio",
    openSlo({ objectives: "[{ targetPercent: 0.99 }]" }),
    { objective: 0.0099 },
    ["low-objective"],
  ],
  [
    "a name for people on the only objective",
    openSlo({ objectives: "[{ displayName: Good, target: 0.99 }]" }),
    { name: "availability" },
    ["not-carried"],
  ],
  // the window
  [
    "four weeks",
    openSlo({ timeWindow: "[{ duration: 4w, isRolling: true }]" }),
    { window: { kind: "rolling", ms: 28 * DAY, label: "4w" } },
    [],
  ],
  [
    "a day in hours, which nothing calls rolling but the lack of a calendar",
    openSlo({ timeWindow: "[{ duration: 24h, isRolling: true }]" }),
    { window: { ms: DAY } },
    [],
  ],
  [
    "a calendar month",
    calendar("1M", "2020-01-01 00:00:00", "America/New_York"),
    {
      window: {
        kind: "calendar",
        unit: "month",
        count: 1,
        zone: "America/New_York",
        startsAt: null,
      },
    },
    [],
  ],
  [
    "a quarter that begins in the middle of a month",
    calendar("1Q", "2020-01-21 12:30:00"),
    { window: { unit: "quarter", count: 1, startsAt: "2020-01-21T12:30:00" } },
    [],
  ],
  [
    "a quarter that begins with a month that begins none",
    calendar("1Q", "2020-02-01 00:00:00"),
    { window: { unit: "quarter", startsAt: "2020-02-01T00:00:00" } },
    [],
  ],
  [
    "weeks from Monday",
    calendar("1w", "2024-01-01 00:00"),
    { window: { unit: "week", count: 1, startsAt: null, label: "week" } },
    [],
  ],
  [
    "weeks from Sunday",
    calendar("2w", "2023-12-31"),
    { window: { unit: "week", count: 2, startsAt: "2023-12-31T00:00:00", label: "2 weeks" } },
    [],
  ],
  [
    "a year",
    calendar("1Y", "2024-01-01 00:00:00"),
    { window: { unit: "year", startsAt: null } },
    [],
  ],
  // the budget
  [
    "time slices",
    sliced("Timeslices", "timeSliceTarget: 0.95, timeSliceWindow: 5m"),
    { budgeting: { method: "timeslices", target: 0.95, windowMs: 5 * MINUTE } },
    [],
  ],
  [
    "slices of bare minutes that must be wholly good",
    sliced("Timeslices", "timeSliceTarget: 1, timeSliceWindow: 10"),
    { budgeting: { method: "timeslices", target: 1, windowMs: 10 * MINUTE } },
    [],
  ],
  [
    "slices that keep their ratio",
    sliced("RatioTimeslices", "timeSliceWindow: 1h"),
    { budgeting: { method: "ratioTimeslices", windowMs: HOUR } },
    [],
  ],
  // around it
  [
    "a description",
    openSlo({ description: "Requests that succeed" }, { displayName: "Availability" }),
    { description: "Requests that succeed" },
    [],
  ],
  [
    "a name for people",
    openSlo({}, { displayName: "Availability" }),
    { description: "Availability" },
    [],
  ],
  [
    "labels",
    openSlo({}, { labels: "{ team: identity, tier: 1, pci: true }" }),
    { team: "identity", labels: { team: "identity", tier: "1", pci: "true" } },
    [],
  ],
  [
    "labels that Prometheus would not take, and lists",
    openSlo({}, { labels: "{ tier-1: a, tags: [x, y] }" }),
    { labels: { tier_1: "a", tags: "x,y" } },
    ["label-renamed", "label-renamed"],
  ],
  ["annotations", openSlo({}, { annotations: "{ openslo.com/a: b }" }), {}, ["not-carried"]],
  // alerts
  [
    "an alert policy",
    openSlo({ alertPolicies: alert({}) }),
    { alerting: { page: true, ticket: false, tiers: [{ tier: "page-fast", ...tier }] } },
    ["alert-after"],
  ],
  [
    "a condition without a wait",
    openSlo({ alertPolicies: burning("threshold: 6, lookbackWindow: 6h, alertAfter: 0m") }),
    { alerting: { tiers: [{ factor: 6, longMs: 6 * HOUR, shortMs: 30 * MINUTE }] } },
    [],
  ],
  [
    "a condition that says the wrong side",
    openSlo({ alertPolicies: burning("op: lte, threshold: 14, lookbackWindow: 1h") }),
    { alerting: { tiers: [{ ...tier, tier: "page-fast" }] } },
    ["burn-op"],
  ],
  [
    "a severity in other words",
    openSlo({ alertPolicies: alert({}).replace("severity: page", "severity: warning") }),
    {
      alerting: {
        page: false,
        ticket: true,
        tiers: [{ ...tier, tier: "ticket-fast", severity: "ticket" }],
      },
    },
    ["alert-after", "severity-read"],
  ],
  [
    "an alert policy that does not tell of breaches",
    openSlo({ alertPolicies: alert({ alertWhenBreaching: "false", alertWhenNoData: "true" }) }),
    { alerting: { page: false, ticket: false, tiers: [] } },
    ["alert-after", "not-carried"],
  ],
  [
    "three policies of one severity",
    openSlo({
      alertPolicies: `[${[1, 2, 3].map((hours) => alert({}).slice(1, -1).replace("1h", `${hours}h`)).join(", ")}]`,
    }),
    {
      alerting: {
        tiers: [
          { tier: "page-fast", longMs: HOUR },
          { tier: "page-slow", longMs: 2 * HOUR },
        ],
      },
    },
    ["alert-after", "alert-after", "alert-after", "tiers-left-out"],
  ],
  [
    "somebody to tell",
    openSlo({
      alertPolicies: alert({
        conditions: `[${CONDITION.replace(", alertAfter: 5m", "")}]`,
        notificationTargets: "[{ metadata: { name: mail }, spec: { target: email } }]",
      }),
    }),
    { alerting: { tiers: [{ tier: "page-fast" }] } },
    ["not-carried"],
  ],
];

test.each(ACCEPTED)("%s is read", (_, text, definition, told) => {
  const [{ slos, findings } = { slos: [], findings: [] }] = readDocuments([
    { file: "a.yaml", text },
  ]);
  expect(findings.filter((finding) => finding.severity === "error")).toEqual([]);
  expect(slos).toHaveLength(1);
  expect(slos[0]?.definition).toMatchObject(definition);
  expect(findings.map((finding) => finding.code).sort()).toEqual([...told].sort());
});

test("several objectives become an SLO each, named after what they are called or their number", () => {
  const text = openSlo({
    objectives: "[{ displayName: Very strict!, target: 0.999 }, { target: 0.9 }]",
  });
  const [read] = readDocuments([{ file: "a.yaml", text }]);
  expect(read?.slos.map(({ definition: { name, objective } }) => [name, objective])).toEqual([
    ["availability-Very-strict", 0.999],
    ["availability-2", 0.9],
  ]);
  expect(read?.findings.map(({ code }) => code)).toEqual(["objective-named", "objective-named"]);
});

test("at least thirty documents are accepted, no two of them alike", () => {
  expect(new Set(ACCEPTED.map(([, text]) => text)).size).toBe(ACCEPTED.length);
  expect(ACCEPTED.length).toBeGreaterThanOrEqual(30);
});
