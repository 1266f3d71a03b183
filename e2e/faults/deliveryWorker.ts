import { openStore } from "#db/client.ts";
import { githubAt, runOnce } from "#jobs/delivery/testing.ts";
import { SAVED, SAVING } from "./worker.ts";

/** A process that a test may kill while it saves what a GitHub told. */
export interface DeliveryTask {
  readonly databaseUrl: string;
  readonly githubUrl: string;
  /** Epoch ms. */
  readonly now: number;
}

async function work({ databaseUrl, githubUrl, now }: DeliveryTask): Promise<void> {
  const store = await openStore(databaseUrl);
  const upstream = githubAt(githubUrl);
  const announced = {
    ...upstream,
    async *collect(...of: Parameters<typeof upstream.collect>) {
      for await (const batch of upstream.collect(...of)) {
        process.stdout.write(`${SAVING}\n`);
        yield batch;
        process.stdout.write(`${SAVED}\n`);
      }
    },
  };
  await runOnce(store, announced, now);
  await store.close();
}

if (import.meta.main) await work(JSON.parse(process.argv[2] ?? "") as DeliveryTask);
