import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { tuplesOf } from "#db/rows.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";

/**
 * The running totals of one SLI in `[from, to]` (epoch ms), ascending, with the row at or before
 * `from`, so that counts from there on can be had.
 */
export async function readTotals(
  db: Db,
  sliId: number,
  from: number,
  to: number,
): Promise<TotalsRow[]> {
  const tuples = await tuplesOf<[number, number, number, number]>(
    db,
    sql`
    select json_build_array(at, good, total, covered) as tuple from sli_totals
    where sli_id = ${sliId} and at <= ${to} and at >= coalesce(
      (select b.at from sli_totals b where b.sli_id = ${sliId} and b.at <= ${from}
        order by b.at desc limit 1), ${from})
    order by at`,
  );
  return tuples.map(([at, good, total, covered]) => ({ at, good, total, covered }));
}
