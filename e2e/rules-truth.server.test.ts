import { describe, expect, test } from "vitest";
import { type Interval, SCRAPE_MS } from "#bench/truth/cases.ts";
import { rowsOf } from "#bench/truth/ledger.ts";
import { sliOf } from "#bench/truth/openmetrics.ts";
import type { Simulated } from "#bench/truth/simulate.ts";
import { sloRules } from "#lib/rules/group.ts";
import { rulesText } from "#lib/rules/prometheus.ts";
import { evaluateRange } from "#lib/slo/range.ts";
import { sloOf } from "#lib/slo/testing.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { HOUR } from "#lib/time/duration.ts";
import { play } from "./rules/play.ts";
import { testRules, type Verdict } from "./rules/promtool.ts";
import { scrapedSeries, timelineTests } from "./rules/timeline.ts";
import { missingPrometheus } from "./servers/prometheus.ts";

const FROM = Date.UTC(2026, 0, 5);
const OPTIONS = { url: "https://plimsoll.example", extraLabels: {}, scrapeIntervalMs: SCRAPE_MS };
const absent = missingPrometheus();

describe.skipIf(absent)(
  `exported rules against known events${absent ? ` (${absent})` : ""}`,
  () => {
    const span = { from: FROM, to: FROM + 7 * HOUR };
    const fails = { from: FROM + 5.5 * HOUR, to: FROM + 6 * HOUR, share: 0.9 };

    test.each(["gaps", "churn"])(
      "%s: pages begin and end with our tiers, within an evaluation",
      async (name) => {
        const found = await agreement(slo("page"), play(name, span, fails), span);
        expect(found.fired).toEqual(["page-fast", "page-slow"]);
        expect(found.verdict.ok, found.verdict.said).toBe(true);
      },
    );

    test("tickets begin and end with our tiers, within an evaluation", async () => {
      const day = { from: FROM, to: FROM + 27 * HOUR };
      const slow = { from: FROM + 22 * HOUR, to: FROM + 24.5 * HOUR, share: 0.3 };
      const found = await agreement(slo("ticket"), play("steady", day, slow), day);
      expect(found.fired).toEqual(["ticket-fast"]);
      expect(found.verdict.ok, found.verdict.said).toBe(true);
    });

    test("a limit that is too high is found out", async () => {
      const short = { from: FROM, to: FROM + 2 * HOUR };
      const early = { from: FROM + HOUR, to: FROM + 1.5 * HOUR, share: 0.5 };
      const wrong = { ...slo("page"), objective: 0.98 };
      const { fired, verdict } = await agreement(
        slo("page"),
        play("steady", short, early),
        short,
        wrong,
      );
      expect(fired).toEqual(["page-fast"]);
      expect(verdict.ok).toBe(false);
      expect(verdict.said).toContain('tier=\\"page-fast\\"');
    });
  },
);

function slo(severity: "page" | "ticket"): SloDefinition {
  const alerting = { minBadEvents: 5, page: severity === "page", ticket: severity === "ticket" };
  return sloOf({ objective: 0.993, sli: sliOf("shop"), alerting });
}

interface Agreement {
  /** The tiers that fire, by what really happened. */
  readonly fired: readonly string[];
  readonly verdict: Verdict;
}

/** Our tiers over what really happened, against Prometheus with our rules over what it scraped. */
async function agreement(
  definition: SloDefinition,
  { truth, scrapes }: Simulated,
  span: Interval,
  exported = definition,
): Promise<Agreement> {
  const rows = rowsOf(truth.map((m) => ({ ...m, good: m.total - m.bad, covered: 1 })));
  const firings = evaluateRange(definition, rows, span.from, span.to);
  const tiers = ["page-fast", "page-slow", "ticket-fast", "ticket-slow"];
  const { group } = sloRules(exported, OPTIONS);
  const verdict = await testRules(rulesText(group ? [group] : []), {
    interval: "30s",
    input_series: scrapedSeries("shop", { truth, scrapes }, span.from),
    promql_expr_test: tiers.flatMap((tier) =>
      timelineTests(
        { slo: definition.name, tier, intervals: firings.filter((f) => f.tier === tier) },
        span,
      ),
    ),
  });
  return { fired: tiers.filter((tier) => firings.some((f) => f.tier === tier)), verdict };
}
