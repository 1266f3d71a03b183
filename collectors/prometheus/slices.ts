import { keptStep, RESOLUTIONS } from "#lib/slo/resolution.ts";
import { sliceGrainMs } from "#lib/slo/slices.ts";
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
 * Time slices of an SLI (`wholeMs`) are never cut, but where `from` or `to` does.
 */
export function sliceSpan(from: number, to: number, now: number, wholeMs = MINUTE): Slice[] {
  const slices: Slice[] = [];
  for (let at = from; at < to; ) {
    const slice = nextSlice(at, { to, now, wholeMs });
    slices.push(slice);
    at = slice.to;
  }
  return slices;
}

interface Limits {
  readonly to: number;
  readonly now: number;
  readonly wholeMs: number;
}

function nextSlice(from: number, limits: Limits): Slice {
  const { to, now, wholeMs } = limits;
  const step = keptStep(now - from) ?? 60 * MINUTE;
  const grain = sliceGrainMs(wholeMs, step);
  const boundary = (Math.floor(from / grain) + 1) * grain;
  const aligned = from % grain === 0 && boundary <= to;
  if (step === MINUTE || !aligned) {
    const end = step === MINUTE ? to : Math.min(to, boundary);
    return { from, to: endOfMinutes(from, end, wholeMs), stepMs: MINUTE };
  }
  return { from, to: endOfCoarse(from, { step, grain }, limits), stepMs: step };
}

function endOfMinutes(from: number, to: number, wholeMs: number): number {
  const reach = from + SLICE_STEPS * MINUTE;
  return to <= reach ? to : floorTo(reach, wholeMs);
}

/** The last multiple of the grain within reach; at most the first one that is kept more finely. */
function endOfCoarse(
  from: number,
  { step, grain }: { step: number; grain: number },
  { to, now }: Limits,
): number {
  const finer = RESOLUTIONS.findLast(({ stepMs }) => stepMs < step)?.maxAgeMs ?? 0;
  const boundary = Math.ceil((now - finer) / grain) * grain;
  const reach = Math.min(to, from + SLICE_STEPS * step, boundary);
  return Math.max(from + grain, floorTo(reach, grain));
}

/** The last multiple of `ms` at or before a time. */
export function floorTo(at: number, ms: number): number {
  return Math.floor(at / ms) * ms;
}
