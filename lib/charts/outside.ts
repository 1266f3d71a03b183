import type { OutsideSpan } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";

/**
 * Which alerts of rules outside were on in `[from, at)` of a bin (epoch ms), as a line of text; empty
 * for none.
 * @example outsideText(spans, bin) // "ErrorBudgetBurn (page)"
 */
export function outsideText(
  spans: readonly OutsideSpan[],
  bin: { readonly from: number; readonly at: number },
): string {
  const on = spans.filter((span) => span.startsAt < bin.at && (span.endsAt ?? bin.at) >= bin.from);
  const named = on.map(({ name, tier, severity }) => {
    const kind = tier ?? severity;
    return kind === null ? name : `${name} (${kind})`;
  });
  return [...new Set(named)].join("; ");
}

/**
 * How often rules outside fired in a chart's range, as a sentence; empty when they did not.
 * @example outsideSummary(spans, words) // "Rules outside fired once, from 21 Nov, 04:02."
 */
export function outsideSummary(spans: readonly OutsideSpan[], words: Pick<Words, "time">): string {
  const [first] = spans;
  if (!first) return "";
  const still = spans.some(({ endsAt }) => endsAt === null) ? ", and still fires" : "";
  if (spans.length === 1)
    return `A rule outside fired once, from ${words.time(first.startsAt)}${still}.`;
  return `Rules outside fired ${spans.length} times, first ${words.time(first.startsAt)}${still.replace("fires", "fire")}.`;
}
