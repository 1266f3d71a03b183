import { UpstreamError } from "#collectors/collector.ts";
import type { DeliveryFailure } from "#collectors/delivery.ts";
import { log } from "#config/log.ts";
import type { Store } from "#db/client.ts";
import type { Db } from "#db/connection.ts";
import { readCursor } from "#db/reads/delivery.ts";
import { readPosted } from "#db/reads/posted.ts";
import { saveDelivery } from "#db/writes/delivery.ts";
import { sourceFailed, sourceSucceeded } from "#db/writes/sources.ts";
import type { DeliveryUpstream } from "#jobs/delivery/upstreams.ts";
import { traced } from "#jobs/metrics.ts";
import { type Wait, withRetry } from "#jobs/retry.ts";

export interface DeliveryRun {
  readonly store: Store;
  readonly upstream: DeliveryUpstream;
  readonly clock: () => number;
  readonly signal: AbortSignal;
  /** Between attempts; really by default. */
  readonly wait?: Wait;
}

/**
 * Asks one upstream for what is new and for older history, and saves it batch by batch, so that a
 * failure loses at most the batch under way. Its failure is recorded, never thrown.
 */
export async function collectDelivery(run: DeliveryRun): Promise<"ok" | "failed"> {
  const { upstream } = run;
  return traced("collect", { "plimsoll.source": upstream.name }, async () => {
    try {
      await withRetry(() => collectOnce(run), {
        attempts: 3,
        baseMs: 2_000,
        maxWaitMs: 30_000,
        signal: run.signal,
        wait: run.wait,
      });
      return "ok";
    } catch (error) {
      await recordFailure(run, error);
      return "failed";
    }
  });
}

/**
 * An attempt after a failure goes on from the last batch that was saved. What could not be had is kept
 * for the whole run: a later batch that went well does not make it good.
 */
async function collectOnce({ store, upstream, clock, signal }: DeliveryRun): Promise<void> {
  const { name: source, kind, origin } = upstream;
  const known = await readKnown(store.db, upstream, clock());
  const failures: DeliveryFailure[] = [];
  for await (const batch of upstream.collect(known, clock(), signal)) {
    failures.push(...batch.failures);
    await saveDelivery(store.db, { source, origin, ...batch, failures }, clock());
  }
  await sourceSucceeded(store.db, { source, kind, now: clock() });
}

async function readKnown(db: Db, { name, posted }: DeliveryUpstream, now: number) {
  const { services, historyMs } = posted;
  return {
    cursor: await readCursor(db, name),
    posted: await readPosted(db, services, now - historyMs),
  };
}

async function recordFailure({ store, upstream, clock }: DeliveryRun, error: unknown) {
  const { name: source, kind } = upstream;
  await sourceFailed(store.db, { source, kind, message: wordsOf(source, error), now: clock() });
}

function wordsOf(source: string, error: unknown): string {
  if (!(error instanceof UpstreamError)) {
    log().error({ source, err: error }, "collecting failed on our side");
    return "Collecting failed on our side; the log says why.";
  }
  const { kind, httpStatus, message } = error;
  log().warn({ source, kind, httpStatus, reason: message }, "the source does not answer");
  return message;
}
