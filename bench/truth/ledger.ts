import type { Batch, SliFact } from "#collectors/collector.ts";
import type { SliProgress } from "#collectors/prometheus/wishes.ts";
import type { Bucket, Counts, TotalsRow } from "#lib/slo/totals.ts";
import type { CountedSli } from "#lib/spec/model.ts";

/** A store in memory that keeps facts and progress as the database does, for tests and benches. */
export interface Ledger {
  readonly progress: SliProgress;
  readonly buckets: ReadonlyMap<number, Bucket>;
}

export function emptyLedger(key: string, definition: CountedSli): Ledger {
  const progress = {
    key,
    definition,
    headAt: null,
    tailAt: null,
    backfillFrom: null,
    backfilledAt: null,
    lastCoveredAt: null,
    rereadAt: null,
    trailingMax: null,
    refused: false,
    gaps: [],
  };
  return { progress, buckets: new Map() };
}

/** Each fact replaces whatever was known of its range. */
export function applyBatch(ledgers: Map<string, Ledger>, batch: Batch, now: number): void {
  for (const fact of batch.facts) {
    const ledger = ledgers.get(fact.sliKey);
    if (ledger) ledgers.set(fact.sliKey, applyFact(ledger, fact, now));
  }
}

function applyFact({ progress, buckets }: Ledger, fact: SliFact, now: number): Ledger {
  const outside = [...buckets].filter(([at]) => at <= fact.from || at > fact.to);
  const known = new Map([...outside, ...fact.buckets.map((b) => [b.at, b] as const)]);
  const tailAt = Math.min(progress.tailAt ?? fact.from, fact.from);
  const done = progress.backfillFrom !== null && tailAt <= progress.backfillFrom;
  const latest = fact.buckets.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const covered = Math.max(progress.lastCoveredAt ?? Number.NEGATIVE_INFINITY, latest);
  return {
    buckets: known,
    progress: {
      ...progress,
      headAt: Math.max(progress.headAt ?? fact.to, fact.to),
      tailAt,
      backfilledAt: progress.backfilledAt ?? (done ? now : null),
      lastCoveredAt: Number.isFinite(covered) ? covered : null,
      rereadAt: fact.purpose === "reread" ? now : progress.rereadAt,
      trailingMax: maxPerMinute(progress.trailingMax, fact),
    },
  };
}

function maxPerMinute(known: number | null, fact: SliFact): number | null {
  const { buckets, stepMs, peakPerMinute } = fact;
  if (peakPerMinute !== undefined) return Math.max(known ?? 0, peakPerMinute);
  const rates = buckets.map((b) => b.total / (stepMs / 60_000));
  return rates.length === 0 ? known : Math.max(known ?? 0, ...rates);
}

export function sumOf(buckets: Iterable<Counts>): Counts {
  let sum = { good: 0, total: 0, covered: 0 };
  for (const { good, total, covered } of buckets) {
    sum = { good: sum.good + good, total: sum.total + total, covered: sum.covered + covered };
  }
  return sum;
}

/** Running totals from the first bucket on, as the numbers read them. */
export function rowsOf(buckets: Iterable<Bucket>): TotalsRow[] {
  let sum = { good: 0, total: 0, covered: 0 };
  return [...buckets]
    .sort((a, b) => a.at - b.at)
    .map((bucket) => {
      sum = sumOf([sum, bucket]);
      return { at: bucket.at, ...sum };
    });
}
