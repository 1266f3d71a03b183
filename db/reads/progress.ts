import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { rowsOf } from "#db/rows.ts";
import type { SliProgress } from "#lib/slo/progress.ts";
import type { CountedSli } from "#lib/spec/model.ts";

/** How far an SLI in force is known, with its gaps that are still to be asked for, ascending. */
export interface SliToCollect extends SliProgress {
  readonly sliId: number;
  readonly key: string;
  readonly definition: CountedSli;
  /** The server would not evaluate its query when it was last asked. */
  readonly refused: boolean;
  readonly gaps: readonly { readonly fromAt: number; readonly toAt: number }[];
}

/** What the collection of one source is planned from: every SLI that an SLO in force uses; by id. */
export function readProgress(db: Db, source: string): Promise<SliToCollect[]> {
  return rowsOf<SliToCollect>(
    db,
    sql`
    select s.id as "sliId", s.key, s.definition,
      p.head_at as "headAt", p.tail_at as "tailAt",
      p.backfill_from as "backfillFrom", p.backfilled_at as "backfilledAt",
      p.first_covered_at as "firstCoveredAt", p.last_covered_at as "lastCoveredAt",
      p.reread_at as "rereadAt", p.trailing_max as "trailingMax",
      p.error is not null as refused,
      coalesce(g.gaps, '[]'::json) as gaps
    from slis s
    left join sli_progress p on p.sli_id = s.id
    left join (
      select sli_id, json_agg(json_build_object('fromAt', from_at, 'toAt', to_at) order by from_at) as gaps
      from sli_gaps where state = 'open' group by sli_id
    ) g on g.sli_id = s.id
    where s.source = ${source} and exists (
      select from slos o join slo_versions v on v.slo_id = o.id and v.version = o.version
      where v.sli_id = s.id and o.retired_at is null)
    order by s.id`,
  );
}
