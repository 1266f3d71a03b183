import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { bigints } from "#db/params.ts";
import type { Range } from "#db/reads/history.ts";
import { tuplesOf } from "#db/rows.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";

/**
 * The running totals of one SLI in several stretches `[from, to]` (epoch ms), ascending, each with the
 * row at or before its start. Stretches may overlap; each row comes once.
 */
export async function readStretches(
  db: Db,
  sliId: number,
  stretches: readonly Range[],
): Promise<TotalsRow[]> {
  if (stretches.length === 0) return [];
  const tuples = await tuplesOf<[number, number, number, number]>(
    db,
    sql`
    select json_build_array(at, good, total, covered) as tuple from (
      select distinct t.at, t.good, t.total, t.covered
      from unnest(
        ${bigints(stretches.map((s) => s.from))}, ${bigints(stretches.map((s) => s.to))}
      ) as s (start_at, end_at)
      cross join lateral (
        select u.at, u.good, u.total, u.covered from sli_totals u
        where u.sli_id = ${sliId} and u.at <= s.end_at and u.at >= coalesce(
          (select b.at from sli_totals b where b.sli_id = ${sliId} and b.at <= s.start_at
            order by b.at desc limit 1), s.start_at)
      ) t
      order by t.at
    ) as found`,
  );
  return tuples.map(([at, good, total, covered]) => ({ at, good, total, covered }));
}
