import { type Rule, take } from "#lib/access/bucket.ts";

const MOST_KEYS = 50_000;
const LONGEST_KEY = 200;

/**
 * Buckets by key, as many as memory may hold: beyond, the one used longest ago is forgotten, which is
 * the same as full. Of a long key only the beginning counts.
 * @example new Buckets().take("10.0.0.7", { capacity: 1, refillMs: 1_000 }, 0) // 0: it may go on
 */
export class Buckets {
  readonly #fullAt = new Map<string, number>();
  readonly #most: number;

  constructor(most = MOST_KEYS) {
    this.#most = most;
  }

  get size(): number {
    return this.#fullAt.size;
  }

  /** How long `key` has to wait (ms); 0 when it may go on, which is then counted. */
  take(key: string, rule: Rule, now: number): number {
    const short = key.slice(0, LONGEST_KEY);
    const { fullAt, waitMs } = take(this.#fullAt.get(short), rule, now);
    // Put in again, so that the map's order is that of last use.
    this.#fullAt.delete(short);
    this.#fullAt.set(short, fullAt);
    if (this.#fullAt.size > this.#most) this.#forgetOldest();
    return waitMs;
  }

  #forgetOldest(): void {
    for (const key of this.#fullAt.keys()) {
      this.#fullAt.delete(key);
      return;
    }
  }
}
