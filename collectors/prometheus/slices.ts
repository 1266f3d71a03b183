import { keptStep, RESOLUTIONS } from "#lib/slo/resolution.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** A piece of time at one resolution; epoch ms, `[from, to)`, aligned to `stepMs`. */
export interface Slice {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number;
}

/** Steps per slice: a day of minutes, five days of five minutes. Keeps a run short and progress visible. */
const SLICE_STEPS = 1440;

/**
 * Cuts `[from, to)` (whole minutes) into ascending slices at the resolution at which each part is
 * kept. Ends that do not fall on a coarse step are fetched by the minute, so nothing is asked twice.
 */
export function sliceSpan(from: number, to: number, now: number): Slice[] {
  const slices: Slice[] = [];
  for (let at = from; at < to; ) {
    const slice = nextSlice(at, to, now);
    slices.push(slice);
    at = slice.to;
  }
  return slices;
}

function nextSlice(from: number, to: number, now: number): Slice {
  const step = keptStep(now - from) ?? 60 * MINUTE;
  const boundary = (Math.floor(from / step) + 1) * step;
  const aligned = from % step === 0 && boundary <= to;
  if (step === MINUTE || !aligned) {
    const end = step === MINUTE ? to : Math.min(to, boundary);
    return { from, to: Math.min(end, from + SLICE_STEPS * MINUTE), stepMs: MINUTE };
  }
  return { from, to: endOfCoarse(from, to, step, now), stepMs: step };
}

/** The last multiple of the step within reach; at most the first one that is kept more finely. */
function endOfCoarse(from: number, to: number, step: number, now: number): number {
  const finer = RESOLUTIONS.findLast(({ stepMs }) => stepMs < step)?.maxAgeMs ?? 0;
  const boundary = Math.ceil((now - finer) / step) * step;
  const reach = Math.min(to, from + SLICE_STEPS * step, boundary);
  return Math.max(from + step, Math.floor(reach / step) * step);
}
