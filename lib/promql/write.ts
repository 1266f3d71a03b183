import { formatDuration } from "#lib/time/duration.ts";

/**
 * A PromQL offset modifier with a leading space (ms); none for 0, negative ones look ahead.
 * @example offsetText(60_000) // " offset 1m"
 */
export function offsetText(ms: number): string {
  if (ms === 0) return "";
  return ` offset ${ms < 0 ? "-" : ""}${formatDuration(Math.abs(ms))}`;
}

/**
 * An aggregation around a query, which may end in a comment: that must not swallow the bracket.
 * @example aggregate("sum", "rate(x[5m])") // "sum(rate(x[5m]))"
 */
export function aggregate(by: "sum" | "min" | "max", query: string): string {
  return query.includes("#") ? `${by}(${query}\n)` : `${by}(${query})`;
}
