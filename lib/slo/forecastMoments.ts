import { MINUTE } from "#lib/time/duration.ts";

/** Moments for each doubling of the time ahead. */
const PER_DOUBLING = 10;

/**
 * The moments of a window (epoch ms, ascending, the window's start and end included) whose rows are
 * enough for a forecast: close together where the window's oldest minutes roll off soon, far apart
 * where they roll off late. An answer found with them is late by a tenth of the time ahead at most,
 * never early. They stand on fixed grids, so an answer does not creep along with the clock.
 * @example forecastMoments(at, 30 * DAY).length // about 130
 */
export function forecastMoments(at: number, windowMs: number): number[] {
  const start = at - windowMs;
  const moments = [start];
  for (let next = start + MINUTE; next < at; next = after(next, start)) moments.push(next);
  return [...moments, at];
}

/**
 * Where to look closer once a forecast was found with few rows: the stretch of the window (epoch ms)
 * whose minutes roll off shortly before `answer`, so that the right minute is within it.
 * @example closerLook(at, 30 * DAY, recoversAt) // { from, to }: the tenth of the time ahead that ends with it
 */
export function closerLook(
  at: number,
  windowMs: number,
  answer: number,
): { readonly from: number; readonly to: number } {
  const start = at - windowMs;
  const to = answer - windowMs;
  const reach = Math.ceil((to - start) / PER_DOUBLING / MINUTE + 1) * MINUTE;
  return { from: Math.max(start, to - reach), to };
}

/** The next moment on a grid of minutes that doubles with the time since `start`. */
function after(moment: number, start: number): number {
  const minutes = (moment - start) / MINUTE;
  const doublings = Math.max(0, Math.floor(Math.log2(minutes / PER_DOUBLING)));
  const step = 2 ** doublings * MINUTE;
  return (Math.floor(moment / step) + 1) * step;
}
