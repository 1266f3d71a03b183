import { log } from "#config/log.ts";
import type { Store } from "#db/client.ts";
import { dropEnded } from "#db/writes/sweep.ts";
import { thin } from "#db/writes/thin.ts";
import { dropOldDeliveries } from "#db/writes/webhooks.ts";
import { DAY } from "#lib/time/duration.ts";

/** How long a webhook's delivery is kept as it came. */
const DELIVERIES_KEPT_MS = 30 * DAY;

/** How long ended sessions, links and tokens stay to be looked at. */
const ENDED_KEPT_MS = 90 * DAY;

/** Hourly: totals are thinned to the resolutions that are kept, old deliveries are forgotten. */
export async function maintain(store: Store, now: number): Promise<void> {
  const removed = await thin(store.db, now);
  log().info({ removed }, "totals thinned");
  const dropped = await dropOldDeliveries(store.db, now - DELIVERIES_KEPT_MS);
  const ended = await dropEnded(store.db, now - ENDED_KEPT_MS);
  if (ended > 0) log().info({ ended }, "ended sessions, links and tokens forgotten");
  if (dropped > 0) log().info({ dropped }, "old webhook deliveries dropped");
}
