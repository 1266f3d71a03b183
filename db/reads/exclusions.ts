import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { rowsOf, tuplesOf } from "#db/rows.ts";
import { exclusionSpans, exclusions } from "#db/schema/index.ts";
import { type ExcludedSpan, mergeSpans } from "#lib/slo/excluded.ts";

/**
 * Every SLO under its name and its earlier ones, so that what was left out stays so after a rename. A
 * name that another SLO has today is that one's alone. An instance of a grouped SLO also goes by the
 * name of that SLO, which is what stands before the "@".
 */
export const namedSlos = sql`(
  select named.id, named.service, each.name from (
    select id, service, name from slos
    union all
    select a.slo_id, a.service, a.name from slo_aliases a where not exists (
      select from slos n where n.service = a.service and n.retired_at is null
        and n.name in (a.name, split_part(a.name, '@', 1)))
  ) named, lateral (
    select named.name
    union all
    select split_part(named.name, '@', 1) where strpos(named.name, '@') > 0
  ) each)`;

/** Where the newest definition of an SLO (`o.id`) leaves experiments out. */
const excludesExperiments = sql`exists (
  select from slos n join slo_versions v on v.slo_id = n.id and v.version = n.version
  where n.id = o.id and v.definition -> 'clauses' ->> 'experiments' = 'exclude')`;

/** Whether the policy of some SLO in force, among these of a service, leaves experiments out. */
export async function anyExcludesExperiments(
  db: Db,
  { service, slo }: { readonly service: string; readonly slo: string | null },
): Promise<boolean> {
  const rows = await rowsOf<{ id: number }>(
    db,
    sql`
    select o.id from ${namedSlos} o join slos r on r.id = o.id and r.retired_at is null
    where o.service = ${service} and (${slo}::text is null or o.name = ${slo}::text)
      and ${excludesExperiments} limit 1`,
  );
  return rows.length > 0;
}

export interface SpansAsk {
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly sloId?: number;
}

/**
 * What does not count of each SLO in `[from, to)`, merged, by SLO id; an SLO without any is not in
 * it. What still runs is excluded up to `to`.
 */
export async function readExcludedSpans(
  db: Db,
  { from, to, sloId }: SpansAsk,
): Promise<ReadonlyMap<number, readonly ExcludedSpan[]>> {
  const one = sloId === undefined ? sql`` : sql`and o.id = ${sloId}`;
  const tuples = await tuplesOf<[number, number, number]>(
    db,
    sql`
    select json_build_array(o.id, s.from_at, coalesce(s.to_at, ${to}::bigint)) as tuple
    from exclusion_spans s
    join exclusions e on e.id = s.exclusion_id and e.cancelled_at is null
    join ${namedSlos} o on o.service = e.service and (e.slo is null or e.slo = o.name) ${one}
    where (e.excluded or (e.timeliness = 'in-time' and ${excludesExperiments})) and s.from_at < ${to}::bigint and coalesce(s.to_at, ${to}::bigint) > ${from}::bigint`,
  );
  const spans = new Map<number, ExcludedSpan[]>();
  for (const [id, start, end] of tuples) {
    spans.set(id, [...(spans.get(id) ?? []), { from: start, to: end }]);
  }
  return new Map([...spans].map(([id, own]) => [id, mergeSpans(own)]));
}

/** When an exclusion of each SLO was last added, changed or taken back since `since` (epoch ms). */
export async function readExclusionChanges(
  db: Db,
  since: number,
): Promise<ReadonlyMap<number, number>> {
  const tuples = await tuplesOf<[number, number]>(
    db,
    sql`
    select json_build_array(o.id, max(e.updated_at)) as tuple
    from exclusions e join ${namedSlos} o on o.service = e.service and (e.slo is null or e.slo = o.name)
    where e.updated_at >= ${since}::bigint group by o.id`,
  );
  return new Map(tuples);
}

export type ExclusionRecord = typeof exclusions.$inferSelect;

/** An exclusion in force and when it was or will be, within what was asked for. */
export interface ExclusionWithSpans extends ExclusionRecord {
  /** In order; `to` is null while it runs. Epoch ms. */
  readonly spans: readonly { readonly from: number; readonly to: number | null }[];
}

export interface ExclusionsAsk {
  readonly service?: string | undefined;
  /** Also those of its whole service. */
  readonly slo?: string | undefined;
  /** Those that lie in `[from, to)` with some part, epoch ms; absent `to`: all that are to come. */
  readonly from: number;
  readonly to?: number | undefined;
  readonly limit: number;
}

/** Exclusions in force, those that began last first; each with its first 1,000 times. */
export async function readExclusions(
  db: Db,
  { from, to, limit, ...about }: ExclusionsAsk,
): Promise<ExclusionWithSpans[]> {
  const s = exclusionSpans;
  const touches = sql`(${s.toAt} is null or ${s.toAt} > ${from}::bigint)
    and (${to ?? null}::bigint is null or ${s.fromAt} < ${to ?? null}::bigint)`;
  const rows = await db
    .select()
    .from(exclusions)
    .where(
      and(
        isNull(exclusions.cancelledAt),
        await aboutOf(db, about),
        sql`exists (select 1 from ${s} where ${s.exclusionId} = ${exclusions.id} and ${touches})`,
      ),
    )
    .orderBy(desc(exclusions.startsAt), desc(exclusions.id))
    .limit(limit);
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const spans = await db
    .select()
    .from(s)
    .where(and(inArray(s.exclusionId, ids), touches))
    .orderBy(asc(s.fromAt));
  const byId = Map.groupBy(spans, ({ exclusionId }) => exclusionId);
  return rows.map((row) => {
    const own = (byId.get(row.id) ?? []).slice(0, MOST_SPANS);
    return { ...row, spans: own.map(({ fromAt, toAt }) => ({ from: fromAt, to: toAt })) };
  });
}

const MOST_SPANS = 1_000;

/** An SLO has also those that were told under an earlier name of it, or of its group. */
async function aboutOf(db: Db, { service, slo }: Pick<ExclusionsAsk, "service" | "slo">) {
  const { service: ofService, slo: ofSlo } = exclusions;
  const isOfService = service === undefined ? undefined : eq(ofService, service);
  if (slo === undefined) return isOfService;
  const isOfSlo = and(isOfService, or(isNull(ofSlo), eq(ofSlo, slo)));
  if (service === undefined) return isOfSlo;
  const others = await rowsOf<{ service: string; name: string }>(
    db,
    sql`select distinct o.service, o.name from ${namedSlos} o join slos n on n.id = o.id
      where n.service = ${service} and n.name = ${slo}`,
  );
  const isOfOther = others.map((other) =>
    and(eq(ofService, other.service), or(isNull(ofSlo), eq(ofSlo, other.name))),
  );
  return or(isOfSlo, ...isOfOther);
}

/** One exclusion, in force or cancelled; null when there is none. */
export async function readExclusion(db: Db, id: number): Promise<ExclusionRecord | null> {
  const [row] = await db.select().from(exclusions).where(eq(exclusions.id, id));
  return row ?? null;
}
