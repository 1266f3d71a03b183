import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "#lib/policy/policy.ts";
import { countingQuery } from "#lib/promql/counting.ts";
import { readDocument } from "#lib/spec/read.ts";
import { ALL, metric, OK, plain, sloth, slothCrd } from "#lib/spec/testing.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const ERRORS = 'sum(rate(http_requests_total{code=~"5.."}[5m]))';
const BUCKET = 'sum(rate(x_seconds_bucket{le="0.5"}[5m]))';
const COUNT = "sum(rate(x_seconds_count[5m]))";
const QUANTILE = "histogram_quantile(0.95, sum by (le) (rate(x_seconds_bucket[5m])))";
const EVENTS = { kind: "events", counts: "good", numerator: OK, total: ALL };
const BAD_EVENTS = { kind: "events", counts: "bad", numerator: ERRORS, total: ALL };
const MINUTES = { minBadEvents: 0, page: true, ticket: true };
const value = (query: string, op: string, threshold: number) => ({
  objective: 0.99,
  sli: { kind: "threshold", query, op, threshold },
  alerting: MINUTES,
});

/** The document, what it is read as, and the codes of all that is told besides. */
const ACCEPTED: readonly (readonly [string, string, object, readonly string[]])[] = [
  // ratios
  ["a ratio of good events", plain(), { sli: EVENTS, objective: 0.995 }, []],
  ["objective for target", plain({ target: null, objective: "0.99" }), { objective: 0.99 }, []],
  ["the rest of an error ratio", metric(`1 - ${ERRORS} / ${ALL}`), { sli: BAD_EVENTS }, []],
  ["the rest of it in brackets", metric(`(1 - (${ERRORS} / ${ALL}))`), { sli: BAD_EVENTS }, []],
  ["a ratio in percent", metric(`100 * ${OK} / ${ALL}`), { sli: EVENTS, objective: 0.995 }, []],
  [
    "a ratio in percent with a target in percent",
    metric(`${OK} / ${ALL} * 100`, { target: "99.9" }),
    { sli: EVENTS, objective: 0.999 },
    ["target-percent"],
  ],
  [
    "100 less a percentage of errors",
    metric(`100 - 100 * ${ERRORS} / ${ALL}`),
    { sli: BAD_EVENTS },
    [],
  ],
  [
    "the rest of a difference",
    metric(`1 - (${COUNT} - ${BUCKET}) / ${COUNT}`),
    { sli: { kind: "events", counts: "bad", numerator: `${COUNT} - ${BUCKET}`, total: COUNT } },
    [],
  ],
  [
    "a share of fast requests",
    metric(`${BUCKET} / ${COUNT}`),
    { sli: { kind: "events", counts: "good", numerator: BUCKET, total: COUNT } },
    [],
  ],
  ["a guard against no traffic", metric(`${OK} / (${ALL} > 0)`), { sli: EVENTS }, []],
  [
    "a default for missing data",
    metric(`${OK} / ${ALL} or vector(1)`),
    { sli: EVENTS },
    ["default-dropped"],
  ],
  ["a clamped ratio", metric(`clamp_max(${OK} / ${ALL}, 1)`), { sli: EVENTS }, []],
  [
    "vectors that are matched",
    metric(
      "sum by (p) (rate(ok_total[5m])) / on (p) group_left () sum by (p) (rate(all_total[5m]))",
    ),
    {
      sli: {
        kind: "events",
        counts: "good",
        numerator: "sum by (p) (rate(ok_total[5m]))",
        total: "sum by (p) (rate(all_total[5m]))",
      },
    },
    ["several-series"],
  ],
  [
    "a default as VictoriaMetrics alone takes it",
    metric("max(queue_length) or 0", { threshold: "5", op: "lte", target: "0.99" }),
    value("max(queue_length) or 0", "lte", 5),
    ["metricsql", "threshold-minutes"],
  ],
  [
    "a share of errors that is meant as good",
    metric(`${ERRORS} / ${ALL}`),
    { sli: BAD_EVENTS },
    ["error-share"],
  ],
  [
    "increase for rate",
    metric("sum(increase(ok_total[1h])) / sum(increase(all_total[1h]))"),
    { sli: { kind: "events", numerator: "sum(increase(ok_total[1h]))" } },
    [],
  ],
  [
    "samples of a probe",
    metric("sum(sum_over_time(probe_success[5m])) / sum(count_over_time(probe_success[5m]))"),
    { sli: { kind: "events", counts: "good" } },
    [],
  ],
  [
    "a template for the window",
    metric("sum(rate(ok_total[{{.window}}])) / sum(rate(all_total[{{ .window }}]))"),
    {
      sli: {
        kind: "events",
        numerator: "sum(rate(ok_total[5m]))",
        total: "sum(rate(all_total[5m]))",
      },
    },
    [],
  ],
  // two queries
  ["good and total", plain({ sli: `{ good: '${OK}', total: '${ALL}' }` }), { sli: EVENTS }, []],
  [
    "bad and total",
    plain({ sli: `{ bad: '${ERRORS}', total: '${ALL}' }` }),
    { sli: BAD_EVENTS },
    [],
  ],
  [
    "errors and total",
    plain({ sli: `{ errors: '${ERRORS}', total: '${ALL}' }` }),
    { sli: BAD_EVENTS },
    [],
  ],
  [
    "fast requests as errors",
    plain({ sli: `{ bad: '${BUCKET}', total: '${COUNT}' }` }),
    {},
    ["le-counts-fast"],
  ],
  [
    "slow requests as errors",
    plain({ sli: `{ bad: '${COUNT} - ${BUCKET}', total: '${COUNT}' }` }),
    { sli: { counts: "bad", numerator: `${COUNT} - ${BUCKET}` } },
    [],
  ],
  [
    "errors as good",
    plain({ sli: `{ good: '${ERRORS}', total: '${ALL}' }` }),
    {},
    ["errors-as-good"],
  ],
  // one value
  [
    "a quantile",
    metric(QUANTILE, { target: "0.5" }),
    value(QUANTILE, "lte", 0.5),
    ["objective-assumed", "threshold-minutes"],
  ],
  [
    "a quantile with an objective",
    metric(QUANTILE, { target: "0.5", objective: "0.95" }),
    { ...value(QUANTILE, "lte", 0.5), objective: 0.95 },
    ["threshold-minutes"],
  ],
  [
    "a quantile without sum by (le)",
    metric("histogram_quantile(0.95, rate(x_bucket[5m]))", { target: "0.5", objective: "0.95" }),
    { sli: { kind: "threshold", op: "lte", threshold: 0.5 } },
    ["quantile-without-le", "threshold-minutes"],
  ],
  [
    "a gauge with op and threshold in the sli",
    plain({ sli: "{ metric: max(queue_length), op: lt, threshold: 100 }", target: "0.99" }),
    value("max(queue_length)", "lt", 100),
    ["threshold-minutes"],
  ],
  [
    "a gauge with op and threshold in the SLO",
    metric("min(free_bytes)", { op: "gte", threshold: "1e9", target: null, objective: "0.99" }),
    value("min(free_bytes)", "gte", 1e9),
    ["threshold-minutes"],
  ],
  [
    "a ratio of gauges with op",
    metric("sum(up) / count(up)", { op: "gt", threshold: "0.9", target: null }),
    value("sum(up) / count(up)", "gt", 0.9),
    ["objective-assumed", "threshold-minutes"],
  ],
  // the rest of a document
  [
    "28 days",
    plain({ window: "28d" }),
    { window: { kind: "rolling", ms: 28 * DAY, label: "28d" } },
    [],
  ],
  ["4 weeks", plain({ window: "4w" }), { window: { ms: 28 * DAY, label: "4w" } }, []],
  ["a day", plain({ window: "24h" }), { window: { ms: DAY, label: "24h" } }, []],
  ["400 days", plain({ window: "400d" }), { window: { ms: 400 * DAY } }, []],
  ["an owner", plain({}, { owner: "shop" }), { team: "shop" }, []],
  ["an empty description", plain({ description: "''" }), { description: null }, []],
  ["no owner", plain(), { team: null }, []],
  [
    "Backstage's way to write an owner",
    plain({}, { owner: "group:default/shop" }),
    { team: "shop" },
    [],
  ],
  [
    "an owner with a space",
    plain({}, { owner: "Web Shop" }),
    { team: "Web-Shop" },
    ["team-renamed"],
  ],
  ["an aspirational SLO", plain({ enforced: "false" }), { enforced: false }, []],
  [
    "former names",
    plain({ formerly: "[api/uptime, old/availability]" }),
    { formerly: ["api/uptime", "old/availability"] },
    [],
  ],
  [
    "links and labels, the SLO's own before those of the top",
    plain(
      { labels: "{ tier: 1, region: eu }", runbook: "https://wiki.example/a" },
      {
        labels: "{ tier: 2, public: true }",
        runbook: "https://wiki.example",
        dashboard: "http://d",
        datasource: "eu",
      },
    ),
    {
      labels: { tier: "1", region: "eu", public: "true" },
      runbook: "https://wiki.example/a",
      dashboard: "http://d",
      datasource: "eu",
    },
    [],
  ],
  [
    "alerting",
    plain({ alerting: "{ page: false, min_bad_events: 20 }" }),
    { alerting: { page: false, ticket: true, minBadEvents: 20 } },
    [],
  ],
  [
    "a policy, put in order, with names and gates",
    plain({
      error_budget_policy:
        "[{ threshold: 1.0, action: Freeze; all hands }, { threshold: 0.5, action: Review, name: Caution, gate: block }]",
    }),
    {
      policy: [
        { threshold: 0.5, action: "Review", name: "Caution", gate: "block" },
        { threshold: 1, action: "Freeze; all hands", name: "Freeze", gate: "block" },
      ],
    },
    [],
  ],
  [
    "a policy with clauses; those that are not said are the default ones",
    plain({
      error_budget_policy:
        "{ postmortem_above: 0.2, thresholds: [{ threshold: 0.9, action: Freeze, gate: block }] }",
    }),
    {
      policy: [{ threshold: 0.9, action: "Freeze", name: "Freeze", gate: "block" }],
      clauses: { postmortemAbove: 0.2, planningAbove: null, exempt: ["p0", "security"] },
    },
    [],
  ],
  [
    "experiments that are left out",
    plain({ error_budget_policy: "{ experiments: exclude }" }),
    {
      clauses: {
        ...{ postmortemAbove: null, planningAbove: null, exempt: ["p0", "security"] },
        experiments: "exclude",
      },
    },
    [],
  ],
  [
    "clauses alone beside the default thresholds, and no exemption",
    plain({ error_budget_policy: "{ planning_above: 1, exempt: [] }" }),
    {
      policy: DEFAULT_POLICY,
      clauses: { postmortemAbove: null, planningAbove: 1, exempt: [] },
    },
    [],
  ],
  ["a low objective", plain({ target: "0.05" }), { objective: 0.05 }, ["low-objective"]],
  // Sloth
  [
    "Sloth's plain shape",
    sloth({}, { labels: "{ owner: shop }" }),
    {
      service: "api",
      name: "availability",
      team: "shop",
      objective: 0.999,
      sli: BAD_EVENTS,
      window: { kind: "rolling", ms: 30 * DAY, label: "30d" },
      enforced: true,
    },
    ["window-assumed"],
  ],
  [
    "Sloth's Kubernetes shape",
    slothCrd(),
    { service: "api", objective: 0.999, sli: BAD_EVENTS },
    ["window-assumed"],
  ],
  [
    "Sloth's labels, the SLO's own first",
    slothCrd({ labels: "{ team: web, tier: 1 }" }, { labels: "{ team: shop, zone: eu }" }),
    { team: "web", labels: { team: "web", tier: "1", zone: "eu" } },
    ["window-assumed"],
  ],
  [
    "Sloth's alerts, one switched off",
    sloth({
      alerting: "{ page_alert: { disable: true }, ticket_alert: { labels: { severity: low } } }",
    }),
    { alerting: { minBadEvents: 5, page: false, ticket: true } },
    ["window-assumed", "alert-texts"],
  ],
  [
    "a raw error ratio",
    sloth({ sli: '{ raw: { error_ratio_query: "api:errors:ratio_rate{{.window}}" } }' }),
    { sli: { kind: "ratio", counts: "bad", query: "api:errors:ratio_rate5m" }, alerting: MINUTES },
    ["window-assumed", "ratio-only"],
  ],
  [
    "Sloth's events with a fixed window",
    sloth({ sli: `{ events: { error_query: '${ERRORS}', total_query: '${ALL}' } }` }),
    { sli: BAD_EVENTS },
    ["window-assumed", "no-window-template", "no-window-template"],
  ],
  // YAML
  ["CRLF", plain().replaceAll("\n", "\r\n"), { sli: EVENTS, window: { ms: 30 * DAY } }, []],
  ["a byte order mark", `\uFEFF${plain()}`, { sli: EVENTS }, []],
  ["an explicit start and end", `---\n${plain()}\n...\n`, { sli: EVENTS }, []],
  [
    "a folded query",
    plain({ sli: `\n      metric: >-\n        ${OK}\n        / ${ALL}` }),
    { sli: EVENTS },
    [],
  ],
  [
    "an alias",
    plain({ labels: "*shared" }, { labels: "&shared { a: b }" }),
    { labels: { a: "b" } },
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

test.each(ACCEPTED)("%s: what it measures can be counted", (_, text) => {
  const sli = readDocument("a.yaml", text).slos[0]?.definition.sli;
  if (sli?.kind !== "events") return;
  const options = {
    stepMs: MINUTE,
    scrapeIntervalMs: 15_000,
    counting: "exact",
    total: sli.total,
  } as const;
  for (const query of [sli.numerator, sli.total]) {
    expect(countingQuery(query, options)).toHaveProperty("counting.query");
  }
});

describe("a file", () => {
  test("in JSON is read like YAML", () => {
    const sli = { good: OK, total: ALL };
    const slos = [{ name: "availability", sli, target: 0.995, window: "30d" }];
    const read = readDocument("a.json", JSON.stringify({ service: "api", slos }, null, "\t"));
    expect(read).toMatchObject({
      dialect: "plain",
      findings: [],
      slos: [{ definition: { sli: EVENTS } }],
    });
  });

  test("holds several documents of several dialects", () => {
    const read = readDocument(
      "a.yaml",
      [plain(), sloth({}, { service: "web" }), ""].join("\n---\n"),
    );
    expect(read.dialect).toBe("plain");
    expect(read.slos.map(({ definition }) => definition.service)).toEqual(["api", "web"]);
    expect(read.slos[1]?.place).toEqual({ file: "a.yaml", line: 11, column: 5, path: "slos[0]" });
  });

  test("keeps the SLOs that are right beside one that is not", () => {
    const text =
      plain() +
      ["", "  - name: other", "    window: 30d"].join("\n") +
      "\n---\n" +
      sloth({ name: "third" });
    const read = readDocument("a.yaml", text);
    expect(read.slos.map(({ definition }) => definition.name)).toEqual(["availability", "third"]);
    expect(read.findings.filter((f) => f.severity === "error").map((f) => f.path)).toEqual([
      "slos[1].sli",
      "slos[1].target",
    ]);
  });

  test("loses no document to broken YAML in another", () => {
    const read = readDocument("a.yaml", `service: [\n---\n${plain()}`);
    expect(read.slos).toHaveLength(1);
    expect(read.findings.map((finding) => finding.code)).toEqual(["yaml-syntax"]);
  });

  test("loads nothing below a mistake at its top, which might change every SLO", () => {
    expect(readDocument("a.yaml", plain({}, { onwer: "shop" })).slos).toEqual([]);
  });
});

test("at least thirty plain documents are accepted, no two of them alike", () => {
  const own = ACCEPTED.filter(([, text]) => readDocument("a.yaml", text).dialect === "plain");
  expect(new Set(own.map(([, text]) => text)).size).toBeGreaterThanOrEqual(30);
});
