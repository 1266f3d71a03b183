import type { Bin, ChartView } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";

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
