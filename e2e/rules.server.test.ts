import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sloRules } from "#lib/rules/group.ts";
import { rulesText } from "#lib/rules/prometheus.ts";
import { Recorded } from "#lib/rules/series.ts";
import { sloOf } from "#lib/slo/testing.ts";
import type { SliDefinition, SloDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";
import { checkRules, type ExpressionTest, type InputSeries, testRules } from "./rules/promtool.ts";
import { missingPrometheus } from "./servers/prometheus.ts";

const ROOT = join(import.meta.dirname, "..");
const URL = "https://plimsoll.example";
const ME = 'service="checkout",slo="availability"';
const EVENTS: SliDefinition = {
  kind: "events",
  counts: "bad",
  numerator: 'sum(rate(http_requests_total{code="500"}[5m]))',
  total: "sum(rate(http_requests_total[5m]))",
};
const absent = missingPrometheus();

function exported(parts: Partial<SloDefinition>): string {
  const options = { url: URL, extraLabels: {}, scrapeIntervalMs: MINUTE };
  const { group } = sloRules(sloOf({ sli: EVENTS, ...parts }), options);
  if (!group) throw new Error("the SLO has no rules");
  return rulesText([group]);
}

/** Input a minute apart; what a recorded series of the SLO, or any expression, must be at a time. */
async function expectValues(
  parts: Partial<SloDefinition>,
  input: Readonly<Record<string, string>>,
  expected: readonly (readonly [expr: string, at: string, value: number | null])[],
): Promise<void> {
  const tests = expected.map(([expr, eval_time, value]): ExpressionTest => {
    const recorded = expr.startsWith("slo:") ? `${expr}{${ME}}` : expr;
    const exp_samples = value === null ? [] : [{ labels: "{}", value }];
    return { expr: `max(${recorded})`, eval_time, exp_samples };
  });
  const test = { interval: "1m", input_series: inputOf(input), promql_expr_test: tests };
  const verdict = await testRules(exported(parts), test);
  expect(verdict.ok, verdict.said).toBe(true);
}

/** What an expression is over series as they were recorded, without any rule running. */
async function expectRecorded(
  input: Readonly<Record<string, string>>,
  expr: string,
  at: string,
  value: number | null,
): Promise<void> {
  const exp_samples = value === null ? [] : [{ labels: "{}", value }];
  const verdict = await testRules(rulesText([]), {
    ...{ interval: "1m", input_series: inputOf(input) },
    promql_expr_test: [{ expr, eval_time: at, exp_samples }],
  });
  expect(verdict.ok, verdict.said).toBe(true);
}

function inputOf(input: Readonly<Record<string, string>>): InputSeries[] {
  return Object.entries(input).map(([series, values]) => ({ series, values }));
}

const firing = (tier: string) =>
  `ALERTS{alertname="ErrorBudgetBurn",alertstate="firing",tier="${tier}"}`;
const OK = 'http_requests_total{code="200"}';
const BAD = 'http_requests_total{code="500"}';

describe.skipIf(absent)(`exported rules in Prometheus${absent ? ` (${absent})` : ""}`, () => {
  test("every example document of the repository gives rules that promtool accepts", async () => {
    const guide = /```yaml\n(service: .*?)```/s.exec(
      readFileSync(join(ROOT, "docs/slo-documents.md"), "utf8"),
    );
    expect(guide).not.toBeNull();
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, "cli/plimsoll.ts"), "rules", "--url", URL, "demo/slos"],
      { cwd: ROOT, encoding: "utf8" },
    );
    expect(status, stderr).toBe(0);
    expect(stderr).toContain("30 SLOs, 30 groups");
    const verdict = await checkRules(stdout);
    expect(verdict.ok, verdict.said).toBe(true);
  });

  describe("the minutes of each kind of SLI", () => {
    test.concurrent("bad events: no error series is no error, and a newborn one counts whole", () =>
      expectValues({}, { [OK]: "0+60x20", [BAD]: "_x9 3+3x10" }, [
        ["slo:bad_events_total:sum", "8m", 0],
        ["slo:bad_events_total:sum", "20m", 33],
        ["slo:events_total:sum", "20m", 1233],
        ["slo:covered_minutes_total:sum", "20m", 21],
      ]));

    test.concurrent("good events, with a restart of the process", () => {
      const good = {
        ...EVENTS,
        counts: "good",
        numerator: EVENTS.total.replace("total[", 'total{code="200"}['),
      } as const;
      return expectValues({ sli: good }, { [OK]: "0+54x20", [BAD]: "0+6x10 6+6x9" }, [
        ["slo:bad_events:increase1m", "8m", 6],
        ["slo:events:increase1m", "8m", 60],
        ["slo:bad_events_total:sum", "20m", 120],
      ]);
    });

    test.concurrent("a threshold: the worst series counts, NaN is no traffic, absence is no answer", () => {
      const sli = { kind: "threshold", query: "queue", op: "lt", threshold: 60 } as const;
      const input = {
        'queue{a="1"}': "10x4 60x2 NaN NaN NaN stale",
        'queue{a="2"}': "1x4 1x2 NaN NaN NaN stale",
      };
      return expectValues({ sli, objective: 0.99 }, input, [
        ["slo:sli:value", "4m", 10],
        ["slo:bad_events_total:sum", "20m", 3],
        ["slo:events_total:sum", "20m", 8],
        ["slo:covered_minutes_total:sum", "20m", 11],
        ["slo:events:increase1m", "20m", null],
      ]);
    });

    test.concurrent("a ratio of errors counts by its share, at most 1", () => {
      const sli = { kind: "ratio", query: "failed", counts: "bad" } as const;
      return expectValues({ sli, objective: 0.99 }, { failed: "0.25x9 7x9" }, [
        ["slo:bad_events_total:sum", "9m", 2.5],
        ["slo:bad_events_total:sum", "19m", 12.5],
        ["slo:events_total:sum", "19m", 20],
      ]);
    });

    test.concurrent("without traffic the error ratio is 0, and all of the budget remains", () =>
      expectValues({}, { [OK]: "5x70" }, [
        ["slo:error:ratio_increase5m", "20m", 0],
        ["slo:error:ratio_increase1h", "70m", 0],
        ["slo:error_budget_remaining:ratio", "70m", 1],
      ]));
  });

  describe("alerts", () => {
    /** An hour of 60 requests a minute, then a tenth of them fail. */
    const BURST = { [OK]: "0+60x60 3654+54x30", [BAD]: "0x60 6+6x30" };

    test.concurrent("carry labels, texts and the link, and fire in the minute in which they must", async () => {
      const definition = {
        ...{ description: "Orders are placed", runbook: "https://wiki.example/burn" },
        ...{ labels: { env: "prod" }, objective: 0.99 },
      };
      const labels = { service: "checkout", slo: "availability", team: "shop", env: "prod" };
      // 14.4 % of an hour: with every request failing, from the ninth minute on.
      const input_series = inputOf({ [OK]: "0+60x60 3600x30", [BAD]: "0x60 60+60x30" });
      const at = (eval_time: string, fires: boolean) => ({
        ...{ alertname: "ErrorBudgetBurn", eval_time },
        exp_alerts: fires
          ? [
              {
                exp_labels: { ...labels, severity: "page", tier: "page-fast" },
                exp_annotations: {
                  summary:
                    "checkout/availability spends its error budget more than 14.4 times too fast",
                  description:
                    "15% failed in the last 1h; 1% may over 30d. The last 5m are above the limit as well. The objective: Orders are placed",
                  dashboard_url: `${URL}/alert?slo=checkout/availability&tier=page-fast`,
                  runbook_url: "https://wiki.example/burn",
                },
              },
            ]
          : [],
      });
      const verdict = await testRules(exported(definition), {
        ...{ interval: "1m", input_series },
        alert_rule_test: [at("68m", false), at("69m", true)],
      });
      expect(verdict.ok, verdict.said).toBe(true);
    });

    test.concurrent("need both windows and enough bad events", () =>
      expectValues({ objective: 0.999 }, { [OK]: "0+6x60 366+6x40", [BAD]: "0x59 3x2 3x40" }, [
        ["slo:error:ratio_increase1h", "61m", 3 / 363],
        [firing("page-fast"), "61m", null],
        [firing("page-slow"), "61m", null],
      ]));

    test.concurrent("stay while the numbers are unknown, say so, and end once they are good again", async () => {
      const lost = "_x25";
      const input = {
        [OK]: `${BURST[OK]} ${lost} 5274+60x90`,
        [BAD]: `${BURST[BAD]} ${lost} 186x90`,
      };
      await expectValues({}, input, [
        [firing("page-fast"), "75m", 1],
        ["slo:error:ratio_increase5m", "100m", null],
        [firing("page-fast"), "100m", 1],
        ["slo:error:ratio_increase5m", "130m", 0],
        [firing("page-fast"), "130m", null],
      ]);
    });

    test.concurrent("tell within ten minutes that an SLI gives no answer", () =>
      expectValues({}, { [OK]: "0+60x20 stale" }, [
        ['ALERTS{alertname="SliNoData",alertstate="firing"}', "29m", null],
        ['ALERTS{alertname="SliNoData",alertstate="firing"}', "32m", 1],
      ]));
  });

  describe("pauses in which nothing was recorded", () => {
    /** Running totals that were recorded until minute 10 and from minute `again` on: 60 events a minute. */
    const paused = (again: number) => {
      const values = `600+60x10 _x${again - 11} 1260+60x60`;
      const names = [
        "slo:events_total:sum",
        "slo:bad_events_total:sum",
        "slo:covered_minutes_total:sum",
      ];
      const input = names.map((name) => [`${name}{${ME}}`, values] as const);
      return Object.fromEntries([
        ...input,
        [`slo:recorded_since:timestamp_seconds{${ME}}`, "0x200"],
      ]);
    };
    const recorded = new Recorded({ service: "checkout", slo: "availability" });
    const total = "slo:events_total:sum";

    test.concurrent.each([
      ["a window that begins in a pause of half an hour is exact", 40, "85m", 2760],
      ["a window that begins in a longer pause says nothing", 140, "145m", null],
      ["a window after the pause is exact", 140, "200m", 3600],
    ])("%s", (_, again, at, growth) =>
      expectRecorded(paused(again), recorded.growth(total, 60 * MINUTE), at, growth),
    );

    test.concurrent.each([
      ["totals go on from what they were, after a minute", "11m", 1200],
      ["and after hours", "7h", 1200],
      ["but not after a day", "1d", 0],
    ])("%s", (_, at, before) =>
      expectRecorded(paused(2000), recorded.before(total, "vector(0)"), at, before),
    );
  });

  test("names, labels and texts that are made to break out are carried as they are", async () => {
    const hostile = `"}) or vector(1) # \\ {{ $value }} {{ end }} \n é 😀 \u2028 \u0085 {{`;
    const definition = sloOf({
      ...{ sli: EVENTS, objective: 0.99, description: hostile, team: null },
      labels: { note: hostile, empty: "" },
      runbook: "https://wiki.example/{{ .Labels }}",
    });
    const options = { url: URL, extraLabels: { cluster: hostile }, scrapeIntervalMs: MINUTE };
    const { group } = sloRules(definition, options);
    const verdict = await testRules(rulesText(group ? [group] : []), {
      ...{ interval: "1m", input_series: inputOf({ [OK]: "0x70", [BAD]: "0+60x70" }) },
      promql_expr_test: [
        {
          expr: `count(ALERTS{tier="page-fast",note=${JSON.stringify(hostile)},cluster=${JSON.stringify(hostile)}})`,
          ...{ eval_time: "70m", exp_samples: [{ labels: "{}", value: 1 }] },
        },
      ],
    });
    expect(verdict.ok, verdict.said).toBe(true);
  });
});
