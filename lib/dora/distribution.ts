import { DAY, HOUR } from "#lib/time/duration.ts";

/** Durations in `[fromMs, toMs)`; the last bar has no end. */
export interface Bar {
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly n: number;
}

/** Lead times span minutes to months: each edge is a word that people use. */
const LEAD_TIME_EDGES: readonly number[] = [
  0,
  HOUR,
  4 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  4 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
];

/**
 * How durations (ms, 0 or more) distribute over the bars between ascending edges; every one is in
 * exactly one bar, one on an edge in the bar that it begins. All bars are there, empty ones too.
 * @example histogram([30 * 60_000])[0] // { fromMs: 0, toMs: 3_600_000, n: 1 }
 */
export function histogram(
  durations: readonly number[],
  edges: readonly number[] = LEAD_TIME_EDGES,
): Bar[] {
  const counts = new Array<number>(edges.length).fill(0);
  for (const ms of durations) {
    const i = edges.findLastIndex((edge) => edge <= ms);
    if (i >= 0) counts[i] = (counts[i] ?? 0) + 1;
  }
  return edges.map((fromMs, i) => ({ fromMs, toMs: edges[i + 1] ?? null, n: counts[i] ?? 0 }));
}
