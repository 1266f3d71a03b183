import { snap } from "#lib/slo/compare.ts";
import { type ExcludedSpan, excludedMs } from "#lib/slo/excluded.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import { elapsedMs, periodOf } from "#lib/slo/period.ts";
import type { Counts } from "#lib/slo/totals.ts";
import { slicingOf } from "#lib/spec/counted.ts";
import type { SliDefinition, SloDefinition } from "#lib/spec/model.ts";
import { DAY, MINUTE } from "#lib/time/duration.ts";

/** What one SLO may spend in its window and has spent. Ratios, not percents. */
export interface Budget {
  /** Null when nothing was counted. */
  readonly sli: number | null;
  readonly good: number;
  readonly bad: number;
  readonly total: number;
  /** What the whole window is expected to hold, in events or minutes; null when nothing is known. */
  readonly expected: number | null;
  readonly basis: ExpectedBasis;
  /** `budget * expected`: what may go wrong in the whole window. */
  readonly budgetTotal: number | null;
  /** Share of the budget that is spent; 1 exactly when it is spent exactly. */
  readonly consumed: number | null;
  /** `1 - consumed`, signed. */
  readonly remaining: number | null;
  /** Time since the first covered minute, at most the window (ms). */
  readonly knownMs: number;
  readonly historyDays: number;
  /** Share of the known minutes that have an answer, in [0,1]; 0 when nothing is known. */
  readonly coverage: number;
}

/** What `expected` is made of, without excluded times (ms). */
export interface ExpectedBasis {
  /** The whole window or calendar period. */
  readonly wholeMs: number;
  /** The part of it that is behind us and known. */
  readonly countedMs: number;
  /** What the rest is taken to hold: of the known part, or of the last 28 d for a calendar period. */
  readonly ratePerMs: number | null;
}

export interface BudgetInput {
  readonly definition: Pick<SloDefinition, "objective" | "window" | "sli" | "budgeting">;
  /** Counts over the SLO's own window that ends at `at`. */
  readonly counts: Counts;
  /** Exclusive end of the window, epoch ms. */
  readonly at: number;
  /** Start of the first covered minute, epoch ms; null = none yet. */
  readonly firstCoveredAt: number | null;
  /** Of a calendar window: counts of the last 28 d, whose rate is what the rest of the period is taken to hold. */
  readonly lately?: Counts | null;
  /** Times that do not count, merged; `counts` and `lately` are without them already. */
  readonly excluded?: readonly ExcludedSpan[];
}

/**
 * What an SLO counts: events, or minutes for thresholds, ratios and time slices.
 * @example unitOf(definition) // "events"
 */
export function unitOf(definition: Measured): "events" | "minutes" {
  const isSliced = slicingOf(definition) !== null;
  return definition.sli.kind === "events" && !isSliced ? "events" : "minutes";
}

type Measured = Pick<SloDefinition, "budgeting"> & { readonly sli: Pick<SliDefinition, "kind"> };

/**
 * What went wrong in these counts, in events or minutes; never below 0, also after rounding.
 * @example badOf({ good: 95, total: 100, covered: 1 }) // 5
 */
export function badOf(counts: Pick<Counts, "good" | "total">): number {
  return Math.max(0, counts.total - counts.good);
}

/** So much of the past says what traffic the rest of a calendar period will have. */
export const LATELY = { label: "28d", ms: 28 * DAY } as const;

/**
 * The error budget of one SLO over its window. With less history than the window, traffic is taken
 * to go on as seen, so that the first bad minute of a new SLO does not spend its whole budget.
 * @example budgetFor({ definition, counts, at, firstCoveredAt }).remaining // -1.59
 */
export function budgetFor(input: BudgetInput): Budget {
  const { definition, counts } = input;
  const knownMs = knownTime(input);
  const basis = basisOf(input, knownMs);
  const expected = expectedTotal(input, basis);
  const budgetTotal = expected === null ? null : budgetOf(definition.objective) * expected;
  const bad = badOf(counts);
  const consumed = budgetTotal === null ? null : snap(bad / budgetTotal, 1);
  return {
    sli: hasTraffic(counts) ? Math.min(1, counts.good / counts.total) : null,
    good: counts.good,
    bad,
    total: counts.total,
    expected,
    basis,
    budgetTotal,
    consumed,
    remaining: consumed === null ? null : 1 - consumed,
    knownMs,
    historyDays: knownMs / DAY,
    coverage: coverageOf(counts.covered, knownMs),
  };
}

/** Sums of fractions leave crumbs in the difference of two rows: less than this is nothing. */
const LEAST_TOTAL = 1e-6;

/**
 * Whether anything was counted: an event, a minute, or a fraction of one above 1e-6.
 * @example hasTraffic({ total: 0 }) // false
 */
export function hasTraffic(counts: Pick<Counts, "total">): boolean {
  return counts.total > LEAST_TOTAL;
}

function knownTime({ definition, at, firstCoveredAt }: BudgetInput): number {
  return sinceKnown(firstCoveredAt, at, elapsedMs(definition.window, at));
}

function sinceKnown(firstCoveredAt: number | null, at: number, atMostMs: number): number {
  return firstCoveredAt === null ? 0 : Math.min(atMostMs, Math.max(0, at - firstCoveredAt));
}

/** Excluded time is no part of the window: neither what it held nor what it would have held. */
function basisOf(input: BudgetInput, knownMs: number): ExpectedBasis {
  const { definition, counts, at, excluded = [] } = input;
  const { from, to } = periodOf(definition.window, at);
  const countedMs = knownMs - excludedMs(excluded, at - knownMs, at);
  const wholeMs = to - from - excludedMs(excluded, from, at);
  const seen = countedMs <= 0 ? null : counts.total / countedMs;
  return { wholeMs, countedMs, ratePerMs: latelyPerMs(input) ?? seen };
}

/** Of the last 28 d, for what is left of a calendar period; null where it is not asked or not known. */
function latelyPerMs({ at, firstCoveredAt, lately, excluded = [] }: BudgetInput): number | null {
  if (!lately) return null;
  const knownMs = sinceKnown(firstCoveredAt, at, LATELY.ms);
  const countedMs = knownMs - excludedMs(excluded, at - knownMs, at);
  return countedMs <= 0 ? null : lately.total / countedMs;
}

function expectedTotal({ definition, counts }: BudgetInput, basis: ExpectedBasis): number | null {
  const { wholeMs, countedMs, ratePerMs } = basis;
  if (ratePerMs === null || countedMs <= 0) return null;
  const total = counts.total + (wholeMs - countedMs) * ratePerMs;
  if (!hasTraffic({ total })) return null;
  return unitOf(definition) === "minutes" ? wholeMs / MINUTE : total;
}

/** A window that starts between two kept rows covers a few minutes more than it is long: at most 1. */
function coverageOf(covered: number, knownMs: number): number {
  return knownMs <= 0 ? 0 : Math.min(1, Math.max(0, covered) / (knownMs / MINUTE));
}
