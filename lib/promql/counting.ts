import type { Counter, NativeCount } from "#lib/promql/counters.ts";
import { readCounters } from "#lib/promql/counters.ts";
import { carefulGrowth, type GrowthOptions, quickGrowth } from "#lib/promql/growth.ts";
import { parsePromql } from "#lib/promql/tree.ts";
import { aggregate, offsetText } from "#lib/promql/write.ts";
import { formatDuration, MINUTE } from "#lib/time/duration.ts";

export interface CountingOptions {
  /** Distance of the points that will be asked for: a minute, 5 minutes or an hour. */
  readonly stepMs: number;
  readonly scrapeIntervalMs: number;
  /** `exact` on Prometheus and its kin; `increase` where increase() itself is exact (VictoriaMetrics). */
  readonly counting: "exact" | "increase";
  /** The SLI's total: whether it was there before tells a newborn series from a newly found old one. */
  readonly total: string;
}

/** What to send for one query of an SLI. Each answers one number per step: events in `[t - step, t)`. */
export interface CountingQuery {
  /** Ask this first. NaN at a step means: ask `careful` for that step. */
  readonly query: string;
  /** Null when `query` is final by itself. */
  readonly careful: string | null;
  /** Prometheus's own increase(), for buckets that look wrong. */
  readonly plain: string;
  /** Minutes of the step in which samples arrived; null when the answer's absence tells it. */
  readonly presence: string | null;
  /** What a scrape gap hid shows in the growth after it; samples that were not taken never do. */
  readonly regains: boolean;
}

export type Counting = { readonly counting: CountingQuery } | { readonly error: string };

/**
 * Rewrites a query of rates (PromQL, per second) into queries that count events per step; a query
 * that counts nothing, or at a fixed time, gives one sentence instead. `offset` is kept.
 * @example countingQuery("sum(rate(x[5m]))", { stepMs: MINUTE, scrapeIntervalMs: 30_000, counting: "increase", total })
 * // counting.query: "sum(increase(x[1m]))"
 */
export function countingQuery(query: string, options: CountingOptions): Counting {
  const own = readQuery(query);
  if ("error" in own) return own;
  const total = readQuery(options.total);
  if ("error" in total) return total;
  const growth = growthOptions(options, total.counters);
  const write = (form: Form) =>
    aggregate(
      "sum",
      rewrite(own, (c) => countOne(c, growth, form), nativeScale(growth, form)),
    );
  const plain = write("plain");
  const presence = presenceOf(own, options);
  const regains = own.counters.some(({ kind, native }) => kind === "growth" && !native);
  if (options.counting === "increase") {
    return { counting: { query: write("step"), careful: null, plain, presence, regains } };
  }
  const careful = write("careful");
  return {
    counting: {
      query: own.additive ? write("quick") : careful,
      careful: own.additive ? careful : null,
      plain,
      presence,
      regains,
    },
  };
}

type Form = "quick" | "careful" | "plain" | "step";

interface ReadQuery {
  readonly text: string;
  readonly counters: readonly Counter[];
  readonly nativeCounts: readonly NativeCount[];
  readonly additive: boolean;
  readonly always: boolean;
}

function readQuery(query: string): ReadQuery | { error: string } {
  const parsed = parsePromql(query);
  if ("error" in parsed) return { error: parsed.error.message };
  const read = readCounters(parsed.tree);
  return "error" in read ? read : { text: parsed.tree.text, ...read };
}

/** A sample counts as this step's while it is at most 1.5 scrape intervals old. */
function lastRangeMs(options: CountingOptions, stepMs: number): number {
  return Math.max(stepMs, options.scrapeIntervalMs * 1.5);
}

function growthOptions(options: CountingOptions, total: readonly Counter[]): GrowthOptions {
  const { stepMs, scrapeIntervalMs } = options;
  return { stepMs, scrapeIntervalMs, lastRangeMs: lastRangeMs(options, stepMs), total };
}

function countOne(counter: Counter, growth: GrowthOptions, form: Form): string {
  const { selector, offsetMs, name } = counter;
  const { stepMs, scrapeIntervalMs } = growth;
  if (counter.native && form !== "step") return `increase(${ranged(counter, wideMs(growth))})`;
  if (counter.kind === "samples") return `${name}(${ranged(counter, stepMs - 1)})`;
  if (form === "step") return `increase(${ranged(counter, stepMs)})`;
  if (form === "plain") return plainGrowth(counter, stepMs, scrapeIntervalMs);
  return form === "quick"
    ? quickGrowth(selector, offsetMs, growth)
    : carefulGrowth(selector, offsetMs, growth);
}

function plainGrowth(counter: Counter, stepMs: number, scrapeIntervalMs: number): string {
  const rangeMs = wideMs({ stepMs, scrapeIntervalMs });
  return `(increase(${ranged(counter, rangeMs)}) * ${stepMs / 1000} / ${rangeMs / 1000})`;
}

/** A step and a scrape interval: the growth between its first and last sample is about a step's. */
function wideMs({ stepMs, scrapeIntervalMs }: Pick<GrowthOptions, "stepMs" | "scrapeIntervalMs">) {
  return stepMs + scrapeIntervalMs;
}

/** Native histograms can be neither compared nor, on older servers, multiplied: only their count is. */
function nativeScale(growth: GrowthOptions, form: Form): string {
  return form === "step" ? "" : ` * ${growth.stepMs / 1000} / ${wideMs(growth) / 1000}`;
}

function ranged(counter: Counter, rangeMs: number): string {
  return `${counter.selector}[${formatDuration(rangeMs)}]${offsetText(counter.offsetMs)}`;
}

function rewrite(read: ReadQuery, replace: (counter: Counter) => string, scale: string): string {
  const counts = scale === "" ? [] : read.nativeCounts;
  const edits = [
    ...counts.map(({ from }) => ({ from, to: from, text: "(" })),
    ...read.counters.map((counter) => ({ ...counter, text: replace(counter) })),
    ...counts.map(({ to }) => ({ from: to, to, text: `${scale})` })),
  ].sort((a, b) => a.from - b.from);
  let text = "";
  let at = 0;
  for (const edit of edits) {
    text += read.text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return text + read.text.slice(at);
}

/** Subquery windows end a second short: Prometheus 2 includes their left edge, 3 does not. */
function presenceOf(read: ReadQuery, options: CountingOptions): string | null {
  const minute = lastRangeMs(options, MINUTE) - 1;
  const arrived = read.counters
    .map((c) => `count(last_over_time(${ranged(c, minute)}))`)
    .join(" or ");
  if (options.stepMs > MINUTE)
    return `count_over_time((${arrived})[${formatDuration(options.stepMs - 1000)}:1m])`;
  const rare = hasSamples(read) && options.scrapeIntervalMs * 1.5 > options.stepMs;
  return read.always || !read.additive || rare ? `count(${arrived})` : null;
}

/** With scrapes a minute apart or more, a minute may hold none of the samples that are counted. */
function hasSamples({ counters }: ReadQuery): boolean {
  return counters.some(({ kind }) => kind === "samples");
}
