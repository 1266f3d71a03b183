import { sql } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { bigints } from "#db/params.ts";
import { notices as table } from "#db/schema/index.ts";
import type { Notice } from "#lib/notices/notice.ts";
import { isUrgent } from "#lib/notices/urgent.ts";

/**
 * Has each receiver told that is to hear of it, once per key. Call it in the transaction of the change:
 * what is rolled back is told to nobody, what is kept is told for sure.
 */
export async function writeNotices(db: Db, notices: readonly Notice[]): Promise<void> {
  for (const part of chunks(notices)) {
    const added = await db
      .insert(table)
      .values(part.map(rowOf))
      .onConflictDoNothing({ target: table.naturalKey })
      .returning({ id: table.id });
    if (added.length > 0)
      await addressTo(
        db,
        added.map(({ id }) => id),
      );
  }
}

function rowOf(notice: Notice): typeof table.$inferInsert {
  return {
    naturalKey: notice.key,
    kind: notice.kind,
    at: notice.at,
    team: notice.team,
    service: "service" in notice ? notice.service : null,
    slo: "slo" in notice ? notice.slo : null,
    urgent: isUrgent(notice),
    notice,
  };
}

/** One delivery for each receiver of its team, or of all teams, that asked for this kind. */
async function addressTo(db: Db, ids: readonly number[]): Promise<void> {
  await db.execute(
    sql`insert into notice_deliveries (notice_id, receiver_id, next_at)
      select n.id, r.id, n.at from notices n
      join receivers r on r.removed_at is null and r.disabled_at is null
        and (r.team = n.team or r.team is null and n.notice->>'forTeamOnly' is null)
        and (cardinality(r.kinds) = 0 or n.kind = any(r.kinds))
      where n.id = any(${bigints(ids)})
      order by n.id`,
  );
}
