import { asc, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { bigints, ints } from "#db/params.ts";
import { namedSlos } from "#db/reads/exclusions.ts";
import type { Edge } from "#db/reads/windows.ts";
import { rowsOf } from "#db/rows.ts";
import { sliProgress, sloVersions, thinning } from "#db/schema/index.ts";
import { type Period, periodStarts } from "#lib/slo/period.ts";
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

/** What is thinned, and which times must stay as they are. */
interface Thinned {
  readonly ids: readonly number[];
  readonly kept: readonly Edge[];
  readonly now: number;
}

/**
 * Deletes rows that are finer than what is kept at their age (epoch ms `now`), in bounded steps;
 * gives how many. Sums between rows that stay do not change: the last row of each cell stays, so do
 * the first of each SLI and those that alerts, transitions, exclusions and
 * calendar periods of its SLOs point at.
 */
export async function thin(db: Db, now: number): Promise<number> {
  const slis = await db
    .select({ id: sliProgress.sliId, tailAt: sliProgress.tailAt })
    .from(sliProgress)
    .orderBy(asc(sliProgress.sliId));
  const oldest = Math.min(...slis.flatMap(({ tailAt }) => tailAt ?? []));
  if (!Number.isFinite(oldest)) return 0;
  const kept = await readPeriodStarts(db, { from: oldest, to: now });
  const of = { ids: slis.map(({ id }) => id), kept, now };
  let gone = 0;
  for (const [i, { maxAgeMs }] of RESOLUTIONS.entries()) {
    const stepMs = RESOLUTIONS[i + 1]?.stepMs ?? null;
    const to = Math.floor((now - maxAgeMs) / HOUR) * HOUR;
    gone +=
      stepMs === null
        ? await thinBand(db, of, { from: oldest - 1, to, stepMs })
        : await thinOnwards(db, of, { from: oldest, to, stepMs });
  }
  return gone;
}

/** Where calendar periods of SLOs begin: nothing may blur what was counted in one, in any zone. */
async function readPeriodStarts(db: Db, span: Period): Promise<Edge[]> {
  const rows = await db
    .select({ sliId: sloVersions.sliId, definition: sloVersions.definition })
    .from(sloVersions)
    .where(sql`${sloVersions.definition} -> 'window' ->> 'kind' = 'calendar'`);
  return rows.flatMap(({ sliId, definition: { window } }) =>
    periodStarts(window, span).map((at) => ({ sliId, at })),
  );
}

/** Goes on from where the last run ended, a day at a time. */
async function thinOnwards(
  db: Db,
  of: Thinned,
  band: Band & { readonly stepMs: number },
): Promise<number> {
  const { to, stepMs } = band;
  const [done] = await db.select().from(thinning).where(sql`step_ms = ${stepMs}`);
  let from = done?.doneTo ?? Math.floor(band.from / DAY) * DAY;
  let gone = 0;
  while (from < to) {
    const end = Math.min(to, from + TIME_AT_ONCE);
    gone += await thinBand(db, of, { from, to: end, stepMs });
    await db
      .insert(thinning)
      .values({ stepMs, doneTo: end })
      .onConflictDoUpdate({ target: thinning.stepMs, set: { doneTo: end } });
    from = end;
  }
  return gone;
}

async function thinBand(db: Db, of: Thinned, band: Band): Promise<number> {
  let gone = 0;
  for (let i = 0; i < of.ids.length; i += SLIS_AT_ONCE) {
    const ids = of.ids.slice(i, i + SLIS_AT_ONCE);
    const statement = deletion({ ...of, ids }, band);
    const [row] = await rowsOf<{ gone: number }>(db, statement);
    gone += row?.gone ?? 0;
  }
  return gone;
}

function deletion(of: Thinned, { from, to, stepMs }: Band): SQL {
  const { now } = of;
  const ids = ints(of.ids);
  const kept = of.kept.filter((edge) => of.ids.includes(edge.sliId));
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
      union
      select v.sli_id, unnest(array[s.from_at, s.to_at])
      from exclusion_spans s join exclusions e on e.id = s.exclusion_id
      join ${namedSlos} o on o.service = e.service and (e.slo is null or e.slo = o.name)
      join slo_versions v on v.slo_id = o.id
      where v.sli_id = any(${ids}) and s.from_at <= ${now}::bigint
      union
      select * from unnest(${ints(kept.map((e) => e.sliId))}, ${bigints(kept.map((e) => e.at))})
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
