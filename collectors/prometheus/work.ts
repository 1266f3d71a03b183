import type { Purpose } from "#collectors/collector.ts";
import type { CountedSli } from "#lib/spec/model.ts";

/** One SLI to be counted. `key` identifies it by content (lib/spec/identity.ts). */
export interface SliRequest {
  readonly key: string;
  readonly sli: CountedSli;
  /** Highest total of one minute seen before, for the suspect guard; null on first collection. */
  readonly trailingMax: number | null;
}

/** The same span of several SLIs, asked together so that they share totals and requests. */
export interface Span {
  readonly purpose: Purpose;
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
  readonly slis: readonly SliRequest[];
}

/** Work for one run, in the order in which it is to be done. */
export interface PrometheusWork {
  readonly spans: readonly Span[];
  /** Exclusive end of the newest minute that is settled: nothing after it is asked for, even to look around. */
  readonly settledAt: number;
}
