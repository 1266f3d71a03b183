import type { Bin } from "#lib/charts/view.ts";
import type { BudgetPoint, BurnPoint } from "#lib/slo/series.ts";

/** Fine series, each ascending on a grid of its own; each burn series belongs to one window. */
export interface FineSeries {
  readonly points: readonly BudgetPoint[];
  readonly burns: readonly (readonly BurnPoint[])[];
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/**
 * Folds fine points into bins that end at multiples of `stepMs`, and at `to`: counts add up, of the
 * budget the last, lowest and highest point are kept and of each burn rate the highest, so that five
 * bad minutes stay visible in thirty days. Points at or before `from` belong to no bin.
 * @example binsOf(fine, { from, to, stepMs: 2 * HOUR }).length // 360 for 30 days
 */
export function binsOf(fine: FineSeries, span: Span): Bin[] {
  const points = grouped(fine.points, span);
  const burns = fine.burns.map((series) => grouped(series, span));
  return spansOf(span).map(({ from, at }, index) => ({
    from,
    at,
    ...countsOf(points[index] ?? []),
    ...budgetOf(points[index] ?? []),
    burn: burns.map((bins) => peakOf(bins[index] ?? [])),
  }));
}

/** The points of each bin, by its index. */
function grouped<P extends { readonly at: number }>(series: readonly P[], span: Span): P[][] {
  const bins: P[][] = [];
  for (const point of series) {
    const index = binIndex(point.at, span);
    if (index < 0) continue;
    bins[index] ??= [];
    bins[index].push(point);
  }
  return bins;
}

function spansOf({ from, to, stepMs }: Span): { from: number; at: number }[] {
  const spans: { from: number; at: number }[] = [];
  for (let start = from; start < to; ) {
    const at = Math.min(to, Math.floor(start / stepMs) * stepMs + stepMs);
    spans.push({ from: start, at });
    start = at;
  }
  return spans;
}

/** A point is the exclusive end of its step, so one on a bin's edge belongs to the bin before it. */
function binIndex(at: number, { from, to, stepMs }: Span): number {
  if (at <= from || at > to) return -1;
  return Math.ceil(at / stepMs) - Math.floor(from / stepMs) - 1;
}

function countsOf(
  points: readonly BudgetPoint[],
): Pick<Bin, "good" | "total" | "covered" | "sli" | "worst"> {
  let good = 0;
  let total = 0;
  let covered = 0;
  let worst: number | null = null;
  for (const point of points) {
    good += point.good;
    total += point.total;
    covered += point.covered;
    if (point.total > 0) worst = Math.min(worst ?? 1, clamp(point.good / point.total));
  }
  return { good, total, covered, sli: total > 0 ? clamp(good / total) : null, worst };
}

/** Corrections can leave a rounding error beyond either end. */
function clamp(ratio: number): number {
  return Math.min(1, Math.max(0, ratio));
}

function budgetOf(points: readonly BudgetPoint[]): Pick<Bin, "remaining" | "low" | "high"> {
  const known = points.flatMap(({ remaining }) => (remaining === null ? [] : [remaining]));
  if (known.length === 0) return { remaining: null, low: null, high: null };
  return {
    remaining: short(known.at(-1) ?? 0),
    low: short(Math.min(...known)),
    high: short(Math.max(...known)),
  };
}

function peakOf(points: readonly BurnPoint[]): number | null {
  let peak: number | null = null;
  for (const { burn } of points) if (burn !== null && burn >= (peak ?? 0)) peak = burn;
  return peak === null ? null : short(peak);
}

/** Six digits are more than a picture or a table shows, and half the bytes. */
function short(value: number): number {
  return Number(value.toPrecision(6));
}
