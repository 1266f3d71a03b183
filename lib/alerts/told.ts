import type { LinkedFiring } from "#lib/alerts/link.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/** As long as history is kept. */
const OLDEST_MS = 400 * DAY;
const CLOCKS_DIFFER_MS = 5 * MINUTE;

/**
 * A start (epoch ms) of which something can be known; null where it lies ahead of `now` by more than
 * clocks differ, or before all history.
 * @example reachableStart(Date.UTC(2023, 10, 14), now) // null
 */
export function reachableStart(startsAt: number | null, now: number): number | null {
  if (startsAt === null || startsAt > now + CLOCKS_DIFFER_MS) return null;
  return now - startsAt > OLDEST_MS ? null : startsAt;
}

/**
 * The firing that only the link tells of: nothing says when it ended, so a day is shown, or what has
 * passed of it. Epoch ms.
 * @example toldFiring({ startsAt, tier: null }, now).endsAt // startsAt + DAY
 */
export function toldFiring(told: Omit<LinkedFiring, "endsAt">, now: number): LinkedFiring {
  const end = told.startsAt + DAY;
  return { ...told, endsAt: end <= now ? end : null };
}
