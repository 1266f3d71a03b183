import { monthAt, monthSpan, monthsThrough, type Span } from "#lib/dora/calendar.ts";
import { dayNumber, dayOf, startOfDay } from "#lib/time/zone.ts";

/** A range as people name it. Days are of the report's zone, both ends included. */
export type Period =
  | { readonly kind: "last"; readonly days: number }
  | { readonly kind: "month"; readonly month: string }
  | { readonly kind: "days"; readonly from: string; readonly to: string };

interface PeriodAt {
  readonly period: Period;
  readonly zone: string;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * The range of a period in its zone, whole local days; null when it is no month or no days, or ends
 * before it begins. The last 30 days end with today.
 * @example periodSpan({ period: { kind: "month", month: "2026-03" }, zone: "UTC", now })
 */
export function periodSpan({ period, zone, now }: PeriodAt): Span | null {
  if (period.kind === "month") return monthSpan(period.month, zone);
  const [first, last] =
    period.kind === "last"
      ? [dayOf(now, zone) - period.days + 1, dayOf(now, zone)]
      : [parseDay(period.from), parseDay(period.to)];
  if (first === null || last === null || last < first) return null;
  return { from: startOfDay(first, zone), to: startOfDay(last + 1, zone) };
}

/**
 * The period of the same kind that ends where this one begins: the month before, or as many days.
 * @example periodBefore({ period: { kind: "month", month: "2026-03" }, zone: "UTC", now })
 */
export function periodBefore(at: PeriodAt): Period {
  const { period, zone } = at;
  if (period.kind === "month") {
    return { kind: "month", month: monthsThrough(period.month, 2)[0] ?? period.month };
  }
  const span = periodSpan(at);
  if (!span) return period;
  const first = dayOf(span.from, zone);
  const length = dayOf(span.to - 1, zone) - first + 1;
  return { kind: "days", from: dayText(first - length), to: dayText(first - 1) };
}

/**
 * The month in which a trend of a period ends: the period's own, or that of its last moment.
 * @example lastMonth({ period: { kind: "last", days: 30 }, zone: "UTC", now }) // "2026-11"
 */
export function lastMonth(at: PeriodAt): string {
  if (at.period.kind === "month") return at.period.month;
  const span = periodSpan(at);
  return monthAt(span ? Math.min(span.to - 1, at.now) : at.now, at.zone);
}

/** Its number; null for what is not a day of the calendar. */
function parseDay(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return null;
  const day = dayNumber(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  return dayText(day) === text ? day : null;
}

/** "2026-03-14" for a day by its number. */
function dayText(day: number): string {
  return new Date(startOfDay(day, "UTC")).toISOString().slice(0, 10);
}
