import { MINUTE } from "#lib/time/duration.ts";

/** A recording rule as its tool generates it, and how often it is evaluated. */
export interface CostRule {
  readonly expr: string;
  readonly everyMs: number;
}

const ratio = (job: string, window: string) =>
  `sum(rate(http_requests_total{job="${job}",code=~"5.."}[${window}])) / ` +
  `sum(rate(http_requests_total{job="${job}"}[${window}]))`;

const SLOTH_WINDOWS = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"];
const RECORDED = 'slo:sli_error:ratio_rate5m{sloth_id="cost"}[30d]';

/** Sloth: an error ratio per window, and 30 days as the average of the recorded 5-minute one. */
export function slothRules(job: string): CostRule[] {
  const windows = SLOTH_WINDOWS.map((window) => ratio(job, window));
  const period = `sum_over_time(${RECORDED}) / count_over_time(${RECORDED})`;
  return [...windows, period].map((expr) => ({ expr, everyMs: MINUTE }));
}

/** Its windows for 28 days, scaled to 30 and rounded to minutes. */
const PYRRA_WINDOWS = ["5m", "32m", "1h4m", "2h9m", "6h26m", "1d1h43m", "4d6h51m"];

/** Pyrra: burn rates every 30 s, and the growth over the whole window every 150 s. */
export function pyrraRules(job: string): CostRule[] {
  const burnRates = PYRRA_WINDOWS.map((window) => ({ expr: ratio(job, window), everyMs: 30_000 }));
  const growth = `sum by (code) (increase(http_requests_total{job="${job}"}[30d]))`;
  return [...burnRates, { expr: growth, everyMs: 150_000 }];
}
