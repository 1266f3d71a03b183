import { HOUR, MINUTE } from "#lib/time/duration.ts";

/** How long is waited after each try that failed: twelve tries in about 22 hours. */
const WAITS_MS: readonly number[] = [
  10_000,
  30_000,
  MINUTE,
  3 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  6 * HOUR,
  8 * HOUR,
];

/** A receiver that asks for a longer wait is asked again after this. */
const LONGEST_WAIT_MS = 12 * HOUR;

interface Failed {
  /** Tries so far, this one included. */
  readonly attempts: number;
  /** What the receiver asked for. */
  readonly retryAfterMs: number | null;
  /** In [0, 1). */
  readonly random: number;
}

/**
 * How long to wait (ms) before the next try; null when it was the last. Up to a fifth is added by
 * chance, so that what failed together does not come back together.
 * @example waitAfter({ attempts: 1, retryAfterMs: null, random: 0 }) // 10_000
 */
export function waitAfter({ attempts, retryAfterMs, random }: Failed): number | null {
  const wait = WAITS_MS[attempts - 1];
  if (wait === undefined) return null;
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_WAIT_MS);
  return Math.round(Math.max(wait, asked) * (1 + random / 5));
}

/**
 * What a `Retry-After` header asks for, in ms from `now` (epoch ms): seconds or a date. Null when it is
 * absent or cannot be read; 0 for a time that has passed.
 * @example retryAfterMs("120", now) // 120_000
 */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === "") return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : null;
}
