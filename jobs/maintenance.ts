import { log } from "#config/log.ts";
import type { Store } from "#db/client.ts";
import { thin } from "#db/writes/thin.ts";

/** Hourly: totals are thinned to the resolutions that are kept. */
export async function maintain(store: Store, now: number): Promise<void> {
  const removed = await thin(store.db, now);
  log().info({ removed }, "totals thinned");
}
