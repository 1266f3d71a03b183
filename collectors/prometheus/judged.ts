import { foldMinutes } from "#collectors/prometheus/map.ts";
import type { SliRequest, Span } from "#collectors/prometheus/work.ts";
import type { SliFact } from "#lib/slo/facts.ts";
import { judgeSlices, sliceStepMs } from "#lib/slo/slices.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import type { CountedSli } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/**
 * The distance of points to ask for: slices may need finer ones than are kept. What gives a value
 * for each minute is judged minute by minute first.
 */
export function askedStepMs(sli: CountedSli, stepMs: number): number {
  if (!sli.slices) return stepMs;
  return sli.kind === "events" ? sliceStepMs(sli.slices.windowMs, stepMs) : MINUTE;
}

type Counted = Pick<SliFact, "buckets" | "suspects" | "peakPerMinute">;

/** What was asked for slices, judged by their rule and added up to the steps of the span; else as it is. */
export function judged(
  span: Pick<Span, "from" | "to" | "stepMs">,
  { buckets, suspects }: Counted,
  sli: CountedSli,
): Counted {
  if (!sli.slices) return { buckets, suspects };
  const minutes = judgeSlices(buckets, sli.slices, span);
  const peakPerMinute = peakOf(buckets, askedStepMs(sli, span.stepMs));
  return { buckets: foldMinutes(minutes, span.stepMs), suspects, peakPerMinute };
}

function peakOf(buckets: readonly Bucket[], stepMs: number): number {
  return buckets.reduce((peak, { total }) => Math.max(peak, total / (stepMs / MINUTE)), 0);
}

/** SLIs of a span by the distance of points that they are asked at; those alike share their totals. */
export function byAskedStep(span: Pick<Span, "stepMs">, slis: readonly SliRequest[]) {
  return Map.groupBy(slis, ({ sli }) => askedStepMs(sli, span.stepMs));
}
