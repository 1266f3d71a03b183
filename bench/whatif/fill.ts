import { sql } from "drizzle-orm";
import type { Store } from "#db/client.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** As it is kept, by age: minutes of 4 days, five minutes of 35, hours of 400. */
const KEPT = [
  { oldest: 4 * DAY, newest: 0, stepMs: MINUTE },
  { oldest: 35 * DAY, newest: 4 * DAY, stepMs: 5 * MINUTE },
  { oldest: 400 * DAY, newest: 35 * DAY, stepMs: HOUR },
];
/** A quarter of an hour of it in each so many minutes, most of it fails. */
const TROUBLE_EVERY = 3 * 1440;

/** Every row that is kept of 400 days of `slo-0`, with an outage each three days. */
export async function fillHistory({ db }: Store, end: number): Promise<void> {
  const first = end - 400 * DAY;
  const sli = sql`(select id from slis where key = 'bench-0')`;
  await db.execute(sql`delete from sli_totals where sli_id = ${sli}`);
  for (const { oldest, newest, stepMs } of KEPT) {
    await db.execute(sql`
      insert into sli_totals (sli_id, at, good, total, covered)
      select ${sli}, at, m * 599.9 - 500 * (
        15 * floor(m / ${TROUBLE_EVERY}) + least(15, mod(m, ${TROUBLE_EVERY}))), m * 600, m
      from (
        select at, ((at - ${first}::bigint) / ${MINUTE}::bigint) as m
        from generate_series(${end - oldest + stepMs}::bigint, ${end - newest}::bigint, ${stepMs}::bigint) at
      ) minutes`);
  }
  await db.execute(
    sql`update sli_progress set first_covered_at = ${first}::bigint where sli_id = ${sli}`,
  );
}

/** The next minute of `slo-0` has come and been evaluated. */
export async function passMinute({ db }: Store): Promise<void> {
  const sli = sql`(select id from slis where key = 'bench-0')`;
  await db.execute(sql`
    with newest as (select * from sli_totals where sli_id = ${sli} order by at desc limit 1),
      next as (insert into sli_totals (sli_id, at, good, total, covered)
        select sli_id, at + ${MINUTE}::bigint, good + 599.9, total + 600, covered + 1 from newest
        returning at)
    update slo_readings r set status = jsonb_set(r.status::jsonb, '{asOf}', to_jsonb(
      to_char(to_timestamp(next.at / 1000) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
    from next where r.slo_id = (select id from slos where name = 'slo-0')`);
}
