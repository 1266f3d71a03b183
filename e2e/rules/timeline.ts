import { type Interval, SCRAPE_MS } from "#bench/truth/cases.ts";
import type { Simulated } from "#bench/truth/simulate.ts";
import type { FiringInterval } from "#lib/slo/range.ts";
import { formatDuration, MINUTE } from "#lib/time/duration.ts";
import type { ExpressionTest, InputSeries } from "./promtool.ts";

/** What was scraped of a case, on promtool's grid: a scrape stands at the next multiple of 30 s. */
export function scrapedSeries(job: string, { scrapes }: Simulated, from: number): InputSeries[] {
  const found = new Map<string, number[]>();
  for (const { at, pod, ok, bad } of scrapes) {
    for (const [code, value] of [["200", ok] as const, ["500", bad] as const]) {
      if (value === null) continue;
      const series = `http_requests_total{job="${job}",pod="${pod}",code="${code}"}`;
      const values = found.get(series) ?? [];
      values[Math.ceil((at - from) / SCRAPE_MS)] = value;
      found.set(series, values);
    }
  }
  return [...found].map(([series, values]) => ({
    series,
    values: Array.from(values, (value) => value ?? "_").join(" "),
  }));
}

/** The tier of one SLO: when it must fire, within a span of whole minutes. */
export interface Expected {
  readonly slo: string;
  readonly tier: string;
  readonly intervals: readonly FiringInterval[];
}

/**
 * Tests that an alert fires in every evaluation in which it must, and in no other; the evaluation
 * beside each start and end may go either way.
 */
export function timelineTests(
  { slo, tier, intervals }: Expected,
  span: Interval,
): ExpressionTest[] {
  const ends = intervals.flatMap(({ startedAt, endedAt }) => [
    startedAt,
    endedAt ?? span.to + 2 * MINUTE,
  ]);
  const edges = [span.from - MINUTE, ...ends, span.to + 2 * MINUTE];
  return edges.slice(0, -1).flatMap((edge, i) => {
    const first = edge + MINUTE;
    const last = Math.min((edges[i + 1] ?? span.to) - 2 * MINUTE, span.to);
    return last < first
      ? []
      : [pieceTest({ slo, tier, fires: i % 2 === 1 }, { first, last }, span.from)];
  });
}

function pieceTest(
  { slo, tier, fires }: { slo: string; tier: string; fires: boolean },
  { first, last }: { first: number; last: number },
  from: number,
): ExpressionTest {
  const alert = `ALERTS{alertname="ErrorBudgetBurn",alertstate="firing",slo="${slo}",tier="${tier}"}`;
  const range = formatDuration(last - first + MINUTE / 2);
  const evaluations = (last - first) / MINUTE + 1;
  return {
    expr: `sum(count_over_time(${alert}[${range}]))`,
    eval_time: formatDuration(last - from),
    exp_samples: fires ? [{ labels: "{}", value: evaluations }] : [],
  };
}
