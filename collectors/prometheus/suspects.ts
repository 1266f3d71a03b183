import type { SuspectBucket } from "#collectors/collector.ts";
import type { Asking, EventsSli } from "#collectors/prometheus/asking.ts";
import { askAll } from "#collectors/prometheus/batch.ts";
import { BRIDGE_MS, eventBuckets } from "#collectors/prometheus/map.ts";
import type { Bucket } from "#lib/slo/totals.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** A minute above this many times the trailing maximum is asked again. */
const SUSPECT_FACTOR = 20;
/** Below this many events a minute nothing is suspect: small numbers jump. */
const QUIET = 10;
/** Buckets that must have been seen before one can stand out, where no maximum is known. */
const NEEDED = 10;

/**
 * Asks buckets that stand far above everything before them again with plain increase(). When that
 * finds less than half, a lifetime's count was taken for growth, and the plain one is kept.
 */
export async function settleSuspects(
  asking: Asking,
  sli: EventsSli,
  buckets: readonly Bucket[],
): Promise<{ buckets: Bucket[]; suspects: SuspectBucket[] }> {
  const kept: Bucket[] = [];
  const suspects: SuspectBucket[] = [];
  let trailing = sli.trailingMax;
  for (const [i, bucket] of buckets.entries()) {
    const minutes = minutesOf(bucket, buckets[i - 1], asking.span.stepMs);
    const settled = isSuspect(bucket.total / minutes, trailing)
      ? await judge(asking, sli, bucket, trailing ?? 0)
      : { bucket, suspect: null };
    kept.push(settled.bucket);
    if (settled.suspect) suspects.push(settled.suspect);
    if (sli.trailingMax !== null || i >= NEEDED - 1)
      trailing = maxRate(kept.slice(-NEEDED), asking.span.stepMs, trailing);
  }
  return { buckets: kept, suspects };
}

function maxRate(buckets: readonly Bucket[], stepMs: number, known: number | null): number {
  const rates = buckets.map((b) => b.total / (stepMs / MINUTE));
  return Math.max(known ?? 0, ...rates);
}

/** Minutes whose growth a bucket holds: its own, and those of a gap before it. */
function minutesOf(bucket: Bucket, before: Bucket | undefined, stepMs: number): number {
  const gapMs = before ? bucket.at - before.at - stepMs : 0;
  return (stepMs + (gapMs <= BRIDGE_MS ? gapMs : 0)) / MINUTE;
}

function isSuspect(perMinute: number, trailing: number | null): boolean {
  return trailing !== null && perMinute > SUSPECT_FACTOR * Math.max(trailing, QUIET);
}

async function judge(
  { client, span, signal }: Asking,
  { sli, total, numerator }: EventsSli,
  bucket: Bucket,
  trailing: number,
): Promise<{ bucket: Bucket; suspect: SuspectBucket }> {
  const range = { from: bucket.at, to: bucket.at, stepMs: span.stepMs };
  const answers = await askAll(client, [total.plain, numerator.plain], range, signal);
  const series = (query: string) => {
    const answer = answers.get(query);
    return answer && "series" in answer ? answer.series : new Map<number, number>();
  };
  const found = { total: series(total.plain), numerator: series(numerator.plain), presence: null };
  const plain = eventBuckets(sli, found, span.stepMs)[0] ?? null;
  const keep = plain !== null && plain.total < bucket.total / 2 ? "plain" : "counted";
  const suspect: SuspectBucket = {
    at: bucket.at,
    counted: bucket.total,
    plain: plain?.total ?? null,
    trailingMax: trailing,
    kept: keep,
  };
  const better = keep === "plain" && plain ? { ...plain, covered: bucket.covered } : bucket;
  return { bucket: better, suspect };
}
