import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { tuplesOf } from "#db/rows.ts";
import { type ExcludedSpan, mergeSpans } from "#lib/slo/excluded.ts";

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
    join slos o on o.service = e.service and (e.slo is null or e.slo = o.name) ${one}
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
    from exclusions e join slos o on o.service = e.service and (e.slo is null or e.slo = o.name)
    where e.updated_at >= ${since}::bigint group by o.id`,
  );
  return new Map(tuples);
}
