import { binsOf } from "#lib/charts/bins.ts";
import { binStep } from "#lib/charts/range.ts";
import { keptStep } from "#lib/slo/resolution.ts";
import type { BudgetPoint } from "#lib/slo/series.ts";
import { HOUR } from "#lib/time/duration.ts";

const MOST_POINTS = 240;

/** Which bins a line is drawn with. Epoch ms. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/**
 * The bins that two lines over the same history share: at most 241, and no finer than what is kept.
 * @example lineSpan({ from, to, now }).stepMs // 10_800_000 for 30 days
 */
export function lineSpan(of: {
  readonly from: number;
  readonly to: number;
  readonly now: number;
}): LineSpan {
  const { from, to, now } = of;
  const kept = keptStep(now - from) ?? HOUR;
  return { from, to, stepMs: Math.max(kept, binStep(to - from, MOST_POINTS)) };
}

/**
 * The ends of the bins (epoch ms, ascending).
 * @example lineEnds(span).at(-1) // span.to
 */
export function lineEnds(span: LineSpan): number[] {
  return binsOf({ points: [], burns: [] }, span).map(({ at }) => at);
}

/**
 * Share of the budget consumed at the end of each bin, null where it was not known.
 * @example consumedLine(points, span).at(-1) // 0.42
 */
export function consumedLine(points: readonly BudgetPoint[], span: LineSpan): (number | null)[] {
  return binsOf({ points, burns: [] }, span).map(({ remaining }) =>
    remaining === null ? null : consumed(remaining),
  );
}

/** As short as the bins have it. */
function consumed(remaining: number): number {
  return Number((1 - remaining).toPrecision(6));
}
