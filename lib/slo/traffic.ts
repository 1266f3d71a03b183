import { hasTraffic, unitOf } from "#lib/slo/budget.ts";
import { burnOf } from "#lib/slo/burn.ts";
import { type ExcludedSpan, excludedMs } from "#lib/slo/excluded.ts";
import type { Counts } from "#lib/slo/totals.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** So long without an event, where a week before there were some, is worth a look. */
export const IDLE_MS = 30 * MINUTE;
const IDLE_LABEL = "30m";
const BUSY_EVENTS = 30;

export interface TrafficInput {
  readonly definition: Pick<SloDefinition, "sli">;
  readonly counts: Readonly<Record<string, Counts | null | undefined>>;
  /** Counts of the same 30 minutes a week before; absent = not asked. */
  readonly lastWeek?: Counts | null;
  /** Since when there was no traffic at the previous evaluation, epoch ms. */
  readonly since: number | null;
  readonly at: number;
  /** Times that do not count, merged: their silence is meant. */
  readonly excluded?: readonly ExcludedSpan[];
}

/**
 * Whether the last 30 minutes were answered and held no event. Minutes are counted, not events, for
 * thresholds and ratios: never idle.
 * @example isIdle(input) // false
 */
export function isIdle({ definition, counts, at, excluded = [] }: TrafficInput): boolean {
  const recent = counts[IDLE_LABEL];
  if (!recent || unitOf(definition.sli) === "minutes") return false;
  if (excludedMs(excluded, at - IDLE_MS, at) > 0) return false;
  return !hasTraffic(recent) && burnOf(recent, IDLE_MS, 1) !== null;
}

/**
 * Since when there is no traffic where the same time last week had more than 30 events (epoch ms);
 * null = there is traffic, or its absence is usual. Once set it stays until traffic is back: nights
 * that are idle every week do not end it.
 * @example noTrafficSince({ definition, counts, lastWeek, since: null, at }) // at - 30 * MINUTE
 */
export function noTrafficSince(input: TrafficInput): number | null {
  if (!isIdle(input)) return null;
  if (input.since !== null) return input.since;
  return (input.lastWeek?.total ?? 0) > BUSY_EVENTS ? input.at - IDLE_MS : null;
}
