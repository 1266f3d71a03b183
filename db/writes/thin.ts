import { asc, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { ints } from "#db/params.ts";
import { rowsOf } from "#db/rows.ts";
import { sliProgress, thinning } from "#db/schema/index.ts";
import { RESOLUTIONS } from "#lib/slo/resolution.ts";
import { DAY, HOUR } from "#lib/time/duration.ts";

/** SLIs and time of one statement: about 70,000 rows of minutes, some tenths of a second. */
const SLIS_AT_ONCE = 50;
const TIME_AT_ONCE = DAY;
/** Around each burn alert every row stays: that is where people look. */
const BEFORE_ALERT = 6 * HOUR;
const AFTER_ALERT = 2 * HOUR;

/** Rows in `(from, to]` that are followed by another of the same cell of `stepMs` go; null: of the same band. */
interface Band {
  readonly from: number;
  readonly to: number;
  readonly stepMs: number | null;
}

/**
 * Deletes rows that are finer than what is kept at their age (epoch ms `now`), in bounded steps;
 * gives how many. Sums between rows that stay do not change: the last row of each cell stays, so do
 * the first of each SLI and those that alerts and transitions of its SLOs point at.
 */
export async function thin(db: Db, now: number): Promise<number> {
  const slis = await db
    .select({ id: sliProgress.sliId, tailAt: sliProgress.tailAt })
    .from(sliProgress)
    .orderBy(asc(sliProgress.sliId));
  const oldest = Math.min(...slis.flatMap(({ tailAt }) => tailAt ?? []));
  if (!Number.isFinite(oldest)) return 0;
  const ids = slis.map(({ id }) => id);
  let gone = 0;
  for (const [i, { maxAgeMs }] of RESOLUTIONS.entries()) {
    const stepMs = RESOLUTIONS[i + 1]?.stepMs ?? null;
    const to = Math.floor((now - maxAgeMs) / HOUR) * HOUR;
    gone +=
      stepMs === null
        ? await thinBand(db, ids, { from: oldest - 1, to, stepMs }, now)
        : await thinOnwards(db, ids, { from: oldest, to, stepMs }, now);
  }
  return gone;
}

/** Goes on from where the last run ended, a day at a time. */
async function thinOnwards(
  db: Db,
  ids: readonly number[],
  band: Band & { readonly stepMs: number },
  now: number,
): Promise<number> {
  const { to, stepMs } = band;
  const [done] = await db.select().from(thinning).where(sql`step_ms = ${stepMs}`);
  let from = done?.doneTo ?? Math.floor(band.from / DAY) * DAY;
  let gone = 0;
  while (from < to) {
    const end = Math.min(to, from + TIME_AT_ONCE);
    gone += await thinBand(db, ids, { from, to: end, stepMs }, now);
    await db
      .insert(thinning)
      .values({ stepMs, doneTo: end })
      .onConflictDoUpdate({ target: thinning.stepMs, set: { doneTo: end } });
    from = end;
  }
  return gone;
}

async function thinBand(db: Db, ids: readonly number[], band: Band, now: number): Promise<number> {
  let gone = 0;
  for (let i = 0; i < ids.length; i += SLIS_AT_ONCE) {
    const statement = deletion(ints(ids.slice(i, i + SLIS_AT_ONCE)), band, now);
    const [row] = await rowsOf<{ gone: number }>(db, statement);
    gone += row?.gone ?? 0;
  }
  return gone;
}

function deletion(ids: SQL, { from, to, stepMs }: Band, now: number): SQL {
  const crowded =
    stepMs === null
      ? sql`true`
      : sql`(r.at - 1) / ${stepMs}::bigint = (r.next - 1) / ${stepMs}::bigint`;
  const notFirst =
    stepMs === null
      ? sql`true`
      : sql`exists (select from sli_totals f where f.sli_id = r.sli_id and f.at < r.at)`;
  return sql`
    with rows as (
      select sli_id, at, lead(at) over (partition by sli_id order by at) as next
      from sli_totals where sli_id = any(${ids}) and at > ${from}::bigint and at <= ${to}::bigint
    ), alerts as (
      select v.sli_id, b.started_at - ${BEFORE_ALERT}::bigint as from_at,
        coalesce(b.ended_at, ${now}::bigint) + ${AFTER_ALERT}::bigint as to_at
      from burn_alerts b join slo_versions v on v.slo_id = b.slo_id where v.sli_id = any(${ids})
    ), moments as (
      select v.sli_id, p.at
      from policy_transitions p join slo_versions v on v.slo_id = p.slo_id
      where v.sli_id = any(${ids})
    ), gone as (
      delete from sli_totals t using rows r
      where t.sli_id = r.sli_id and t.at = r.at and r.next is not null and ${crowded} and ${notFirst}
        and not exists (select from alerts a
          where a.sli_id = r.sli_id and r.at between a.from_at and a.to_at)
        and not exists (select from moments m
          where m.sli_id = r.sli_id and m.at >= r.at and m.at < r.next)
      returning 1
    ) select count(*)::int as gone from gone`;
}
