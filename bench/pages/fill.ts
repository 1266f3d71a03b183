import { sql } from "drizzle-orm";
import { END, fill } from "#bench/storage/fill.ts";
import type { Store } from "#db/client.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** As it is kept: minutes of 4 days, five minutes of 35, hours of the rest. Youngest first. */
const KEPT = [
  { from: END - 4 * DAY, to: END, stepMs: MINUTE },
  { from: END - 35 * DAY, to: END - 4 * DAY, stepMs: 5 * MINUTE },
  { from: END - 60 * DAY, to: END - 35 * DAY, stepMs: HOUR },
];

/** `count` SLOs with their newest evaluation; `slo-0` has every row that a 30-day chart reads. */
export async function fillForPages(store: Store, count: number): Promise<void> {
  await fill(store, count);
  const { db } = store;
  await db.execute(
    sql`delete from sli_totals where sli_id = (select id from slis where key = 'bench-0')`,
  );
  for (const { from, to, stepMs } of KEPT) {
    await db.execute(sql`
      insert into sli_totals (sli_id, at, good, total, covered)
      select s.id, at, m * (598 - sin(m / 700)), m * 600, m
      from slis s, lateral (
        select at, ((at - ${END - 60 * DAY}::bigint) / ${MINUTE}::bigint)::float8 as m
        from generate_series(${from}::bigint, ${to - stepMs}::bigint, ${stepMs}::bigint) at
      ) minutes
      where s.key = 'bench-0'`);
  }
}
