import { setTimeout as wait } from "node:timers/promises";
import type { Batch } from "#collectors/collector.ts";
import { store } from "#db/client.ts";
import { readSourceRow } from "#db/reads/sources.ts";
import { registerSources } from "#db/writes/sources.ts";
import { type Source, sourceFrom } from "#jobs/sources.ts";
import { configOf, settingsOf } from "#jobs/testing.ts";
import { runTick } from "#jobs/tick.ts";
import { DocumentWatch } from "#jobs/watch.ts";
import { MINUTE } from "#lib/time/duration.ts";

/**
 * A process that a test may kill: it backfills as of one minute and then ticks minute by minute to
 * another, going on from what the database says. It prints a line before and after each batch is saved.
 */
export interface WorkerTask {
  readonly databaseUrl: string;
  readonly documents: string;
  readonly prometheusUrl: string;
  readonly historyMs: number;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
}

export const SAVING = "saving";
export const SAVED = "saved";
export const DONE = "done";

async function work(task: WorkerTask): Promise<void> {
  const opened = await store(task.databaseUrl, { upkeep: false });
  const { db } = opened;
  let now = (await readSourceRow(db, "main"))?.lastAttemptAt ?? task.from;
  const clock = () => now;
  const { prometheusUrl: url, historyMs } = task;
  const source = announced(sourceFrom(settingsOf({ name: "main", url, historyMs })));
  await registerSources(db, [{ name: "main", kind: "prometheus", address: null }], now);
  const config = configOf(task.documents, [source.settings]);
  const known = new Set(["main"]);
  await new DocumentWatch({ config, store: opened, clock, known }).refresh();
  for (; now <= task.to; now += MINUTE) {
    const signal = AbortSignal.timeout(60_000);
    await runTick({ store: opened, source, publicUrl: "", clock, signal, wait: () => wait(0) });
  }
  await opened.close();
  say(DONE);
}

/** The same source; a line when a batch is about to be saved, and one when it is. */
function announced(source: Source): Source {
  const { collector } = source;
  return {
    ...source,
    collector: {
      ...collector,
      async *collect(asked, signal): AsyncIterable<Batch> {
        for await (const batch of collector.collect(asked, signal)) {
          say(SAVING);
          yield batch;
          say(SAVED);
        }
      },
    },
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (import.meta.main) await work(JSON.parse(process.argv[2] ?? "") as WorkerTask);
