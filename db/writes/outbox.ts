import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { bigints } from "#db/params.ts";
import { rowsOf } from "#db/rows.ts";
import { writeAudit } from "#db/writes/audit.ts";
import { SYSTEM } from "#lib/access/actor.ts";

/** A delivery that is being sent: whoever holds it must be done by `lease`, else it is another's. */
export interface Held {
  readonly ids: readonly number[];
  /** Epoch ms. */
  readonly lease: number;
}

interface Answered {
  readonly at: number;
  /** Of the receiver's answer; null when there was none. */
  readonly status: number | null;
}

/** Only what is still held: one whose lease ran out may be under way in another process. */
function held({ ids, lease }: Held) {
  return sql`id = any(${bigints(ids)}) and state = 'pending' and next_at = ${lease}::bigint`;
}

/**
 * They have arrived; gives how many records say so now: also of what was dropped meanwhile, because
 * somebody switched the receiver off while it answered.
 */
export async function noteDelivered(db: Db, of: Held, { at, status }: Answered): Promise<number> {
  const done = await rowsOf(
    db,
    sql`update notice_deliveries set state = 'delivered', done_at = ${at}::bigint,
        last_status = ${status}::int, last_error = null
      where id = any(${bigints(of.ids)}) and state in ('pending', 'dropped')
        and next_at = ${of.lease}::bigint returning id`,
  );
  return done.length;
}

export interface Failed extends Answered {
  /** In words, without the address. */
  readonly reason: string;
}

/** They are to be tried again after a wait; `everything` of this receiver waits as long, as it asked. */
export async function noteLater(
  db: Db,
  of: Held,
  failed: Failed & { readonly waitMs: number; readonly restingReceiver: string | null },
): Promise<void> {
  const next = failed.at + failed.waitMs;
  await db.execute(
    sql`update notice_deliveries set next_at = ${next}::bigint,
        last_status = ${failed.status}::int, last_error = ${failed.reason}
      where ${held(of)}`,
  );
  if (failed.restingReceiver === null) return;
  await db.execute(
    sql`update notice_deliveries set next_at = ${next}::bigint
      where receiver_id = ${failed.restingReceiver} and state = 'pending'
        and next_at < ${next}::bigint`,
  );
}

/** They are given up, to be looked at and sent again by hand; gives how many. */
export async function noteDead(db: Db, of: Held, failed: Failed): Promise<number> {
  const dead = await rowsOf(
    db,
    sql`update notice_deliveries set state = 'dead', done_at = ${failed.at}::bigint,
        last_status = ${failed.status}::int, last_error = ${failed.reason}
      where ${held(of)} returning id`,
  );
  return dead.length;
}

/** The receiver said that it is gone for good: it is switched off, and what waits for it is given up. */
export function noteGone(db: Db, receiverId: string, failed: Failed): Promise<number> {
  return db.transaction(async (tx) => {
    const [off] = await rowsOf<{ name: string; team: string | null }>(
      tx,
      sql`update receivers set disabled_at = ${failed.at}::bigint, disabled_reason = ${failed.reason}
        where id = ${receiverId} and disabled_at is null and removed_at is null
        returning name, team`,
    );
    const dead = await rowsOf(
      tx,
      sql`update notice_deliveries set state = 'dead', done_at = ${failed.at}::bigint,
          last_error = ${failed.reason},
          last_status = case when attempts > 0 then ${failed.status}::int end
        where receiver_id = ${receiverId} and state = 'pending' returning id`,
    );
    if (off) {
      const by = { actor: SYSTEM, address: null, at: failed.at };
      const subject = { subject: `receiver:${off.name}`, team: off.team };
      const after = { reason: failed.reason };
      await writeAudit(tx, by, { action: "receiver.disabled", ...subject, after });
    }
    return dead.length;
  });
}
