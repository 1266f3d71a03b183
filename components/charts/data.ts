import type { Bin, ChartView } from "#lib/charts/view.ts";

/** One point of the shared time axis: a bin, or a moment to come. `x` is its exclusive end. */
export interface Datum {
  readonly x: number;
  readonly bin: Bin | null;
  readonly remaining: number | null;
  /** Lowest and highest budget inside the bin. */
  readonly band: readonly [number, number] | null;
  readonly clean: number | null;
  readonly pace: number | null;
}

/** Every point that the charts share, oldest first; what is to come follows the newest bin. */
export function dataOf(view: Pick<ChartView, "bins" | "projection">): Datum[] {
  const past = view.bins.map((bin) => pastDatum(bin));
  const last = past.at(-1);
  if (last && view.projection.length > 0 && last.remaining !== null) {
    past[past.length - 1] = {
      ...last,
      clean: last.remaining,
      pace: paceStart(view, last.remaining),
    };
  }
  return [...past, ...view.projection.slice(1).map(futureDatum)];
}

function pastDatum(bin: Bin): Datum {
  const { at, remaining, low, high } = bin;
  const band = low === null || high === null ? null : ([low, high] as const);
  return { x: at, bin, remaining, band, clean: null, pace: null };
}

function futureDatum({ at, clean, pace }: ChartView["projection"][number]): Datum {
  return { x: at, bin: null, remaining: null, band: null, clean, pace };
}

function paceStart(view: Pick<ChartView, "projection">, remaining: number): number | null {
  return view.projection[0]?.pace === null ? null : remaining;
}

/** Both ends of the time axis: the range, and what is projected beyond it. */
export function timeDomain(view: Pick<ChartView, "from" | "to" | "projection">): [number, number] {
  return [view.from, Math.max(view.to, view.projection.at(-1)?.at ?? view.to)];
}
