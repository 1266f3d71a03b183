import { openStore } from "#db/client.ts";
import { takeAlerts } from "#jobs/alerts/take.ts";
import { DONE, SAVED } from "./worker.ts";

/** A process that a test may kill while it makes alerts of deliveries. */
export interface AlertTask {
  readonly databaseUrl: string;
  /** Epoch ms. */
  readonly now: number;
}

/** A few deliveries at a time, so that there are many moments to be killed in; each batch asks the time. */
async function work({ databaseUrl, now }: AlertTask): Promise<void> {
  const store = await openStore(databaseUrl);
  const clock = () => {
    process.stdout.write(`${SAVED}\n`);
    return now;
  };
  await takeAlerts(store.db, clock, { atOnce: 10 });
  await store.close();
  process.stdout.write(`${DONE}\n`);
}

if (import.meta.main) await work(JSON.parse(process.argv[2] ?? "") as AlertTask);
