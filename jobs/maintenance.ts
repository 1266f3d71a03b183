import { log } from "#config/log.ts";
import type { Store } from "#db/client.ts";
import { writeOutExclusions } from "#db/writes/exclusionSpans.ts";
import { dropOldGateDecisions } from "#db/writes/gate.ts";
import { dropOldNotices } from "#db/writes/replays.ts";
import { dropEnded } from "#db/writes/sweep.ts";
import { thin } from "#db/writes/thin.ts";
import { dropOldDeliveries } from "#db/writes/webhooks.ts";
import { DAY } from "#lib/time/duration.ts";

/** How long a webhook's delivery is kept as it came. */
const DELIVERIES_KEPT_MS = 30 * DAY;

/** How long the gate's answers are kept: as long as the numbers behind them. */
const GATE_KEPT_MS = 400 * DAY;

/** How long ended sessions, links and tokens stay to be looked at. */
const ENDED_KEPT_MS = 90 * DAY;

/** How long is kept which notice arrived, and which was given up. */
const DONE_KEPT_MS = 90 * DAY;
const DEAD_KEPT_MS = 400 * DAY;

/** Hourly: recurring exclusions are written out ahead, totals are thinned to the resolutions that are kept, old deliveries are forgotten. */
export async function maintain(store: Store, now: number): Promise<void> {
  // First: thinning keeps the rows at their edges.
  await writeOutExclusions(store.db, now);
  const removed = await thin(store.db, now);
  log().info({ removed }, "totals thinned");
  const dropped = await dropOldDeliveries(store.db, now - DELIVERIES_KEPT_MS);
  await dropOldNotices(store.db, {
    doneBefore: now - DONE_KEPT_MS,
    deadBefore: now - DEAD_KEPT_MS,
  });
  const forgotten = await dropOldGateDecisions(store.db, now - GATE_KEPT_MS);
  if (forgotten > 0) log().info({ forgotten }, "old answers of the gate forgotten");
  const ended = await dropEnded(store.db, now - ENDED_KEPT_MS);
  if (ended > 0) log().info({ ended }, "ended sessions, links and tokens forgotten");
  if (dropped > 0) log().info({ dropped }, "old webhook deliveries dropped");
}
