import { openStore } from "#db/client.ts";
import { startQueue } from "#jobs/queue.ts";
import type { Source } from "#jobs/sources.ts";
import { configOf, type Script, scriptedSource } from "#jobs/testing.ts";
import { SAVED, SAVING } from "./worker.ts";

/** A worker on a shared database that stops for ever in the middle of its first job. */
export interface QueueTask {
  readonly databaseUrl: string;
  /** Epoch ms. */
  readonly now: number;
}

/** The same for every worker: one event in a hundred fails. */
export const STEADY: Script = () => ({ good: 99, total: 100 });

async function work({ databaseUrl, now }: QueueTask): Promise<void> {
  const source = stuckAfterOne(scriptedSource("main", STEADY));
  await startQueue({
    config: configOf(".", [source.settings]),
    store: await openStore(databaseUrl),
    sources: new Map([[source.name, source]]),
    deliveries: new Map(),
    inUse: () => new Set(),
    clock: () => now,
    eachMinute: () => () => undefined,
  });
}

function stuckAfterOne(source: Source): Source {
  const { collector } = source;
  return {
    ...source,
    collector: {
      ...collector,
      async *collect(asked, signal) {
        for await (const batch of collector.collect(asked, signal)) {
          process.stdout.write(`${SAVING}\n`);
          yield batch;
          process.stdout.write(`${SAVED}\n`);
          await new Promise(() => undefined);
        }
      },
    },
  };
}

if (import.meta.main) await work(JSON.parse(process.argv[2] ?? "") as QueueTask);
