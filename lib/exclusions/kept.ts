import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { keptStep } from "#lib/slo/resolution.ts";
import { ceilMinute, floorMinute, HOUR } from "#lib/time/duration.ts";

/**
 * The part of a span (epoch ms) whose edges are kept in history at `now`: whole minutes, and for what
 * is older than four days the five minutes or hours within it, so that never more is left out than
 * was asked for. Null when nothing of it is left.
 * @example keptSpan({ from, to: from + 90_000 }, from) // { from, to: from + 60_000 }
 */
export function keptSpan({ from, to }: ExcludedSpan, now: number): ExcludedSpan | null {
  const start = snap(from, now, Math.ceil);
  const end = snap(to, now, Math.floor);
  return end > start ? { from: start, to: end } : null;
}

/**
 * The whole minutes that a span (epoch ms) touches: what is only drawn may be shorter than one.
 * @example touchedSpan({ from: from + 20_000, to: from + 50_000 }) // { from, to: from + 60_000 }
 */
export function touchedSpan({ from, to }: ExcludedSpan): ExcludedSpan {
  return { from: floorMinute(from), to: ceilMinute(to) };
}

function snap(at: number, now: number, round: (n: number) => number): number {
  const step = keptStep(now - at) ?? HOUR;
  return round(at / step) * step;
}
