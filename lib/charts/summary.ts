import type { Bin, ChartView } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";

/** One sentence or two for each chart: what a reader should take from it, in figures. */

const NOTHING = "No data in this range.";
/** A change this small (share of budget) reads as none. */
const LEVEL = 0.03;
const STEEP = 0.1;

/**
 * What happened to the budget: its steepest fall, or from where to where it went.
 * @example budgetSummary(view, words) // "The budget fell from 79 % to −12 % between … and …, and has been level since."
 */
export function budgetSummary(view: Pick<ChartView, "bins" | "gaps">, words: Words): string {
  const known = view.bins.flatMap((bin) =>
    bin.remaining === null ? [] : [{ ...bin, remaining: bin.remaining }],
  );
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last) return NOTHING;
  const sentence = fallSentence(known, words) ?? driftSentence(known, words);
  return `${sentence}${gapSentence(view.gaps, words)}`;
}

type KnownBin = Bin & { readonly remaining: number };

interface Fall {
  readonly before: KnownBin;
  readonly after: KnownBin;
  readonly drop: number;
}

function fallSentence(known: readonly KnownBin[], words: Words): string | null {
  const fall = steepestFall(known);
  const last = known.at(-1);
  if (!fall || !last || fall.drop < STEEP) return null;
  const { before, after } = fall;
  const what = `The budget fell from ${words.share(before.remaining)} to ${words.share(after.remaining)} between ${words.time(before.at)} and ${words.time(after.at)}`;
  return `${what}, ${sinceThen(after.remaining, last.remaining, words)}.`;
}

function sinceThen(then: number, now: number, words: Words): string {
  if (now - then > LEVEL) return `and has come back to ${words.share(now)}`;
  if (then - now > LEVEL) return `and has gone on to ${words.share(now)}`;
  return "and has been level since";
}

/** The largest fall within a twentieth of the range, then widened for as long as it keeps falling. */
function steepestFall(known: readonly KnownBin[]): Fall | null {
  const reach = Math.max(1, Math.floor(known.length / 20));
  let best: { from: number; to: number; drop: number } | null = null;
  for (const [to, after] of known.entries()) {
    const from = Math.max(0, to - reach);
    const drop = (known[from]?.remaining ?? after.remaining) - after.remaining;
    if (drop > (best?.drop ?? 0)) best = { from, to, drop };
  }
  return best ? trimmed(known, best.from, best.to) : null;
}

/** Level ends do not belong to a fall. */
function trimmed(known: readonly KnownBin[], from: number, to: number): Fall | null {
  const at = (i: number) => known[i]?.remaining ?? 0;
  const small = (at(from) - at(to)) * 0.03;
  let start = from;
  let stop = to;
  while (start + 1 < stop && at(from) - at(start + 1) <= small) start++;
  while (stop - 1 > start && at(stop - 1) - at(to) <= small) stop--;
  const before = known[start];
  const after = known[stop];
  return before && after ? { before, after, drop: before.remaining - after.remaining } : null;
}

function driftSentence(known: readonly KnownBin[], words: Words): string {
  const first = known[0]?.remaining ?? 0;
  const last = known.at(-1)?.remaining ?? 0;
  const low = Math.min(...known.map((bin) => bin.low ?? bin.remaining));
  const high = Math.max(...known.map((bin) => bin.high ?? bin.remaining));
  if (high - low <= LEVEL) return `The budget stayed at about ${words.share(last)}.`;
  const lowest = low < Math.min(first, last) - LEVEL ? `, ${words.share(low)} at the lowest` : "";
  return `The budget went from ${words.share(first)} to ${words.share(last)}${lowest}.`;
}

function gapSentence(gaps: ChartView["gaps"], words: Words): string {
  const missing = gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  if (missing === 0) return "";
  const where =
    gaps.length === 1 ? `from ${words.time(gaps[0]?.from ?? 0)} on` : `in ${gaps.length} gaps`;
  return ` There is no data for ${words.span(missing)}, ${where}.`;
}

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
  const peak = highest(view.bins, (bin) => bin.total - bin.good);
  if (!peak || peak.value < bad / 20) return `${whole}, spread over the range.`;
  return `${whole}; most at once, ${words.count(peak.value)}, between ${words.time(peak.bin.from)} and ${words.time(peak.bin.at)}.`;
}

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
