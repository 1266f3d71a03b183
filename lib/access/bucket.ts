/** How often something may be done: `capacity` times at once, then once every `refillMs`. */
export interface Rule {
  readonly capacity: number;
  readonly refillMs: number;
}

/** After a try: the bucket as it is now, and how long (ms) until the next would go; 0: this one went. */
export interface Taken {
  readonly fullAt: number;
  readonly waitMs: number;
}

/**
 * Takes one token out of a bucket that is known by the moment (epoch ms) at which it will be full again;
 * undefined is a full one, as is any moment gone by. A refused try costs nothing.
 * @example take(undefined, { capacity: 2, refillMs: 1_000 }, 5_000) // { fullAt: 6_000, waitMs: 0 }
 * @example take(7_000, { capacity: 2, refillMs: 1_000 }, 5_000) // { fullAt: 7_000, waitMs: 1_000 }
 */
export function take(fullAt: number | undefined, rule: Rule, now: number): Taken {
  const emptyFor = rule.capacity * rule.refillMs;
  // A clock that was set back leaves moments too far ahead: never longer than a whole refill.
  const before = Math.min(Math.max(fullAt ?? now, now), now + emptyFor);
  const after = before + rule.refillMs;
  const waitMs = Math.max(0, after - now - emptyFor);
  return { fullAt: waitMs > 0 ? before : after, waitMs };
}

/**
 * So many an interval (ms), all of them at once if need be.
 * @example atMost(600, 60_000) // { capacity: 600, refillMs: 100 }
 */
export function atMost(count: number, intervalMs: number): Rule {
  return { capacity: count, refillMs: intervalMs / count };
}
