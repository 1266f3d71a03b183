import { formatDuration } from "#lib/time/duration.ts";

/**
 * A PromQL offset modifier with a leading space (ms); none for 0, negative ones look ahead.
 * @example offsetText(60_000) // " offset 1m"
 */
export function offsetText(ms: number): string {
  if (ms === 0) return "";
  return ` offset ${ms < 0 ? "-" : ""}${formatDuration(Math.abs(ms))}`;
}
