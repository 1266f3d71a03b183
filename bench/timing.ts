import { performance } from "node:perf_hooks";

/** Milliseconds, at the median and the 95th percentile; of few runs that is the worst. */
export interface Timing {
  readonly p50: number;
  readonly p95: number;
}

/** Runs `work` a few times unmeasured, then `runs` times one after the other. */
export async function timed(
  work: (run: number) => Promise<unknown>,
  { runs, warmUp = 1 }: { readonly runs: number; readonly warmUp?: number },
): Promise<Timing> {
  const taken: number[] = [];
  for (let run = 0; run < warmUp + runs; run++) {
    const begun = performance.now();
    await work(run);
    if (run >= warmUp) taken.push(performance.now() - begun);
  }
  return { p50: quantile(taken, 0.5), p95: quantile(taken, 0.95) };
}

/** The value at or above a share of all; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
