import type { Gap } from "#lib/charts/view.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Shorter holes are within what the numbers tolerate. */
const SHORTEST_MS = 5 * MINUTE;

/**
 * The stretches of `[from, to)` (epoch ms) in which no minute was covered, each 5 min or more, from
 * rows ascending by `at`. Minutes before the first row are no gap: nothing was asked yet.
 * @example gapsOf(rows, { from, to }) // [{ from: 1_782_900_000_000, to: 1_782_904_200_000 }]
 */
export function gapsOf(rows: readonly TotalsRow[], { from, to }: Gap): Gap[] {
  const gaps: Gap[] = [];
  for (const [i, row] of rows.entries()) {
    const next = rows[i + 1];
    const start = Math.max(from, row.at);
    const end = Math.min(to, next ? next.at - coveredMs(row, next) : to);
    if (end - start >= SHORTEST_MS) addTo(gaps, { from: start, to: end });
  }
  return gaps;
}

/** Of the minutes between two rows those with an answer are taken to be the newest. */
function coveredMs(row: TotalsRow, next: TotalsRow): number {
  return (next.covered - row.covered) * MINUTE;
}

function addTo(gaps: Gap[], gap: Gap): void {
  const last = gaps.at(-1);
  if (last && gap.from <= last.to) gaps[gaps.length - 1] = { from: last.from, to: gap.to };
  else gaps.push(gap);
}
