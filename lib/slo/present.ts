import { MAX_LATE_MS } from "#lib/slo/state.ts";
import type { SloStatus } from "#lib/slo/status.ts";

/** An evaluation comes each minute; one that none has followed for so long tells of the past. */
export const STALE_MS = 2 * MAX_LATE_MS;

/**
 * A stored status as it counts at `now` (epoch ms): unknown, its policy state held, once its
 * evaluation is more than 10 min old, because then nobody evaluates. Its numbers stay those of `asOf`.
 * @example presentStatus(status, Date.parse(status.asOf) + HOUR).state // "unknown"
 */
export function presentStatus(status: SloStatus, now: number): SloStatus {
  if (now - Date.parse(status.asOf) <= STALE_MS) return status;
  return { ...status, state: "unknown", held: true };
}
