import { badOf, hasTraffic, unitOf } from "#lib/slo/budget.ts";
import { exceeds } from "#lib/slo/compare.ts";
import type { Tier } from "#lib/slo/tiers.ts";
import type { Counts } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/**
 * How many minutes of a window (ms) may be missing or uncertain before it says nothing: two, or a
 * tenth of it where that is more.
 * @example slackMinutes(HOUR) // 6
 */
export function slackMinutes(windowMs: number): number {
  return Math.max(2, (windowMs / MINUTE) * 0.1);
}

/**
 * How many times faster than an even spend the budget goes. No traffic burns 0; null when too many
 * minutes of the window (ms) are missing. `budget` is `1 - objective`.
 * @example burnOf({ good: 98, total: 100, covered: 60 }, HOUR, 0.01) // 2
 */
export function burnOf(
  counts: Counts | null | undefined,
  windowMs: number,
  budget: number,
): number | null {
  if (!counts || windowMs / MINUTE - counts.covered > slackMinutes(windowMs)) return null;
  return hasTraffic(counts) ? badOf(counts) / counts.total / budget : 0;
}

/** The two windows of a tier at one time. */
export interface TierBurn {
  readonly long: number | null;
  readonly short: number | null;
  /** Bad events in the long window. */
  readonly bad: number;
}

/**
 * Whether a tier fires: both windows above its factor and enough bad events in the long one. Null =
 * held: a window is unknown, so it neither fires nor clears.
 * @example tierFires(pageFast, { long: 20, short: 20, bad: 40 }, 5) // true
 */
export function tierFires(tier: Tier, burn: TierBurn, minBad: number): boolean | null {
  if (!tier.reachable) return false;
  if (burn.long === null || burn.short === null) return null;
  return exceeds(burn.long, tier.factor) && exceeds(burn.short, tier.factor) && burn.bad >= minBad;
}

/**
 * Bad events that a tier needs before it may fire; 0 where minutes are counted.
 * @example minBadOf(definition) // 5
 */
export function minBadOf(
  definition: Pick<SloDefinition, "sli" | "budgeting" | "alerting">,
): number {
  return unitOf(definition) === "minutes" ? 0 : definition.alerting.minBadEvents;
}
