import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { rowsOf } from "#db/rows.ts";
import { type DeliveryState, noticeDeliveries, notices, receivers } from "#db/schema/index.ts";
import type { Notice } from "#lib/notices/notice.ts";

/** What became of one notice at one receiver. Times are epoch ms. */
export interface NoticeDelivery {
  readonly id: number;
  readonly receiverId: string;
  readonly receiver: string;
  /** A removed receiver's deliveries stay to be read. */
  readonly removedAt: number | null;
  readonly notice: Notice;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly lastAttemptAt: number | null;
  readonly doneAt: number | null;
  readonly replays: number;
}

export interface DeliveryFilter {
  readonly state?: DeliveryState | null;
  readonly receiverId?: string | null;
  /** Only of receivers of these teams; those for all teams are left out, too. */
  readonly teams?: readonly string[];
  /** Only those made before this one, by id: the next page. */
  readonly before?: number | null;
}

/** Deliveries, newest first. */
export function readNoticeDeliveries(
  db: Db,
  { state, receiverId, teams, before }: DeliveryFilter,
  limit: number,
): Promise<NoticeDelivery[]> {
  const d = noticeDeliveries;
  return db
    .select({
      id: d.id,
      receiverId: d.receiverId,
      receiver: receivers.name,
      removedAt: receivers.removedAt,
      notice: notices.notice,
      state: d.state,
      attempts: d.attempts,
      nextAt: d.nextAt,
      lastStatus: d.lastStatus,
      lastError: d.lastError,
      lastAttemptAt: d.lastAttemptAt,
      doneAt: d.doneAt,
      replays: d.replays,
    })
    .from(d)
    .innerJoin(notices, eq(notices.id, d.noticeId))
    .innerJoin(receivers, eq(receivers.id, d.receiverId))
    .where(
      and(
        state ? eq(d.state, state) : undefined,
        receiverId ? eq(d.receiverId, receiverId) : undefined,
        teams ? inArray(receivers.team, [...teams]) : undefined,
        before ? lt(d.id, before) : undefined,
      ),
    )
    .orderBy(desc(d.id))
    .limit(limit);
}

/** How many wait to be sent and how many were given up, whatever became of their receivers. */
export async function countNoticeDeliveries(db: Db): Promise<{ pending: number; dead: number }> {
  const [row] = await rowsOf<{ pending: number; dead: number }>(
    db,
    sql`select count(*) filter (where state = 'pending')::int as pending,
        count(*) filter (where state = 'dead')::int as dead
      from notice_deliveries where state in ('pending', 'dead')`,
  );
  return row ?? { pending: 0, dead: 0 };
}
