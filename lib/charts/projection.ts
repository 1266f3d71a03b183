import type { Projected } from "#lib/charts/view.ts";
import { badOf } from "#lib/slo/budget.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { latestAtOrBefore, latestIndex } from "#lib/slo/windows.ts";
import { floorMinute } from "#lib/time/duration.ts";

export interface ProjectionInput {
  /** Where the present ends, epoch ms. */
  readonly at: number;
  readonly windowMs: number;
  /** When a calendar period ends and its budget is whole again, epoch ms; absent: a rolling window. */
  readonly resetsAt?: number;
  /** Bad events that spend the whole budget. */
  readonly budgetTotal: number;
  /** Bad events per ms, from the last six hours; null = not known. */
  readonly pace: number | null;
}

const POINTS = 24;

/**
 * The remaining budget over the next `aheadMs`, if nothing fails and at the present pace. Traffic is
 * taken to repeat, so the budget stays what it is and old bad events roll off. `rows` ascend and hold
 * the window. Empty when there is no budget to speak of.
 * @example project({ at, windowMs, budgetTotal: 5000, pace: null }, rows, 3 * DAY).at(-1)?.clean // 0.4
 */
export function project(
  input: ProjectionInput,
  rows: readonly TotalsRow[],
  aheadMs: number,
): Projected[] {
  const { at, budgetTotal, pace } = input;
  const newest = latestAtOrBefore(rows, at);
  if (!newest || budgetTotal <= 0 || aheadMs <= 0) return [];
  return Array.from({ length: POINTS + 1 }, (_, i) => {
    const then = floorMinute(at + (i * aheadMs) / POINTS);
    const { start, spendingMs } = windowThen(input, then);
    const kept = badSince(rows, start, newest);
    return {
      at: then,
      clean: 1 - kept / budgetTotal,
      pace: pace === null ? null : 1 - (kept + pace * spendingMs) / budgetTotal,
    };
  });
}

/** Where the window of a future time begins, and for how much of it (ms) the pace has gone on. */
function windowThen({ at, windowMs, resetsAt }: ProjectionInput, then: number) {
  if (resetsAt === undefined) {
    return { start: then - windowMs, spendingMs: Math.min(then - at, windowMs) };
  }
  return then <= resetsAt
    ? { start: at - windowMs, spendingMs: then - at }
    : { start: resetsAt, spendingMs: then - resetsAt };
}

/** Bad events of today's that are still inside a window that starts at `start`. */
function badSince(rows: readonly TotalsRow[], start: number, newest: TotalsRow): number {
  const base = rows[Math.max(0, latestIndex(rows, start))];
  if (!base || base.at >= newest.at) return 0;
  return badOf({ good: newest.good - base.good, total: newest.total - base.total });
}

/**
 * How far ahead (ms) to draw: a sixth of the range, or up to a third of it where that shows when the
 * budget runs out, recovers or a block lifts. `events` are those times (epoch ms), null = none.
 * @example aheadOf(30 * DAY, at, [at + 8 * DAY]) // a little more than 8 days
 */
export function aheadOf(rangeMs: number, at: number, events: readonly (number | null)[]): number {
  const usual = rangeMs / 6;
  const most = rangeMs / 3;
  const wanted = events.flatMap((t) => (t === null || t <= at ? [] : [(t - at) * 1.08]));
  const shown = wanted.filter((ms) => ms <= most);
  return Math.max(usual, ...shown);
}
