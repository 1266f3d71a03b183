import type { StorySeries } from "#demo/story/series.ts";

const MINUTE = 60_000;

/** What a stand-in has scraped: the story's series, asked by time. Sums are kept, so any range is two reads. */
export class Recording {
  readonly tracks: readonly Track[];

  constructor(series: readonly StorySeries[]) {
    this.tracks = series.map((each) => new Track(each));
  }
}

/** One series through time. Times in epoch ms; like samples, values exist in `(first, last]`. */
export class Track {
  readonly labels: Readonly<Record<string, string>>;
  readonly #series: StorySeries;
  readonly #firstMs: number;
  readonly #lastMs: number;
  /** `#sums[i]` = growth of the first `i` minutes. */
  #sums = new Float64Array(1);
  #known = 0;

  constructor(series: StorySeries) {
    this.#series = series;
    this.labels = series.labels;
    this.#firstMs = series.from * MINUTE;
    this.#lastMs = series.to * MINUTE;
  }

  /** The newest value in `(t - rangeMs, t]`; null when there is none. */
  last(t: number, rangeMs: number): number | null {
    const end = Math.min(t, this.#lastMs);
    if (!this.#hasAny(t, rangeMs)) return null;
    if (this.#series.kind === "counter") return this.#countedBy(end);
    return this.#series.at(Math.ceil(end / MINUTE) - 1);
  }

  /** Growth of a counter in `(t - rangeMs, t]`; null when there is no sample in it. */
  growth(t: number, rangeMs: number): number | null {
    if (!this.#hasAny(t, rangeMs)) return null;
    return this.#countedBy(Math.min(t, this.#lastMs)) - this.#countedBy(t - rangeMs);
  }

  #hasAny(t: number, rangeMs: number): boolean {
    return t > this.#firstMs && t - rangeMs < this.#lastMs;
  }

  /** All growth up to a time; within a minute it is spread evenly. */
  #countedBy(t: number): number {
    const minutes = (t - this.#firstMs) / MINUTE;
    if (minutes <= 0) return 0;
    const whole = Math.floor(minutes);
    this.#count(whole + 1);
    const before = this.#sums[whole] ?? 0;
    const next = this.#sums[whole + 1] ?? before;
    return before + (next - before) * (minutes - whole);
  }

  #count(minutes: number): void {
    if (minutes <= this.#known) return;
    if (minutes >= this.#sums.length) {
      const wider = new Float64Array(Math.ceil(minutes * 1.5) + 1);
      wider.set(this.#sums);
      this.#sums = wider;
    }
    for (let i = this.#known; i < minutes; i++) {
      this.#sums[i + 1] = (this.#sums[i] ?? 0) + this.#series.at(this.#series.from + i);
    }
    this.#known = minutes;
  }
}
