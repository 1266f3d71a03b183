import type { Bar } from "#lib/dora/distribution.ts";
import { count, percent, span } from "#lib/format/numbers.ts";
import { DAY } from "#lib/time/duration.ts";

/** "under 1 h", "1 d to 2 d", "over 90 d". */
export function barName({ fromMs, toMs }: Bar): string {
  if (toMs === null) return `over ${span(fromMs)}`;
  return fromMs === 0 ? `under ${span(toMs)}` : `${span(fromMs)}–${span(toMs)}`;
}

/** What the chart shows, in a sentence: where most lie, and how long the tail is. */
export function distributionWords(bars: readonly Bar[]): string {
  const n = bars.reduce((sum, bar) => sum + bar.n, 0);
  const fullest = bars.reduce<Bar | null>(
    (most, bar) => (bar.n > (most?.n ?? 0) ? bar : most),
    null,
  );
  if (!fullest) return "No change has a lead time here.";
  const within = bars.filter(({ toMs }) => toMs !== null && toMs <= 7 * DAY);
  const inWeek = within.reduce((sum, bar) => sum + bar.n, 0);
  const most = `Of ${count(n)} ${n === 1 ? "change" : "changes"}, ${count(fullest.n)} took ${barName(fullest)}`;
  return `${most}; ${percent(inWeek / n)} were in production within a week.`;
}
