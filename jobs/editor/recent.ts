/** What was asked a moment ago, so that asking again costs the source nothing. */
export class Recent<T> {
  readonly #forMs: number;
  readonly #most: number;
  readonly #held = new Map<string, { readonly at: number; readonly value: T }>();

  constructor(of: { readonly forMs: number; readonly most: number }) {
    this.#forMs = of.forMs;
    this.#most = of.most;
  }

  /** What is held at `now` (epoch ms); null when there is none, or it is too old. */
  get(key: string, now: number): T | null {
    const held = this.#held.get(key);
    return held && now - held.at < this.#forMs && now >= held.at ? held.value : null;
  }

  /** Holds a value; beyond the most, what was put in first is let go. */
  put(key: string, value: T, now: number): void {
    this.#held.delete(key);
    this.#held.set(key, { at: now, value });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#most) return;
      this.#held.delete(oldest);
    }
  }
}
