import { rate, valueText } from "#components/dora/figures.ts";
import type { MetricView, TrendPoint } from "#components/dora/view.ts";
import { METRIC_WORD } from "#components/dora/words.ts";

/** The line behind a number, month by month, for those who do not see it. */
export function trendWords({ name, now, trend }: Pick<MetricView, "name" | "now" | "trend">) {
  const months = trend.map((point) => `${point.month} ${pointText(point)}`);
  function pointText({ value, complete, partly }: TrendPoint): string {
    if (value === null) return "n/a";
    const isRate = name === "deploymentFrequency";
    const text = isRate ? `${rate(value)} per day` : valueText({ ...now, flags: [], value });
    if (partly) return `${text} as far as it is known`;
    return complete ? text : `${text} so far`;
  }
  return `${METRIC_WORD[name]} by month: ${months.join(", ")}`;
}
