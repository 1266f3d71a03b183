/** A place at the source for one look. */
export interface Turn {
  /** Ends when the same person looks again, or when time is up. */
  readonly signal: AbortSignal;
  /** Whether it ended because the same person looked again. */
  readonly superseded: boolean;
  /** Gives the place back. */
  end(): void;
}

/** Who is looking now: each person once, and so many together. */
export class Turns {
  readonly #most: number;
  readonly #running = new Map<string, AbortController>();

  constructor(most: number) {
    this.#most = most;
  }

  /** A new look of the same person ends the one before; null while too many others look. */
  take(person: string, timeoutMs: number): Turn | null {
    const before = this.#running.get(person);
    if (!before && this.#running.size >= this.#most) return null;
    before?.abort();
    const own = new AbortController();
    this.#running.set(person, own);
    const running = this.#running;
    return {
      signal: AbortSignal.any([own.signal, AbortSignal.timeout(timeoutMs)]),
      get superseded() {
        return own.signal.aborted;
      },
      end() {
        if (running.get(person) === own) running.delete(person);
      },
    };
  }
}
