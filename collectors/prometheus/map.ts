import type { Series } from "#collectors/prometheus/batch.ts";
import { aggregate } from "#lib/promql/write.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import type { SliDefinition, ThresholdOp } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** Counter growth found again after a gap of at most this is spread over the gap. */
export const BRIDGE_MS = 30 * MINUTE;

type Kind<K extends SliDefinition["kind"]> = Extract<SliDefinition, { kind: K }>;

/** The answers for an events SLI. `presence`: minutes of each step with samples; null = total tells. */
export interface EventAnswers {
  readonly total: Series;
  readonly numerator: Series;
  readonly presence: Series | null;
}

/**
 * Steps with an answer, ascending. No error series while the total exists is no error; a total that
 * is absent is no data and gives no bucket.
 */
export function eventBuckets(
  { counts }: Kind<"events">,
  answers: EventAnswers,
  stepMs: number,
): Bucket[] {
  const minutes = stepMs / MINUTE;
  const times = [...(answers.presence ?? answers.total).keys()].sort((a, b) => a - b);
  return times.map((at) => {
    const total = Math.max(0, answers.total.get(at) ?? 0);
    const counted = clamp(answers.numerator.get(at) ?? 0, total);
    const present = answers.presence?.get(at) ?? minutes;
    const good = counts === "good" ? counted : total - counted;
    return { at, good, total, covered: Math.min(minutes, present) };
  });
}

function clamp(value: number, max: number): number {
  return Math.min(max, Math.max(0, value));
}

/**
 * Spreads what was found after a gap of at most 30 minutes evenly over the steps that are missing.
 * They count as covered, and are marked. Longer gaps stay without buckets.
 */
export function bridgeGaps(buckets: readonly Bucket[], stepMs: number): Bucket[] {
  return buckets.flatMap((bucket, i) => {
    const before = buckets[i - 1];
    const gapMs = before ? bucket.at - before.at - stepMs : Number.POSITIVE_INFINITY;
    if (gapMs > BRIDGE_MS) return [bucket];
    const whole = fillStep(bucket, stepMs);
    return gapMs > 0 ? spread(whole, gapMs / stepMs, stepMs) : [whole];
  });
}

/** Minutes missing inside a coarse step are a short gap too: its growth is all there. */
function fillStep(bucket: Bucket, stepMs: number): Bucket {
  const missing = stepMs - bucket.covered * MINUTE;
  if (missing <= 0 || missing > BRIDGE_MS || bucket.covered === 0) return bucket;
  return { ...bucket, covered: stepMs / MINUTE, bridged: true };
}

function spread(bucket: Bucket, missing: number, stepMs: number): Bucket[] {
  const share = { good: bucket.good / (missing + 1), total: bucket.total / (missing + 1) };
  const filled = Array.from({ length: missing }, (_, i) => ({
    ...share,
    at: bucket.at - (missing - i) * stepMs,
    covered: stepMs / MINUTE,
    bridged: true,
  }));
  return [...filled, { ...bucket, ...share }];
}

/** Minutes of a threshold or ratio SLI. NaN is "no traffic": covered, and nothing else. */
export function minuteBuckets(sli: Kind<"threshold"> | Kind<"ratio">, values: Series): Bucket[] {
  const times = [...values.keys()].sort((a, b) => a - b);
  return times.map((at) => {
    const value = values.get(at) ?? Number.NaN;
    if (Number.isNaN(value)) return { at, good: 0, total: 0, covered: 1 };
    return { at, good: goodShare(sli, value), total: 1, covered: 1 };
  });
}

function goodShare(sli: Kind<"threshold"> | Kind<"ratio">, value: number): number {
  if (sli.kind === "threshold") return holds(value, sli.op, sli.threshold) ? 1 : 0;
  const ratio = clamp(value, 1);
  return sli.counts === "good" ? ratio : 1 - ratio;
}

function holds(value: number, op: ThresholdOp, threshold: number): boolean {
  if (op === "lt") return value < threshold;
  if (op === "lte") return value <= threshold;
  return op === "gt" ? value > threshold : value >= threshold;
}

/** Adds minutes up to the steps (ms, a multiple of a minute) that end at multiples of it. */
export function foldMinutes(minutes: readonly Bucket[], stepMs: number): Bucket[] {
  const steps = new Map<number, Bucket>();
  for (const minute of minutes) {
    const at = Math.ceil(minute.at / stepMs) * stepMs;
    const sum: Bucket = steps.get(at) ?? { at, good: 0, total: 0, covered: 0 };
    steps.set(at, {
      at,
      good: sum.good + minute.good,
      total: sum.total + minute.total,
      covered: sum.covered + minute.covered,
      ...(sum.bridged || minute.bridged ? { bridged: true } : {}),
    });
  }
  return [...steps.values()];
}

/** The one series to ask for where a query may give several: the worst counts. */
export function worstQuery(sli: Kind<"threshold"> | Kind<"ratio">): string {
  const highIsWorse =
    sli.kind === "threshold" ? sli.op === "lt" || sli.op === "lte" : sli.counts === "bad";
  return aggregate(highIsWorse ? "max" : "min", sli.query);
}
