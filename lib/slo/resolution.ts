import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** How finely history is kept, youngest first: up to `maxAgeMs` old, a row every `stepMs`. */
export const RESOLUTIONS = [
  { maxAgeMs: 4 * DAY, stepMs: MINUTE },
  { maxAgeMs: 35 * DAY, stepMs: 5 * MINUTE },
  { maxAgeMs: 400 * DAY, stepMs: HOUR },
] as const;

/**
 * Distance between kept rows (ms) at an age (ms); null when nothing that old is kept. A limit itself
 * belongs to the finer side.
 * @example keptStep(5 * DAY) // 300_000
 */
export function keptStep(ageMs: number): number | null {
  return RESOLUTIONS.find((r) => ageMs <= r.maxAgeMs)?.stepMs ?? null;
}

/**
 * The time at or before `at` (epoch ms) for which a row is kept, seen from `now`: whole minutes,
 * then five minutes, then hours. Older than all history: null.
 * @example snapToKept(at, now) // at, to the minute, for the last 4 days
 */
export function snapToKept(at: number, now: number): number | null {
  for (const { maxAgeMs, stepMs } of RESOLUTIONS) {
    const snapped = Math.floor(at / stepMs) * stepMs;
    if (now - snapped <= maxAgeMs) return snapped;
  }
  return null;
}

/**
 * Whether a window (ms) that ends at `at` can be read from what is kept at `now` (epoch ms): both
 * edges within a tenth of its length of a kept row. A window finer than that is null, never wrong.
 * @example isReadable(5 * MINUTE, now - 40 * DAY, now) // false
 */
export function isReadable(windowMs: number, at: number, now: number): boolean {
  const off = offKept(at, now) + offKept(at - windowMs, now);
  return off <= windowMs * 0.1 && windowMs >= (keptStep(now - at) ?? Number.POSITIVE_INFINITY);
}

function offKept(at: number, now: number): number {
  const kept = snapToKept(at, now);
  return kept === null ? Number.POSITIVE_INFINITY : at - kept;
}

/**
 * The distance to the next time worth evaluating after `at` (epoch ms), seen from `now`: the kept
 * resolution there; an hour for what is older than all history.
 * @example evaluateRange(definition, rows, from, to, gridAt(now))
 */
export function gridAt(now: number): (at: number) => number {
  return (at) => keptStep(now - at) ?? HOUR;
}
