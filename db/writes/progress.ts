import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { bigints, floats, ints } from "#db/params.ts";
import { rowsOf } from "#db/rows.ts";
import type { Revision } from "#db/writes/revision.ts";
import { recedes } from "#lib/slo/progress.ts";

/** Writes how far each SLI is known, after its totals; gives the revisions as they were written. */
export async function saveProgress(db: Db, revisions: readonly Revision[]): Promise<Revision[]> {
  const settled = await withCoverageFromRows(db, revisions);
  const column = <K extends keyof Revision["after"]>(name: K) => settled.map((r) => r.after[name]);
  await db.execute(sql`
    update sli_progress p
    set head_at = n.head_at, tail_at = n.tail_at, backfilled_at = n.backfilled_at,
      first_covered_at = n.first_covered_at, last_covered_at = n.last_covered_at,
      reread_at = n.reread_at, trailing_max = n.trailing_max, error = null, error_since = null
    from unnest(
      ${ints(settled.map((r) => r.sliId))}, ${bigints(column("headAt"))},
      ${bigints(column("tailAt"))}, ${bigints(column("backfilledAt"))},
      ${bigints(column("firstCoveredAt"))}, ${bigints(column("lastCoveredAt"))},
      ${bigints(column("rereadAt"))}, ${floats(column("trailingMax"))}
    ) n (sli_id, head_at, tail_at, backfilled_at, first_covered_at, last_covered_at, reread_at, trailing_max)
    where p.sli_id = n.sli_id`);
  return settled;
}

interface CoverageRow {
  readonly sliId: number;
  readonly firstCoveredAt: number | null;
  readonly lastCoveredAt: number | null;
}

/** Where a fact has taken covered minutes away, the rows that are left say which are first and last. */
async function withCoverageFromRows(db: Db, revisions: readonly Revision[]): Promise<Revision[]> {
  const receding = revisions.filter(({ before, fact }) => recedes(before, fact));
  if (receding.length === 0) return [...revisions];
  const rows = await rowsOf<CoverageRow>(db, coverageOf(receding.map(({ sliId }) => sliId)));
  const found = new Map(rows.map(({ sliId, ...coverage }) => [sliId, coverage]));
  return revisions.map((r) => ({ ...r, after: { ...r.after, ...found.get(r.sliId) } }));
}

/** Every row but the first (the anchor) ends a covered stretch whose minutes `covered` counts. */
function coverageOf(sliIds: readonly number[]) {
  return sql`
    select i.sli_id as "sliId",
      (select b.at - ((b.covered - a.covered) * 60000)::bigint
        from sli_totals a, sli_totals b
        where a.sli_id = i.sli_id and b.sli_id = i.sli_id and b.at > a.at
        order by a.at, b.at limit 1) as "firstCoveredAt",
      (select max(t.at) from sli_totals t where t.sli_id = i.sli_id
        having count(*) > 1) as "lastCoveredAt"
    from unnest(${ints(sliIds)}) i (sli_id)`;
}
