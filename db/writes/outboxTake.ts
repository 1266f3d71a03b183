import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { bigints } from "#db/params.ts";
import { rowsOf } from "#db/rows.ts";
import type { Notice } from "#lib/notices/notice.ts";
import { type QuietHours, quietUntil } from "#lib/notices/quiet.ts";
import type { SealedReceiver } from "#lib/notices/receiver.ts";

/** Any number of our own, beside the other locks of this kind. */
const LOCK = 7_546_765_511;

/** For whoever sends it: longer than any sending takes. */
export const LEASE_MS = 60_000;

/** When more than this wait for one Slack receiver, they are told in one message. */
const MOST_SINGLE = 20;
/** How many one message tells of at most. */
const MOST_AT_ONCE = 200;

/** What is to be sent to one receiver in one request. */
export interface Parcel {
  readonly receiver: SealedReceiver;
  readonly lease: number;
  readonly deliveries: readonly HeldDelivery[];
}

export interface HeldDelivery {
  readonly id: number;
  readonly noticeId: number;
  /** Tries, the one that now begins included. */
  readonly attempts: number;
  readonly notice: Notice;
}

interface Waiting extends SealedReceiver {
  readonly quietHours: QuietHours | null;
}

/**
 * What is due, at most one parcel for each receiver: a receiver to which something is being sent, here
 * or by another process, is left out. Each is held for `LEASE_MS`; if its sender dies, it is due again.
 */
export async function takeDue(db: Db, now: number, most: number): Promise<Parcel[]> {
  // Most looks find nothing, and must cost nothing.
  if ((await readWaiting(db, now)).length === 0) return [];
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
    const parcels: Parcel[] = [];
    for (const receiver of await readWaiting(tx, now)) {
      if (parcels.length >= most) break;
      await putOff(tx, receiver, now);
      const deliveries = await hold(tx, receiver, now);
      if (deliveries.length > 0) parcels.push({ receiver, lease: now + LEASE_MS, deliveries });
    }
    return parcels;
  });
}

/** Receivers for which something is due and to which nothing is being sent; who waited longest first. */
function readWaiting(db: Db, now: number): Promise<Waiting[]> {
  return rowsOf<Waiting>(
    db,
    sql`select r.id, r.kind, r.sealed_url as "sealedUrl", r.sealed_secret as "sealedSecret",
        r.quiet_hours as "quietHours"
      from receivers r join (
        select receiver_id, min(next_at) as since from notice_deliveries
        where state = 'pending' and next_at <= ${now}::bigint group by receiver_id
      ) due on due.receiver_id = r.id
      where r.removed_at is null and r.disabled_at is null and not exists (
        select from notice_deliveries d
        where d.receiver_id = r.id and d.state = 'pending' and d.next_at > ${now}::bigint
          and d.next_at = d.last_attempt_at + ${LEASE_MS}::bigint)
      order by due.since, r.id`,
  );
}

/** In quiet hours, what is not urgent waits until they end. */
async function putOff(db: Db, { id, quietHours }: Waiting, now: number): Promise<void> {
  const until = quietHours === null ? null : quietUntil(quietHours, now);
  if (until === null) return;
  await db.execute(
    sql`update notice_deliveries d set next_at = ${until}::bigint
      from notices n where n.id = d.notice_id and not n.urgent
        and d.receiver_id = ${id} and d.state = 'pending' and d.next_at <= ${now}::bigint`,
  );
}

async function hold(db: Db, { id, kind }: Waiting, now: number): Promise<HeldDelivery[]> {
  const due = await rowsOf<HeldDelivery>(
    db,
    sql`select d.id::int, d.notice_id::int as "noticeId", d.attempts + 1 as attempts, n.notice
      from notice_deliveries d join notices n on n.id = d.notice_id
      where d.receiver_id = ${id} and d.state = 'pending' and d.next_at <= ${now}::bigint
      order by d.notice_id
      limit ${kind === "slack" ? MOST_AT_ONCE : 1}
      for update of d skip locked`,
  );
  const taken = due.length > MOST_SINGLE ? due : due.slice(0, 1);
  if (taken.length > 0) {
    await db.execute(
      sql`update notice_deliveries set attempts = attempts + 1,
          last_attempt_at = ${now}::bigint, next_at = ${now + LEASE_MS}::bigint
        where id = any(${bigints(taken.map((delivery) => delivery.id))})`,
    );
  }
  return taken;
}
