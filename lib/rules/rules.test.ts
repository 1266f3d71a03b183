import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { parsePromql } from "#lib/promql/tree.ts";
import { exportRules } from "#lib/rules/export.ts";
import { sloRules } from "#lib/rules/group.ts";
import { clashingLabels, isFreeLabel, labelsOf } from "#lib/rules/labels.ts";
import type { AlertingRule, Rule, RuleGroup, RuleOptions } from "#lib/rules/model.ts";
import { operatorText, resourceName } from "#lib/rules/operator.ts";
import { rulesText } from "#lib/rules/prometheus.ts";
import { numberText, promqlString, templateText, yamlString } from "#lib/rules/text.ts";
import { days, sloOf } from "#lib/slo/testing.ts";
import type { SliDefinition, SloDefinition } from "#lib/spec/model.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

const OPTIONS: RuleOptions = {
  url: "https://plimsoll.example",
  extraLabels: {},
  scrapeIntervalMs: 30_000,
};
const EVENTS: SliDefinition = {
  kind: "events",
  counts: "bad",
  numerator: 'sum(rate(x{code="500"}[5m]))',
  total: "sum(rate(x[5m]))",
};
const QUEUE: SliDefinition = { kind: "threshold", query: "queue", op: "lt", threshold: 60 };

function exported(parts: Partial<SloDefinition> = {}, options: Partial<RuleOptions> = {}) {
  return sloRules(sloOf({ sli: EVENTS, ...parts }), { ...OPTIONS, ...options });
}

function rulesOf(parts: Partial<SloDefinition> = {}, options: Partial<RuleOptions> = {}) {
  return exported(parts, options).group?.rules ?? [];
}

const named = (rule: Rule) => ("record" in rule ? rule.record : rule.alert);
const alertsOf = (parts: Partial<SloDefinition> = {}, options: Partial<RuleOptions> = {}) =>
  rulesOf(parts, options).filter((rule): rule is AlertingRule => "alert" in rule);
const burns = (parts: Partial<SloDefinition> = {}) =>
  alertsOf(parts).filter(({ alert }) => alert === "ErrorBudgetBurn");

describe("the rules of one SLO", () => {
  test("are minutes, running totals, the ratios of every window, and an alert for each tier", () => {
    expect(rulesOf().map(named)).toEqual([
      "slo:objective:ratio",
      "slo:error_budget:ratio",
      "slo:period:seconds",
      "slo:events:increase1m",
      "slo:bad_events:increase1m",
      "slo:recorded_since:timestamp_seconds",
      "slo:events_total:sum",
      "slo:bad_events_total:sum",
      "slo:covered_minutes_total:sum",
      "slo:covered:timestamp_seconds",
      ...["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"].map(
        (window) => `slo:error:ratio_increase${window}`,
      ),
      "slo:error_budget_remaining:ratio",
      ...["ErrorBudgetBurn", "ErrorBudgetBurn", "ErrorBudgetBurn", "ErrorBudgetBurn"],
      "SliNoData",
    ]);
  });

  test("range over the author's counters for minutes only", () => {
    for (const { expr } of rulesOf())
      for (const [, days, hours] of expr.matchAll(/\bx(?:\{[^}]*\})?\[(?:(\d+)d)?(?:(\d+)h)?/g))
        expect([days, hours]).toEqual([undefined, undefined]);
  });

  test.each([
    [days(30), ["0.0144", "0.006", "0.003", "0.001"]],
    [days(28), ["0.01344", "0.0056", "0.0028", "0.000933333333333"]],
    [days(7), ["0.01344", "0.0035", "0.0014", "0.00098"]],
  ])("alert above the factors of their own window: %o", (window, limits) => {
    expect(burns({ window }).map(({ expr }) => / > ([\d.]+)/.exec(expr)?.[1])).toEqual(limits);
  });

  test.each([
    [{ page: false }, ["ticket-fast", "ticket-slow"]],
    [{ ticket: false }, ["page-fast", "page-slow"]],
    [{ page: false, ticket: false }, []],
  ])("leave out severities that are switched off: %o", (off, tiers) => {
    const alerting = { minBadEvents: 5, page: true, ticket: true, ...off };
    expect(burns({ alerting }).map(({ labels }) => labels.tier)).toEqual(tiers);
  });

  test("follow the tiers that a document names", () => {
    const own = { tier: "page-fast", severity: "page", factor: 10 } as const;
    const tiers = [{ ...own, longMs: 30 * MINUTE, shortMs: 3 * MINUTE }];
    const [alert, ...others] = burns({
      alerting: { minBadEvents: 5, page: true, ticket: true, tiers },
    });
    expect(others).toEqual([]);
    expect(alert?.expr).toContain("slo:error:ratio_increase3m");
    expect(alert?.expr).toContain("> 0.01 and");
  });

  test("ask for bad events where events are counted, not where minutes are", () => {
    expect(burns()[0]?.expr).toContain(">= 5");
    expect(burns({ sli: QUEUE, objective: 0.99 })[0]?.expr).not.toContain(">= 5");
    const alerting = { minBadEvents: 40, page: true, ticket: true };
    expect(burns({ alerting })[0]?.expr).toContain(">= 40");
  });

  test("link to the SLO and its tier, to its runbook and its dashboard", () => {
    const links = {
      runbook: "https://wiki.example/a?b=c&d",
      dashboard: "https://grafana.example/d/x",
    };
    expect(burns(links)[1]?.annotations).toMatchObject({
      dashboard_url: "https://plimsoll.example/alert?slo=checkout/availability&tier=page-slow",
      runbook_url: links.runbook,
      dashboard: links.dashboard,
    });
  });

  test("carry labels of the document on alerts, and extra ones everywhere, also to be read by", () => {
    const rules = rulesOf({ labels: { env: "prod" } }, { extraLabels: { cluster: "eu" } });
    const own = { cluster: "eu", service: "checkout", slo: "availability", team: "shop" };
    for (const rule of rules)
      expect(rule.labels).toMatchObject("record" in rule ? own : { ...own, env: "prod" });
    for (const { expr } of rules.slice(5))
      expect(expr).toContain('{cluster="eu",service="checkout",slo="availability"');
  });
});

describe("what cannot be said is told", () => {
  const codes = (parts: Partial<SloDefinition>) => exported(parts).losses.map(({ code }) => code);

  test("nothing where all can be said", () => expect(codes({})).toEqual([]));

  test("a tier that can never fire has no alert", () => {
    expect(exported({ objective: 0.9 }).losses).toEqual([
      {
        code: "tier-never-fires",
        message:
          "has no alert for page-fast: a full outage burns 10 times the even pace, and it needs more than 14.4",
      },
    ]);
    expect(burns({ objective: 0.9 }).map(({ labels }) => labels.tier)).not.toContain("page-fast");
  });

  test.each([
    ["time slices", { budgeting: { method: "timeslices", target: 0.9, windowMs: MINUTE } }],
    ["slices by their ratio", { budgeting: { method: "ratioTimeslices", windowMs: MINUTE } }],
    ["an instance for each label set", { grouping: ["handler"] }],
  ] as const)("an SLO with %s has no rules", (_, parts) => {
    expect(exported(parts).group).toBeNull();
    expect(codes(parts)).toEqual(["not-exported"]);
  });

  test("an SLO whose events cannot be counted has no rules", () => {
    const parts = { sli: { ...EVENTS, total: "sum(x)" } };
    expect(exported(parts).group).toBeNull();
    expect(codes(parts)).toEqual(["not-countable"]);
  });

  test("a calendar window has alerts, but no remaining budget", () => {
    const window = {
      ...({ kind: "calendar", unit: "month", count: 1, zone: "UTC", startsAt: null } as const),
      ...{ ms: 30 * DAY, label: "month" },
    };
    expect(codes({ window })).toEqual(["calendar-window"]);
    expect(rulesOf({ window }).map(named)).not.toContain("slo:error_budget_remaining:ratio");
    expect(burns({ window })).toHaveLength(4);
  });

  test("a label that the rules set themselves, and a source", () => {
    const parts = { labels: { tier: "1", team: "shop", env: "prod" }, datasource: "edge" };
    expect(codes(parts)).toEqual(["label-dropped", "other-datasource"]);
    expect(burns(parts)[0]?.labels).toMatchObject({ tier: "page-fast", env: "prod" });
  });

  test("losses stand at the SLO's place, and SLOs in the order of their names", () => {
    const place = { file: "slos/a.yaml", line: 3, column: 5, path: "slos[0]" };
    const slos = ["b", "a"].map((name) => ({
      definition: sloOf({ sli: EVENTS, name, objective: 0.9 }),
      place,
    }));
    const { groups, losses } = exportRules(slos, OPTIONS);
    expect(groups.map(({ name }) => name)).toEqual(["plimsoll:checkout/a", "plimsoll:checkout/b"]);
    expect(losses[0]).toMatchObject({ ...place, severity: "loss", code: "tier-never-fires" });
  });
});

describe("texts", () => {
  test.each([
    ['a "b" \\', '"a \\"b\\" \\\\"'],
    ["line\nbreak", '"line\\nbreak"'],
    ["half \ud800", '"half \ufffd"'],
  ])("PromQL strings are escaped: %j", (text, promql) => {
    expect(promqlString(text)).toBe(promql);
    expect(parsePromql(`x{a=${promql}}`)).toHaveProperty("tree");
  });

  test.each([
    ["plain", "plain"],
    ["{{ $value }}", '{{"{{"}} $value }}'],
    ["{{{", '{{"{{"}}{'],
  ])("templates are not run: %s", (text, template) => expect(templateText(text)).toBe(template));

  test("numbers are as short as people write them", () => {
    expect([14.4 * 0.001, 1 / 3, 2592000, 1e-7].map(numberText)).toEqual([
      ...["0.0144", "0.333333333333", "2592000", "1e-7"],
    ]);
  });

  test.each(["cluster", "_x", "a9"])("%s may be added as a label", (name) =>
    expect(isFreeLabel(name)).toBe(true),
  );
  test.each(["slo", "severity", "__name__", "9a", "a-b", "", "é"])("“%s” may not", (name) =>
    expect(isFreeLabel(name)).toBe(false),
  );

  test("a label that says the team again is no clash", () => {
    expect(clashingLabels({ labels: { team: "shop", slo: "x" }, team: "shop" })).toEqual(["slo"]);
    expect(labelsOf(sloOf({ team: null }), OPTIONS).recordings).not.toHaveProperty("team");
  });

  test("resources have names that Kubernetes takes, and that differ", () => {
    const names = ["checkout", "Checkout", "check_out", "check.out"].map(resourceName);
    expect(names[0]).toBe("plimsoll-checkout");
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });
});

describe("YAML", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string(),
    fc.constantFrom("yes", "0o7", "~", " a", "a: b #"),
  );
  const labels = fc.dictionary(fc.constantFrom("a", "b"), text);
  const rule = fc.oneof(
    fc.record({ record: text, expr: text, labels }),
    fc.record({
      alert: text,
      expr: text,
      for: fc.constantFrom(null, "5m"),
      labels,
      annotations: labels,
    }),
  );
  const group = fc.record({
    name: text,
    interval: fc.constant("1m"),
    rules: fc.array(rule, { minLength: 1 }),
  });

  test.each(["1.1", "1.2"] as const)("%s reads back what was written", (version) => {
    fc.assert(
      fc.property(fc.array(group), (groups: RuleGroup[]) => {
        const read = parse(rulesText(groups), { version, logLevel: "error" });
        expect(read).toEqual({ groups: JSON.parse(JSON.stringify(groups), withoutNull) });
      }),
    );
  });

  test("strings hold nothing that a reader of YAML 1.1 takes for a line break", () => {
    expect(yamlString("a\u0085b\u2028c\ufeff\u007f")).toBe('"a\\u0085b\\u2028c\\ufeff\\u007f"');
  });

  test("the operator's resources hold the same groups, a service each", () => {
    const groups = ["cart", "orders"].map((service) => ({
      service,
      ...{ name: `plimsoll:${service}/x`, interval: "1m" },
      rules: [{ record: "a", expr: "vector(1)", labels: { slo: "x" } }],
    }));
    const options = { namespace: "monitoring", labels: { release: "kube" } };
    const read = parseAllDocuments(operatorText(groups, options)).map((doc) => doc.toJS());
    expect(read).toMatchObject([
      {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "PrometheusRule",
        metadata: { name: "plimsoll-cart", namespace: "monitoring", labels: { release: "kube" } },
        spec: { groups: [{ name: "plimsoll:cart/x" }] },
      },
      { metadata: { name: "plimsoll-orders" } },
    ]);
  });
});

/** An absent `for`, an empty map and a half of a surrogate pair are written in another way. */
function withoutNull(_: string, value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  const empty = value === null || (!Array.isArray(value) && isEmpty(value));
  return empty ? undefined : value;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

test("every expression of any SLO is PromQL", () => {
  const sli = fc.constantFrom<SliDefinition>(
    EVENTS,
    { ...EVENTS, counts: "good", total: "sum(rate(x[5m])) or vector(0) # all" },
    QUEUE,
    { kind: "threshold", query: "max by (a) (x) # worst", op: "gte", threshold: -1e21 },
    { kind: "ratio", query: "1 - a / b", counts: "bad" },
  );
  const label = fc.string({ unit: "binary" });
  fc.assert(
    fc.property(sli, fc.integer({ min: 1, max: 400 }), label, (each, length, value) => {
      const window = days(length);
      for (const { expr } of rulesOf({ sli: each, window }, { extraLabels: { value } }))
        expect(parsePromql(expr), expr).toHaveProperty("tree");
    }),
    { numRuns: 25 },
  );
});
