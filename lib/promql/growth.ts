import type { Counter } from "#lib/promql/counters.ts";
import { offsetText } from "#lib/promql/write.ts";
import { formatDuration, HOUR, MINUTE } from "#lib/time/duration.ts";

/**
 * PromQL for the growth of each series of a selector within one step. increase() extrapolates, drops
 * the first value of every series and loses what a gap hides; these do not.
 */
export interface GrowthOptions {
  readonly stepMs: number;
  readonly scrapeIntervalMs: number;
  /** How far back a sample still counts as this step's newest. */
  readonly lastRangeMs: number;
  /** The counters of the SLI's total. */
  readonly total: readonly Counter[];
}

/** How long a series may be missing until its growth is no longer counted on its return. */
const MEMORY_MS = 30 * MINUTE;

/** A life of so many steps' growth is young: little is lost or added if it is not. */
const YOUNG_STEPS = 3;

/** Prometheus's default for how long a sample stands for its series. */
const LOOKBACK_MS = 5 * MINUTE;

/** Where to look for an earlier life of a series that seems new. */
const EARLIER_HOURS = [1, 2, 4, 8, 24, 72];

/** A counter that shows up at no more than this is taken for new: little is lost if it is not. */
const SURELY_NEW = 10;

/**
 * The common path, about 10 samples per series and step: newest value minus the one a step ago. A
 * series that was reset, born or came back yields NaN, which says “ask `carefulGrowth`”.
 * @example quickGrowth("x", 0, options) // "((last_over_time(x[59s999ms]) - x offset 1m >= 0 unless …"
 */
export function quickGrowth(selector: string, offsetMs: number, options: GrowthOptions): string {
  const read = reader(selector, offsetMs, options);
  const before = `${selector}${offsetText(offsetMs + options.stepMs)}`;
  return `(((${read.newest} - ${before}) >= 0 unless ${read.resets} > 0) or ${read.newest} * NaN)`;
}

/**
 * The growth of each series, through resets (extrapolated over a step and a scrape interval), births
 * (the first value counts whole, unless the series or the total was merely not seen for long) and
 * gaps of up to 30 min. Some 100 samples per series and step: for odd steps and coarse ones.
 * @example carefulGrowth("x", 0, options)
 */
export function carefulGrowth(selector: string, offsetMs: number, options: GrowthOptions): string {
  const read = reader(selector, offsetMs, options);
  const steady = `((${read.newest} - ${read.before}) >= 0 unless ${read.resets} > 0)`;
  const reset = `(${read.increase} and ${read.widerResets} > 0)`;
  const small = `(${read.newest} <= ${SURELY_NEW})`;
  const unseen = `(${read.newest} unless ${read.newest} >= (${read.earlier}))`;
  const known = `((${existed(options)}) or (${isFresh(options)}))`;
  const born = `((${small} or ${unseen}) and on() ${known})`;
  return `(${steady} or ${reset} or ${born} or ${read.increase})`;
}

function reader(selector: string, offsetMs: number, options: GrowthOptions) {
  const { stepMs, scrapeIntervalMs, lastRangeMs } = options;
  const range = (ms: number, backMs = 0) =>
    `${selector}[${formatDuration(ms)}]${offsetText(offsetMs + backMs)}`;
  const wide = stepMs + scrapeIntervalMs;
  return {
    newest: `last_over_time(${range(lastRangeMs - 1)})`,
    before: `last_over_time(${range(MEMORY_MS, stepMs)})`,
    resets: `resets(${range(stepMs - 1)})`,
    widerResets: `resets(${range(wide)})`,
    increase: `(increase(${range(wide)}) * ${stepMs / 1000} / ${wide / 1000})`,
    earlier: earlierOf(selector, offsetMs).join(" or "),
  };
}

function earlierOf(selector: string, offsetMs: number): string[] {
  return EARLIER_HOURS.map((hours) => `${selector}${offsetText(offsetMs + hours * HOUR)}`);
}

/**
 * Answers where the total's whole life is about this step's: a process that has just begun, not an
 * old one that is seen for the first time. So is a total of few events that was never seen before.
 */
function isFresh(options: GrowthOptions): string {
  return options.total
    .map(({ selector, offsetMs }) => {
      const { newest, increase } = reader(selector, offsetMs, options);
      const seen = earlierOf(selector, offsetMs).map((earlier) => `count(${earlier})`);
      const few = `(sum(${newest}) <= ${SURELY_NEW} unless (${seen.join(" or ")}))`;
      return `(${few} or sum(${newest}) <= ${YOUNG_STEPS} * sum(${increase}))`;
    })
    .join(" and ");
}

/**
 * Answers where any series of the total was there within the memory before this step. Plain selectors
 * look back 5 min each, so a few of them cover it for a tenth of the samples of one range.
 */
function existed({ total, stepMs }: GrowthOptions): string {
  const looks = Array.from({ length: MEMORY_MS / LOOKBACK_MS }, (_, i) => stepMs + i * LOOKBACK_MS);
  return total
    .flatMap((c) => looks.map((ms) => `count(${c.selector}${offsetText(c.offsetMs + ms)})`))
    .join(" or ");
}
