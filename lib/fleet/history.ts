import type { FleetRow } from "#lib/fleet/row.ts";
import { DAY, parseDuration } from "#lib/time/duration.ts";

/** A history that lacks less than this share of its window says what a whole one would. */
const WHOLE = 0.995;

/**
 * Days of history that are known and that the window has, where a budget rests on a part of it; null
 * where all of it is known, and for a calendar window, which begins anew by itself.
 * @example partialHistory({ window: "30d", historyDays: 3.04 }) // { known: 3, of: 30 }
 */
export function partialHistory({ window, historyDays }: Pick<FleetRow, "window" | "historyDays">): {
  readonly known: number;
  readonly of: number;
} | null {
  const ms = parseDuration(window);
  if (ms === null || historyDays >= (ms / DAY) * WHOLE) return null;
  return { known: Math.floor(historyDays * 10) / 10, of: ms / DAY };
}
