import { sql } from "drizzle-orm";
import { fill } from "#bench/storage/fill.ts";
import type { Store } from "#db/client.ts";
import { DAY, floorMinute, HOUR, MINUTE } from "#lib/time/duration.ts";

/** As it is kept, by age: minutes of 4 days, five minutes of 35, hours of the rest. */
const KEPT = [
  { oldest: 4 * DAY, newest: 0, stepMs: MINUTE },
  { oldest: 35 * DAY, newest: 4 * DAY, stepMs: 5 * MINUTE },
  { oldest: 60 * DAY, newest: 35 * DAY, stepMs: HOUR },
];

/**
 * `count` SLOs with an evaluation of this minute, so that no page says that it is stale; `slo-0` has
 * every row that a 30-day chart reads.
 */
export async function fillForPages(store: Store, count: number): Promise<void> {
  const end = floorMinute(Date.now());
  await fill(store, count, end);
  const ofFirst = sql`(select id from slis where key = 'bench-0')`;
  await store.db.execute(sql`delete from sli_totals where sli_id = ${ofFirst}`);
  for (const { oldest, newest, stepMs } of KEPT) {
    await store.db.execute(sql`
      insert into sli_totals (sli_id, at, good, total, covered)
      select ${ofFirst}, at, m * (598 - sin(m / 700)), m * 600, m
      from (
        select at, ((at - ${end - 60 * DAY}::bigint) / ${MINUTE}::bigint)::float8 as m
        from generate_series(${end - oldest + stepMs}::bigint, ${end - newest}::bigint, ${stepMs}::bigint) at
      ) minutes`);
  }
}
