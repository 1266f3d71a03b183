import { type CollectRun, collectSource } from "#jobs/collect.ts";
import { evaluateSource } from "#jobs/evaluate.ts";
import { recordHistory } from "#jobs/history.ts";
import { tickDuration, ticks } from "#jobs/metrics.ts";

export interface Tick extends CollectRun {
  /** How links to us begin. */
  readonly publicUrl: string;
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
    const result = await collectSource(tick);
    more = result.more;
    await evaluateSource({ store, source: source.name, now: clock(), publicUrl: tick.publicUrl });
    await recordHistory({ store, source: source.name, now: clock() });
    ticks.add(1, { source: source.name, outcome: result.outcome });
  }
  tickDuration.record((performance.now() - started) / 1000, { source: source.name });
}
