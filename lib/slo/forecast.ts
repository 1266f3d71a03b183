import { badOf } from "#lib/slo/budget.ts";
import { exceeds, reaches } from "#lib/slo/compare.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { latestIndex } from "#lib/slo/windows.ts";
import { ceilMinute } from "#lib/time/duration.ts";

/**
 * What a forecast starts from. Traffic is taken to repeat, so the budget stays what it is and only
 * bad events roll off: a search over the stored rows of the present window.
 */
export interface ForecastInput {
  /** Exclusive end of the window, epoch ms. */
  readonly at: number;
  /** How long the window is at `at`. */
  readonly windowMs: number;
  /** When a calendar period ends and its budget begins anew, epoch ms; absent: a rolling window. */
  readonly resetsAt?: number;
  /** Bad events in the window. */
  readonly bad: number;
  /** Bad events that spend the whole budget. */
  readonly budgetTotal: number;
  /** Bad events per ms, from the last 6 h or a firing tier's window; null = not known. */
  readonly pace: number | null;
  /** Share of the budget below which the blocking policy state is left; null = nothing blocks. */
  readonly liftsBelow: number | null;
}

/** Epoch ms, whole minutes; null = does not happen within one window, or is not so now. */
export interface Forecast {
  readonly exhaustsAt: number | null;
  readonly recoversAt: number | null;
  readonly liftsAt: number | null;
}

export const NO_FORECAST: Forecast = { exhaustsAt: null, recoversAt: null, liftsAt: null };

/**
 * Whether the answers depend on when old bad events roll off. False for most SLOs: what is spent
 * already and a whole window at the present pace together stay under the budget.
 * @example rowsMatter(input) // false
 */
export function rowsMatter(input: ForecastInput): boolean {
  if (input.resetsAt !== undefined) return false;
  const { bad, budgetTotal, pace, windowMs, liftsBelow } = input;
  if (liftsBelow !== null || reaches(bad / budgetTotal, 1)) return true;
  return pace !== null && pace > 0 && reaches((bad + pace * windowMs) / budgetTotal, 1);
}

/**
 * When the budget is exhausted at the present pace, and when it recovers and the block lifts if
 * nothing fails from now on. `rows` ascend by `at` and hold the window; where they are thinned, old
 * bad events roll off at the later row, as they do when the window is read.
 * @example forecast(input, rows).recoversAt // 1_767_225_600_000
 */
export function forecast(input: ForecastInput, rows: readonly TotalsRow[]): Forecast {
  if (input.resetsAt !== undefined) return forecastOfPeriod(input, input.resetsAt);
  if (!rowsMatter(input)) return NO_FORECAST;
  const steps = rollOff(input, rows);
  const spent = reaches(input.bad / input.budgetTotal, 1);
  return {
    exhaustsAt: spent ? null : exhaustion(input, steps),
    recoversAt: spent ? firstBelow(input, steps, 1) : null,
    liftsAt: input.liftsBelow === null ? null : firstBelow(input, steps, input.liftsBelow),
  };
}

/** In a calendar period nothing rolls off: it is spent until the period ends, and then whole again. */
function forecastOfPeriod(input: ForecastInput, resetsAt: number): Forecast {
  const { at, bad, budgetTotal, pace, liftsBelow } = input;
  const spent = reaches(bad / budgetTotal, 1);
  const left = pace === null || pace <= 0 ? Number.POSITIVE_INFINITY : (budgetTotal - bad) / pace;
  const crossing = ceilMinute(Math.round(Math.min(resetsAt, at + left)));
  return {
    exhaustsAt: !spent && crossing < resetsAt ? crossing : null,
    recoversAt: spent ? resetsAt : null,
    liftsAt: liftsBelow === null ? null : resetsAt,
  };
}

/** From `at` on, `rolled` of the window's bad events are outside it. */
interface Step {
  readonly at: number;
  readonly rolled: number;
}

function rollOff({ at, windowMs, bad }: ForecastInput, rows: readonly TotalsRow[]): Step[] {
  const start = at - windowMs;
  const first = Math.max(0, latestIndex(rows, start));
  const base = rows[first];
  const steps: Step[] = [{ at, rolled: 0 }];
  for (let i = first + 1; i < rows.length; i++) {
    const row = rows[i];
    if (!base || !row || row.at >= at) break;
    const rolled = badOf({ good: row.good - base.good, total: row.total - base.total });
    if (row.at > start && rolled > (steps.at(-1)?.rolled ?? 0)) {
      steps.push({ at: row.at + windowMs, rolled });
    }
  }
  // A whole window from now, nothing of today's is left in it.
  steps.push({ at: at + windowMs, rolled: bad });
  return steps;
}

function firstBelow(input: ForecastInput, steps: readonly Step[], share: number): number | null {
  const { bad, budgetTotal } = input;
  const step = steps.find(({ rolled }) => exceeds(share, (bad - rolled) / budgetTotal));
  return step?.at ?? null;
}

/** Between two steps the spend only grows, so it reaches the budget at the crossing of a line. */
function exhaustion(input: ForecastInput, steps: readonly Step[]): number | null {
  const { at, bad, budgetTotal, pace } = input;
  if (pace === null || pace <= 0) return null;
  for (const [i, step] of steps.entries()) {
    const crossing = ceilMinute(Math.round(at + (budgetTotal - bad + step.rolled) / pace));
    const last = (steps[i + 1]?.at ?? step.at + 1) - 1;
    if (crossing <= last) return crossing;
  }
  return null;
}
