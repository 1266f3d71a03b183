import type { ApartSpan } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";

/** Times counted apart, in the words of the charts. */

const KIND = { maintenance: "Maintenance", experiment: "Experiment" } as const;
const MOST_TITLES = 3;

/**
 * What a time counted apart is called beside its band.
 * @example apartTitle(span) // "Maintenance: Database upgrade"
 */
export function apartTitle({ kind, title }: Pick<ApartSpan, "kind" | "title">): string {
  return `${KIND[kind]}: ${title}`;
}

/**
 * Which times counted apart touch `[from, at)` of a bin (epoch ms), and whether they are left out; empty
 * for none. What still runs touches everything from its start on.
 * @example apartText(spans, bin) // "Maintenance: Database upgrade (left out)"
 */
export function apartText(
  spans: readonly ApartSpan[],
  bin: { readonly from: number; readonly at: number },
): string {
  const on = spans.filter(({ from, to }) => from < bin.at && (to ?? bin.at) > bin.from);
  const named = on.map((span) => `${apartTitle(span)} (${span.excluded ? "left out" : "counted"})`);
  return [...new Set(named)].join("; ");
}

/**
 * What of a chart's range is counted apart, as a sentence; empty when nothing is.
 * @example apartSummary(spans, words) // "Counted apart: Maintenance: Database upgrade, from 21 Nov, 04:02 (left out)."
 */
export function apartSummary(spans: readonly ApartSpan[], words: Pick<Words, "time">): string {
  if (spans.length === 0) return "";
  const named = spans.slice(0, MOST_TITLES).map((span) => {
    const counts = span.excluded ? "left out" : "counted";
    return `${apartTitle(span)}, from ${words.time(span.from)} (${counts})`;
  });
  const rest = spans.length - named.length;
  return `Counted apart: ${named.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}.`;
}

/**
 * Those that touch `[from, to)` (epoch ms), in order; at most 100, the newest.
 * @example apartIn(spans, { from, to }).length // 2
 */
export function apartIn(
  spans: readonly ApartSpan[],
  { from, to }: { readonly from: number; readonly to: number },
): ApartSpan[] {
  return spans
    .filter((span) => span.from < to && (span.to ?? to) > from)
    .toSorted((a, b) => a.from - b.from)
    .slice(-MOST_BANDS)
    .map(({ id, kind, title, from, to, excluded }) => ({ id, kind, title, from, to, excluded }));
}

const MOST_BANDS = 100;
