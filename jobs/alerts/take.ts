import type { Db } from "#db/connection.ts";
import { tieAll } from "#db/writes/alertTies.ts";
import { markProcessed } from "#db/writes/inbox.ts";
import {
  type HeldDelivery,
  holdAlertDeliveries,
  type NewAlert,
  saveAlerts,
} from "#db/writes/outsideAlerts.ts";
import { type ReadDelivery, readAlerts } from "#lib/alerts/delivery.ts";

/** Each may be some megabytes. */
const AT_ONCE = 20;
/** One sender's mistakes must not fill the page that tells of them. */
const MOST_SAID = 2_000;

/**
 * Makes alerts of the deliveries that wait, oldest first, until none is left; gives how many deliveries
 * it took. A batch and its being done are one transaction, so a worker that dies in between leaves it
 * to the next one; several workers share the deliveries among them.
 */
export async function takeAlerts(
  db: Db,
  clock: () => number,
  { atOnce = AT_ONCE }: { readonly atOnce?: number } = {},
): Promise<number> {
  for (let taken = 0; ; ) {
    const n = await db.transaction((tx) => takeBatch(tx, clock(), atOnce));
    taken += n;
    if (n === 0) return taken;
  }
}

async function takeBatch(tx: Db, now: number, limit: number): Promise<number> {
  const held = await holdAlertDeliveries(tx, limit);
  const read = held.map((delivery) => ({ delivery, ...readDelivery(delivery) }));
  const told = read.flatMap(({ delivery, alerts }) => alerts.map((alert) => ({ delivery, alert })));
  const ties = await tieAll(
    tx,
    told.map(({ alert }) => alert),
  );
  const rows = told.flatMap(({ delivery, alert }, i): NewAlert[] => {
    const tie = ties[i];
    return tie ? [{ ...rowOf(delivery), ...alert, ...tie }] : [];
  });
  await saveAlerts(tx, rows);
  await markAll(tx, read, now);
  return held.length;
}

function rowOf({ id, receivedAt }: HeldDelivery) {
  return {
    ...{ source: "alertmanager" as const, deliveryId: id },
    ...{ createdAt: receivedAt, updatedAt: receivedAt },
  };
}

function readDelivery({ body, receivedAt }: HeldDelivery): ReadDelivery {
  try {
    return readAlerts(JSON.parse(body), receivedAt);
  } catch {
    return { alerts: [], problems: ["It is not JSON."] };
  }
}

interface Taken extends ReadDelivery {
  readonly delivery: HeldDelivery;
}

async function markAll(tx: Db, taken: readonly Taken[], at: number): Promise<void> {
  const fine = taken.filter(({ problems }) => problems.length === 0);
  await markProcessed(
    tx,
    fine.map(({ delivery }) => delivery.id),
    { at },
  );
  for (const { delivery, problems } of taken) {
    if (problems.length === 0) continue;
    const error = problems.join(" ").slice(0, MOST_SAID);
    await markProcessed(tx, [delivery.id], { at, error });
  }
}
