import { hasTraffic } from "#lib/slo/budget.ts";
import { burnOf } from "#lib/slo/burn.ts";
import { type ExcludedSpan, excludedMs } from "#lib/slo/excluded.ts";
import type { Counts } from "#lib/slo/totals.ts";
import { slicingOf } from "#lib/spec/counted.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** So long without an event, where a week before there were some, is worth a look. */
export const IDLE_MS = 30 * MINUTE;
const IDLE_LABEL = "30m";
const BUSY_EVENTS = 30;

export interface TrafficInput {
  readonly definition: Pick<SloDefinition, "sli" | "budgeting">;
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
 * Whether the last 30 minutes were answered and held no event. Thresholds, ratios and long time
 * slices do not tell: never idle.
 * @example isIdle(input) // false
 */
export function isIdle({ definition, counts, at, excluded = [] }: TrafficInput): boolean {
  const recent = counts[IDLE_LABEL];
  if (!recent || leastBusy(definition) === null) return false;
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
  const least = leastBusy(input.definition) ?? Number.POSITIVE_INFINITY;
  return (input.lastWeek?.total ?? 0) > least ? input.at - IDLE_MS : null;
}

/**
 * Thirty minutes with more than this were busy: 30 events, or half of the minutes where short time
 * slices tell which held any. Null where silence cannot be told.
 */
function leastBusy(definition: TrafficInput["definition"]): number | null {
  const slicing = slicingOf(definition);
  if (definition.sli.kind !== "events") return null;
  if (slicing === null) return BUSY_EVENTS;
  return slicing.windowMs <= IDLE_MS / 2 ? IDLE_MS / MINUTE / 2 : null;
}
