import type { MetricFigures } from "#components/dora/view.ts";
import { shareText } from "#components/slo/costs/shares.ts";
import type { Metric } from "#lib/dora/metric.ts";
import type { MetricName } from "#lib/dora/report.ts";
import { count, percent, span } from "#lib/format/numbers.ts";

type Figures = Pick<Metric, "value" | "unit" | "flags">;

/** The number as people read it; "n/a" where there is none. */
export function valueText({ value, unit, flags }: Figures): string {
  if (value === null) return "n/a";
  const text = { deployments: count, ms: span, ratio: shareText }[unit](value);
  return flags.includes("at-least") ? `≥ ${text}` : text;
}

/** What stands under the number: rate, tail, interval. */
export function detailText(name: MetricName, metric: MetricFigures): string[] {
  if (metric.value === null) return [];
  const lines: string[] = [];
  if (metric.perDay !== undefined && metric.perWeek !== undefined) {
    lines.push(`${rate(metric.perDay)} per day, ${rate(metric.perWeek)} per week`);
  }
  if (metric.p75 !== undefined && metric.p90 !== undefined) {
    lines.push(`p75 ${tail(metric, "p75")}, p90 ${tail(metric, "p90")}`);
  }
  if (metric.interval) {
    const { low, high } = metric.interval;
    lines.push(`95 % interval ${percent(low)} to ${percent(high)}`);
  }
  lines.push(behindText(name, metric));
  if (metric.open) lines.push(openText(metric.open));
  return lines;
}

function tail({ open, ...metric }: MetricFigures, name: "p75" | "p90"): string {
  const sign = open?.atLeast.includes(name) ? "≥ " : "";
  return `${sign}${span(metric[name] ?? 0)}`;
}

function openText({ n, longestMs }: NonNullable<MetricFigures["open"]>): string {
  return `${n} still open, the longest for ${span(longestMs)} so far`;
}

/** Two digits that mean something: 0.97, 6.8, 31. */
export function rate(value: number): string {
  if (value === 0 || value >= 10) return value.toFixed(0);
  return value.toFixed(value < 2 ? 2 : 1);
}

const BEHIND: Readonly<Record<MetricName, readonly [one: string, more: string]>> = {
  deploymentFrequency: ["deployment", "deployments"],
  leadTime: ["change", "changes"],
  changeFailureRate: ["deployment", "deployments"],
  recoveryTime: ["failed deployment", "failed deployments"],
  reworkRate: ["deployment", "deployments"],
};

/** How many it was taken over: "over 29 changes". */
function behindText(name: MetricName, { n, value }: MetricFigures): string {
  const [one, more] = BEHIND[name];
  if (name === "changeFailureRate" || name === "reworkRate") {
    return `${Math.round((value ?? 0) * n)} of ${count(n)} ${n === 1 ? one : more}`;
  }
  return `over ${count(n)} ${n === 1 ? one : more}`;
}

/** How it compares with the period before; null when either has no number. */
export function comparedText(name: MetricName, now: Figures, before: Figures): string | null {
  if (now.value === null || before.value === null) return null;
  if (now.unit === "ratio") {
    const points = Math.round((now.value - before.value) * 1000) / 10;
    if (points === 0) return "as before";
    return `${Math.abs(points)} points ${points > 0 ? "up" : "down"}`;
  }
  if (now.value === before.value) return "as before";
  if (before.value === 0) return "up from none";
  const change = now.value / before.value - 1;
  if (Math.abs(change) < 0.005) return "as before";
  if (name === "leadTime" || name === "recoveryTime") {
    const word = change > 0 ? "longer" : "shorter";
    return `${percent(Math.abs(change))} ${word}`;
  }
  return `${percent(Math.abs(change))} ${change > 0 ? "more" : "fewer"}`;
}
