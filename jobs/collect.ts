import type { Batch, SliFact } from "#collectors/collector.ts";
import { UpstreamError } from "#collectors/collector.ts";
import { planWork } from "#collectors/prometheus/plan.ts";
import { log } from "#config/log.ts";
import type { Store } from "#db/client.ts";
import { readProgress } from "#db/reads/progress.ts";
import { beginBackfill, saveFailures, sourceFailed, sourceSucceeded } from "#db/writes/sources.ts";
import { saveFacts } from "#db/writes/totals.ts";
import { collectedMinutes, traced } from "#jobs/metrics.ts";
import { type Wait, withRetry } from "#jobs/retry.ts";
import type { Source } from "#jobs/sources.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

export interface CollectRun {
  readonly store: Store;
  readonly source: Source;
  readonly clock: () => number;
  readonly signal: AbortSignal;
  /** Between attempts; really by default. */
  readonly wait?: Wait;
}

export type Outcome = "ok" | "no-data" | "failed";

export interface CollectResult {
  readonly outcome: Outcome;
  /** There is older history or a gap still to be fetched, and another round at once would get further. */
  readonly more: boolean;
}

/**
 * Asks one source for what is missing and saves it, batch by batch. Its failure is recorded and
 * returned, never thrown: one source that fails must not stop another.
 */
export async function collectSource(run: CollectRun): Promise<CollectResult> {
  const { source } = run;
  return traced("collect", { "plimsoll.source": source.name }, async () => {
    try {
      const result = await withRetry(() => collectOnce(run), {
        attempts: 3,
        baseMs: 1_000,
        maxWaitMs: 10_000,
        signal: run.signal,
        wait: run.wait,
      });
      return result;
    } catch (error) {
      return recordFailure(run, error);
    }
  });
}

async function collectOnce(run: CollectRun): Promise<CollectResult> {
  const { store, source, signal } = run;
  const probe = await source.probe(run.clock(), signal);
  await beginBackfill(store.db, { source: source.name, from: historyStart(run) });
  const progress = await readProgress(store.db, source.name);
  const work = planWork(progress, run.clock(), source.settings);
  let minutes = 0;
  let further = false;
  for await (const batch of source.collector.collect(work, signal)) {
    minutes += await saveBatch(run, batch);
    further ||= batch.facts.some(leadsOn);
  }
  // A minute that is asked for twice leaves nothing to ask: that says nothing new of the source.
  if (work.spans.length === 0 && progress.length > 0) return { outcome: "ok", more: false };
  const outcome = work.spans.length > 0 && minutes === 0 ? "no-data" : "ok";
  await sourceSucceeded(store.db, { source: source.name, probe, outcome, now: run.clock() });
  return { outcome, more: work.more && further };
}

/** After a round of nothing but empty gaps and minutes read again, the next one would ask the same. */
function leadsOn({ purpose, buckets }: SliFact): boolean {
  return purpose === "tick" || purpose === "backfill" || (purpose === "gap" && buckets.length > 0);
}

/** Whole hours: history is kept by the hour at that age. */
function historyStart({ clock, source }: CollectRun): number {
  return Math.ceil((clock() - source.settings.historyMs) / HOUR) * HOUR;
}

/** One transaction: facts, progress and gaps together, so that a crash leaves no half batch. */
async function saveBatch(run: CollectRun, batch: Batch): Promise<number> {
  const now = run.clock();
  await run.store.db.transaction(async (tx) => {
    await saveFacts(tx, batch.facts, now);
    await saveFailures(tx, batch, now);
  });
  let minutes = 0;
  for (const fact of batch.facts) {
    const asked = (fact.to - fact.from) / MINUTE;
    minutes += fact.buckets.reduce((sum, bucket) => sum + bucket.covered, 0);
    collectedMinutes.add(asked, { source: run.source.name, purpose: fact.purpose });
  }
  return minutes;
}

async function recordFailure(run: CollectRun, error: unknown): Promise<CollectResult> {
  const { store, source } = run;
  const message = logFailure(source.name, error);
  await sourceFailed(store.db, { source: source.name, message, now: run.clock() });
  return { outcome: "failed", more: false };
}

/** What the sources page says. An upstream's failure is its own affair; only ours needs a stack. */
function logFailure(source: string, error: unknown): string {
  if (!(error instanceof UpstreamError)) {
    log().error({ source, err: error }, "collecting failed on our side");
    return "Collecting failed on our side; the log says why.";
  }
  const { kind, httpStatus } = error;
  log().warn({ source, kind, httpStatus, reason: error.message }, "the source does not answer");
  return error.message;
}
