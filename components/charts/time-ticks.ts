import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

const STEPS = [
  ...[5, 10, 15, 30].map((m) => m * MINUTE),
  ...[1, 2, 3, 6, 12].map((h) => h * HOUR),
  ...[1, 2, 3, 5, 7, 14, 30, 60].map((d) => d * DAY),
];

export interface TimeTicks {
  readonly at: readonly number[];
  /** Days are labelled by date, anything finer by time of day. */
  readonly daily: boolean;
}

/**
 * At most `most` even times between two (epoch ms) in the browser's own zone: midnights where the
 * range has several days, whole hours or minutes else.
 */
export function timeTicks(from: number, to: number, most: number): TimeTicks {
  const step = STEPS.find((s) => (to - from) / s <= most) ?? 90 * DAY;
  const daily = step >= DAY;
  const at: number[] = [];
  for (let tick = dayStart(from); tick <= to; tick = after(tick, step)) {
    if (tick >= from) at.push(tick);
  }
  return { at, daily };
}

/** Local midnight at or before a time. */
function dayStart(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** Days are counted by the calendar, so that a change of clocks does not move the ticks off midnight. */
function after(tick: number, step: number): number {
  if (step < DAY) return tick + step;
  const date = new Date(tick);
  return date.setDate(date.getDate() + step / DAY);
}
