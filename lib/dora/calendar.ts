import { dayNumber, dayOf, monthOfDay, startOfDay } from "#lib/time/zone.ts";

/** `[from, to)` in epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/**
 * A calendar month ("2026-03") of a zone, daylight saving included; null when it is not a month.
 * @example monthSpan("2026-03", "Europe/Berlin") // 743 hours, for clocks go forward
 */
export function monthSpan(month: string, zone: string): Span | null {
  const parts = MONTH.exec(month);
  return parts ? spanOfMonth(Number(parts[1]), Number(parts[2]), zone) : null;
}

function spanOfMonth(year: number, month: number, zone: string): Span {
  return {
    from: startOfDay(dayNumber(year, month, 1), zone),
    to: startOfDay(dayNumber(year, month + 1, 1), zone),
  };
}

/**
 * The month that holds `at` (epoch ms) in a zone, as "2026-03".
 * @example monthAt(Date.UTC(2026, 2, 31, 23), "Europe/Berlin") // "2026-04"
 */
export function monthAt(at: number, zone: string): string {
  const { year, month } = monthOfDay(dayOf(at, zone));
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
}

/**
 * The `count` months that end with `month`, oldest first; empty when it is not a month.
 * @example monthsThrough("2026-01", 3) // ["2025-11", "2025-12", "2026-01"]
 */
export function monthsThrough(month: string, count: number): string[] {
  const parts = MONTH.exec(month);
  if (!parts) return [];
  const last = Number(parts[1]) * 12 + Number(parts[2]) - 1;
  return Array.from({ length: count }, (_, i) => last - count + 1 + i).map(
    (n) =>
      `${String(Math.floor(n / 12)).padStart(4, "0")}-${String((n % 12) + 1).padStart(2, "0")}`,
  );
}

/** A week or month that a range touches. */
export interface Period extends Span {
  /** Whether all of it lies in the range: partial ones are drawn, and never averaged in. */
  readonly complete: boolean;
}

/**
 * The ISO weeks (Monday to Monday) of a zone that a range touches, whole, in order; empty for an
 * empty range.
 * @example isoWeeks({ from, to }, "UTC").filter(({ complete }) => complete).length // 4
 */
export function isoWeeks(range: Span, zone: string): Period[] {
  // Day 0 was a Thursday.
  const monday = (day: number) => Math.floor((day + 3) / 7) * 7 - 3;
  return periods(range, zone, monday, (start) => start + 7);
}

/**
 * The calendar months of a zone that a range touches, whole, in order; empty for an empty range.
 * @example calendarMonths({ from, to }, "UTC")[0]?.complete // true
 */
export function calendarMonths(range: Span, zone: string): Period[] {
  const first = (day: number, later: number) => {
    const { year, month } = monthOfDay(day);
    return dayNumber(year, month + later, 1);
  };
  return periods(
    range,
    zone,
    (day) => first(day, 0),
    (start) => first(start, 1),
  );
}

function periods(
  range: Span,
  zone: string,
  startDay: (day: number) => number,
  next: (start: number) => number,
): Period[] {
  const found: Period[] = [];
  if (range.to <= range.from) return found;
  let day = startDay(dayOf(range.from, zone));
  let from = startOfDay(day, zone);
  while (from < range.to) {
    day = next(day);
    const to = startOfDay(day, zone);
    found.push({ from, to, complete: from >= range.from && to <= range.to });
    from = to;
  }
  return found;
}

/**
 * Starts (epoch ms) of the local days that a range touches, and of the one after: day `i` is
 * `[starts[i], starts[i + 1])`.
 * @example dayStarts({ from: 0, to: 1 }, "UTC") // [0, 86_400_000]
 */
export function dayStarts(range: Span, zone: string): number[] {
  const first = dayOf(range.from, zone);
  const starts = [startOfDay(first, zone)];
  for (let day = first + 1; (starts.at(-1) ?? 0) < range.to; day++) {
    starts.push(startOfDay(day, zone));
  }
  return starts;
}

/**
 * How many days a range holds in its zone: a day of 23 or 25 hours is one, a part of a day is its
 * share; 0 for an empty range.
 * @example elapsedDays(monthSpan("2026-03", "Europe/Berlin"), "Europe/Berlin") // 31
 */
export function elapsedDays(range: Span, zone: string): number {
  if (range.to <= range.from) return 0;
  const starts = dayStarts(range, zone);
  let days = 0;
  starts.slice(0, -1).forEach((start, i) => {
    const end = starts[i + 1] ?? start;
    const held = Math.min(end, range.to) - Math.max(start, range.from);
    if (end > start) days += held / (end - start);
  });
  return days;
}
