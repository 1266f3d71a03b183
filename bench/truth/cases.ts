import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Epoch ms, `[from, to)`. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** One process that serves requests and exposes counters. */
export interface Life extends Interval {
  readonly pod: string;
  /** From here on it gets no requests, as when it is taken out of the load balancer before it ends. */
  readonly drainsAt: number;
  /** Restarts in place: its counters begin again at nothing. */
  readonly resets: readonly number[];
  /** It serves, but is not scraped. */
  readonly unscraped: readonly Interval[];
}

/** A service whose every request is known. */
export interface TruthCase {
  readonly name: string;
  readonly seed: number;
  readonly requestsPerSecond: number;
  readonly errorShare: number;
  readonly lives: readonly Life[];
  /** Nothing is scraped at all. */
  readonly gaps: readonly Interval[];
  /** Errors at `share` instead of `errorShare`. */
  readonly incidents: readonly (Interval & { readonly share: number })[];
}

export const SCRAPE_MS = 30_000;

/** Every way in which counters are known to mislead, over the same span (whole days). */
export function truthCases({ from, to }: Interval): TruthCase[] {
  const incident = { from: from + DAY + 9 * HOUR, to: from + DAY + 10 * HOUR, share: 0.25 };
  const base = { requestsPerSecond: 5, errorShare: 0.005, gaps: [], incidents: [incident] };
  const three = pods(3, { from, to });
  return [
    { ...base, name: "steady", seed: 1, lives: three },
    { ...base, name: "resets", seed: 2, lives: three.map(resetEvery(6 * HOUR)) },
    { ...base, name: "churn", seed: 3, lives: churn({ from, to }) },
    { ...base, ...LOW_TRAFFIC, seed: 4, lives: pods(1, { from, to }) },
    { ...base, name: "gaps", seed: 5, lives: three, gaps: gapsEvery(8 * HOUR, { from, to }) },
    { ...base, name: "unscraped", seed: 6, lives: withUnscraped(pods(16, { from, to }), from) },
  ];
}

/** One request in ten minutes, one in ten of them fails. */
const LOW_TRAFFIC = {
  name: "low-traffic",
  requestsPerSecond: 1 / 600,
  errorShare: 0.1,
  incidents: [],
};

function pods(count: number, { from, to }: Interval): Life[] {
  return Array.from({ length: count }, (_, i) => life(`p${i}`, { from, to }));
}

function life(pod: string, { from, to }: Interval): Life {
  return { pod, from, to, drainsAt: to, resets: [], unscraped: [] };
}

/** Pods do not restart at the same moment. */
function resetEvery(everyMs: number) {
  return (each: Life, i: number): Life => ({
    ...each,
    resets: range(each.from + everyMs + i * 11_000, each.to, everyMs),
  });
}

const POD_LIFE_MS = 47 * MINUTE;
const POD_EVERY_MS = 11 * MINUTE;
const DRAIN_MS = MINUTE;

/** A new pod every 11 minutes, each for 47; drained a minute before it ends. Error series are born lazily. */
function churn({ from, to }: Interval): Life[] {
  return range(from, to, POD_EVERY_MS).map((start, i) => {
    const end = Math.min(to, start + POD_LIFE_MS);
    return { ...life(`c${i}`, { from: start, to: end }), drainsAt: end - DRAIN_MS };
  });
}

/** 20 minutes without any scrape, not aligned to anything. */
function gapsEvery(everyMs: number, { from, to }: Interval): Interval[] {
  return range(from + 5 * HOUR + 137_000, to - HOUR, everyMs).map((start) => ({
    from: start,
    to: start + 20 * MINUTE,
  }));
}

/** One of many instances serves for two hours without being scraped. */
function withUnscraped(lives: readonly Life[], from: number): Life[] {
  const start = from + 30 * HOUR + 41_000;
  const unscraped = [{ from: start, to: start + 2 * HOUR }];
  return lives.map((each, i) => (i === 0 ? { ...each, unscraped } : each));
}

function range(from: number, to: number, step: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.ceil((to - from) / step)) },
    (_, i) => from + i * step,
  );
}
