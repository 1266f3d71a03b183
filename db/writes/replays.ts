import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { rowsOf } from "#db/rows.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";

interface Replay {
  readonly receiverId: string;
  /** One delivery; null: all of the receiver that were given up. */
  readonly delivery: number | null;
}

/**
 * Has what was given up sent again, as if for the first time; gives how many. `off` while the receiver
 * is switched off, `not-found` when there is no such receiver.
 */
export function replayDead(
  db: Db,
  by: By,
  { receiverId, delivery }: Replay,
): Promise<number | "off" | "not-found"> {
  return db.transaction(async (tx) => {
    const [receiver] = await rowsOf<{ name: string; team: string | null; off: boolean }>(
      tx,
      sql`select name, team, disabled_at is not null as off from receivers
        where id = ${receiverId} and removed_at is null for update`,
    );
    if (!receiver) return "not-found";
    if (receiver.off) return "off";
    const again = await rowsOf<{ id: number }>(
      tx,
      sql`update notice_deliveries set state = 'pending', attempts = 0, replays = replays + 1,
          next_at = ${by.at}::bigint, done_at = null, last_attempt_at = null
        where receiver_id = ${receiverId} and state = 'dead'
          and (${delivery}::bigint is null or id = ${delivery}::bigint)
        returning id`,
    );
    if (again.length > 0) {
      const subject = { subject: `receiver:${receiver.name}`, team: receiver.team };
      const after = delivery === null ? { deliveries: again.length } : { delivery };
      await writeAudit(tx, by, { action: "receiver.replayed", ...subject, after });
    }
    return again.length;
  });
}

interface Ages {
  /** Epoch ms: what arrived or was dropped before is forgotten. */
  readonly doneBefore: number;
  /** Epoch ms: what was given up before is forgotten. */
  readonly deadBefore: number;
}

/**
 * What is on still, and the end of what is remembered: without the one, an end would not be known to
 * belong to it; without the other, the end would be told again.
 */
const LASTING = sql`
  n.kind = 'alert-opened' and exists (select from burn_alerts b
    where b.ended_at is null and starts_with(n.natural_key, 'alert-opened:' || b.slo_id || ':' || b.severity || ':'))
  or n.kind = 'source-unhealthy' and exists (select from sources s
    where n.natural_key = 'source-unhealthy:' || s.name || ':' || s.error_since)
  or n.kind = 'source-recovered' and exists (select from notices began
    where began.natural_key = replace(n.natural_key, 'source-recovered:', 'source-unhealthy:'))`;

/** Forgets old deliveries, then old notices that have none; gives how many deliveries. */
export function dropOldNotices(db: Db, { doneBefore, deadBefore }: Ages): Promise<number> {
  return db.transaction(async (tx) => {
    const dropped = await rowsOf(
      tx,
      sql`delete from notice_deliveries
        where (state in ('delivered', 'dropped') and done_at < ${doneBefore}::bigint)
          or (state = 'dead' and done_at < ${deadBefore}::bigint)
        returning id`,
    );
    await tx.execute(
      sql`delete from notices n where n.at < ${doneBefore}::bigint
        and not exists (select from notice_deliveries d where d.notice_id = n.id)
        and not (${LASTING})`,
    );
    return dropped.length;
  });
}
