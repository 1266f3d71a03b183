import { setTimeout as wait } from "node:timers/promises";
import { log } from "#config/log.ts";
import { type CollectResult, type CollectRun, collectSource } from "#jobs/collect.ts";
import { evaluateSource } from "#jobs/evaluate.ts";
import { recordHistory } from "#jobs/history.ts";
import { tickDuration, ticks } from "#jobs/metrics.ts";
import { MINUTE } from "#lib/time/duration.ts";

export interface Tick extends CollectRun {
  /** How links to us begin. */
  readonly publicUrl: string;
  /** How long a collection may take until numbers are made without it; a minute by default. */
  readonly patienceMs?: number;
}

/**
 * One tick of a source: ask for what is missing, then evaluate. While older history is still to be
 * fetched it goes on, so that a first backfill does not wait for the clock; each round asks for the
 * newest minutes first.
 */
export async function runTick(tick: Tick): Promise<void> {
  const started = performance.now();
  const { store, source, clock, signal } = tick;
  for (let more = true; more && !signal.aborted; ) {
    const result = await evaluatingMeanwhile(tick, collectSource(tick));
    more = result.more;
    await evaluate(tick);
    await recordHistory({ store, source: source.name, now: clock() });
    ticks.add(1, { source: source.name, outcome: result.outcome });
  }
  tickDuration.record((performance.now() - started) / 1000, { source: source.name });
}

/** A source that is slow or hangs must not keep its SLOs from becoming Unknown in time. */
async function evaluatingMeanwhile(
  tick: Tick,
  collecting: Promise<CollectResult>,
): Promise<CollectResult> {
  const over = new AbortController();
  const evaluating = evaluateAgainAndAgain(tick, AbortSignal.any([over.signal, tick.signal]));
  try {
    return await collecting;
  } finally {
    over.abort();
    await evaluating;
  }
}

async function evaluateAgainAndAgain(tick: Tick, over: AbortSignal): Promise<void> {
  const pause = () => wait(tick.patienceMs ?? MINUTE, true, { signal: over, ref: false });
  while (await pause().catch(() => false)) {
    await evaluate(tick).catch((error: unknown) =>
      log().error(
        { source: tick.source.name, err: error },
        "evaluating beside a collection failed",
      ),
    );
  }
}

function evaluate({ store, source, clock, publicUrl }: Tick): Promise<number> {
  return evaluateSource({ store, source: source.name, now: clock(), publicUrl });
}
