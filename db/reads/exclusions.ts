import { and, asc, desc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { tuplesOf } from "#db/rows.ts";
import { exclusionSpans, exclusions } from "#db/schema/index.ts";
import { type ExcludedSpan, mergeSpans } from "#lib/slo/excluded.ts";

/**
 * Every SLO under its name and its earlier ones, so that what was left out stays so after a rename. A
 * name that another SLO has today is that one's alone.
 */
export const namedSlos = sql`(
  select id, service, name from slos
  union all
  select a.slo_id, a.service, a.name from slo_aliases a where not exists (
    select from slos n where n.service = a.service and n.name = a.name and n.retired_at is null))`;

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
    join exclusions e on e.id = s.exclusion_id and e.excluded and e.cancelled_at is null
    join ${namedSlos} o on o.service = e.service and (e.slo is null or e.slo = o.name) ${one}
    where s.from_at < ${to}::bigint and coalesce(s.to_at, ${to}::bigint) > ${from}::bigint`,
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
  { service, slo, from, to, limit }: ExclusionsAsk,
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
        service === undefined ? undefined : eq(exclusions.service, service),
        slo === undefined ? undefined : or(isNull(exclusions.slo), eq(exclusions.slo, slo)),
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

/** One exclusion, in force or cancelled; null when there is none. */
export async function readExclusion(db: Db, id: number): Promise<ExclusionRecord | null> {
  const [row] = await db.select().from(exclusions).where(eq(exclusions.id, id));
  return row ?? null;
}
