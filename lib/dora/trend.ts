import { monthSpan, monthsThrough } from "#lib/dora/calendar.ts";
import type { Delivery } from "#lib/dora/delivery.ts";
import { type Metrics, metricsOf } from "#lib/dora/report.ts";
import type { ReportScope } from "#lib/dora/scope.ts";
import { select } from "#lib/dora/selection.ts";

/** One month of a trend. `complete` is false while it lasts: drawn apart, compared with nothing. */
export interface TrendMonth {
  readonly month: string;
  readonly from: number;
  readonly to: number;
  readonly complete: boolean;
  readonly metrics: Metrics;
}

export interface TrendInput extends Omit<ReportScope, "from" | "to"> {
  /** The last month, as "2026-03". */
  readonly month: string;
  readonly months: number;
  /** Null = all. */
  readonly services: ReadonlySet<string> | null;
}

/**
 * The metrics of each of the months that end with the given one, oldest first: the line behind a
 * number, and the month before beside it. Empty when it is not a month.
 * @example trend(delivery, { ...scope, month: "2026-03", months: 6, services: null }).length // 6
 */
export function trend(delivery: Delivery, input: TrendInput): TrendMonth[] {
  const { zone, now, knowledge, services } = input;
  return monthsThrough(input.month, input.months).flatMap((month) => {
    const span = monthSpan(month, zone);
    if (!span) return [];
    const metrics = metricsOf(select(delivery, { ...span, zone, now, knowledge }, services));
    return [{ month, ...span, complete: span.to <= now, metrics }];
  });
}
