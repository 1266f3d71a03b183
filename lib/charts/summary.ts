import { densest } from "#lib/charts/densest.ts";
import type { Bin, ChartView } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";

/** One sentence or two for each chart: what a reader should take from it, in figures. */

const NOTHING = "No data in this range.";

/**
 * The highest burn of one tier's long window, and how often and for how long the tier fired.
 * @example burnSummary(view, "page-fast", words) // "Over 1h the burn rate peaked at 41× …"
 */
export function burnSummary(view: ChartView, tierName: string, words: Words): string {
  const tier = view.tiers.find((t) => t.tier === tierName);
  const index = view.burnWindows.indexOf(tier?.long ?? "");
  const peak = highest(view.bins, (bin) => bin.burn[index] ?? null);
  if (!tier || !peak) return NOTHING;
  const start = `Over ${tier.long} the burn rate peaked at ${words.times(peak.value)}`;
  const when = peak.value > 0 ? ` around ${words.time(peak.bin.at)}` : "";
  return `${start}${when}. ${firedSentence(view, tier, words)}`;
}

function firedSentence(view: ChartView, tier: ChartView["tiers"][number], words: Words): string {
  const above = `${tier.tier} (above ${words.times(tier.factor)} over ${tier.long} and ${tier.short})`;
  if (!tier.reachable) return `${above} can never fire: a full outage burns more slowly.`;
  const fired = view.alerts.filter((alert) => alert.tier === tier.tier);
  if (fired.length === 0) return `${above} did not fire.`;
  const ms = fired.reduce((sum, a) => sum + overlap(a.startedAt, a.endedAt ?? view.to, view), 0);
  const often = fired.length === 1 ? "once" : `${fired.length} times`;
  const still = fired.some((a) => a.endedAt === null) ? " and is firing" : "";
  return `${above} fired ${often}, ${words.span(ms)} in all${still}.`;
}

function overlap(from: number, to: number, view: { from: number; to: number }): number {
  return Math.max(0, Math.min(to, view.to) - Math.max(from, view.from));
}

/**
 * The SLI of the whole range against the objective, and how many bins missed it.
 * @example sliSummary(view, words) // "99.874 % over the range, objective 99.9 %; …"
 */
export function sliSummary(view: ChartView, words: Words): string {
  const good = sum(view.bins, (bin) => bin.good);
  const total = sum(view.bins, (bin) => bin.total);
  if (total <= 0) return NOTHING;
  const measured = view.bins.filter((bin) => bin.sli !== null);
  const missed = measured.filter((bin) => (bin.sli ?? 1) < view.objective);
  const whole = `${words.precise(good / total)} over the range, objective ${words.precise(view.objective)}`;
  const worst = highest(view.bins, (bin) => (bin.worst === null ? null : 1 - bin.worst));
  if (missed.length === 0 || !worst)
    return `${whole}; no interval of ${words.span(view.stepMs)} missed it.`;
  return `${whole}; ${missed.length} of ${measured.length} intervals of ${words.span(view.stepMs)} missed it, the worst moment ${words.precise(1 - worst.value)} around ${words.time(worst.bin.at)}.`;
}

/**
 * How much failed of how much, and when most of it did.
 * @example eventsSummary(view, words) // "16,080 of 12,345,678 events failed; …"
 */
export function eventsSummary(view: ChartView, words: Words): string {
  const total = sum(view.bins, (bin) => bin.total);
  const bad = Math.max(0, total - sum(view.bins, (bin) => bin.good));
  if (total <= 0) return NOTHING;
  const whole = `${words.count(bad)} of ${words.count(total)} ${view.unit} were bad`;
  if (bad === 0) return `${whole}.`;
  const peak = highest(view.bins, (bin) => bin.total - bin.good);
  if (peak && peak.value >= bad / 20)
    return `${whole}; most at once, ${words.count(peak.value)}, between ${words.time(peak.bin.from)} and ${words.time(peak.bin.at)}.`;
  const dense = densest(view.bins, bad * MOST);
  if (!dense || dense.at - dense.from > (view.to - view.from) / 2)
    return `${whole}, spread over the range.`;
  const since = words.time(dense.from);
  return dense.at === view.bins.at(-1)?.at
    ? `${whole}; nearly all since ${since}.`
    : `${whole}; nearly all between ${since} and ${words.time(dense.at)}.`;
}

/** What is "nearly all" of what failed. */
const MOST = 0.95;

function sum(bins: readonly Bin[], value: (bin: Bin) => number): number {
  return bins.reduce((all, bin) => all + value(bin), 0);
}

function highest(
  bins: readonly Bin[],
  value: (bin: Bin) => number | null,
): { bin: Bin; value: number } | null {
  let best: { bin: Bin; value: number } | null = null;
  for (const bin of bins) {
    const seen = value(bin);
    if (seen !== null && seen > (best?.value ?? Number.NEGATIVE_INFINITY))
      best = { bin, value: seen };
  }
  return best;
}
