import type { Bin } from "#lib/charts/view.ts";

/**
 * The shortest time `[from, at)` (epoch ms) of whole bins in which at least `wanted` events failed, the
 * latest of several; null where fewer failed in all of them.
 * @example densest(bins, 90) // { from: 1_760_000_000_000, at: 1_760_000_240_000 }
 */
export function densest(
  bins: readonly Bin[],
  wanted: number,
): { readonly from: number; readonly at: number } | null {
  let best: { from: number; at: number } | null = null;
  let start = 0;
  let failed = 0;
  for (const { at, ...bin } of bins) {
    failed += bin.total - bin.good;
    let first = bins[start];
    while (first && first.at <= at && failed >= wanted) {
      if (!best || at - first.from <= best.at - best.from) best = { from: first.from, at };
      failed -= first.total - first.good;
      start += 1;
      first = bins[start];
    }
  }
  return best;
}
