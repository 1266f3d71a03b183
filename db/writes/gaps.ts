import { inArray, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { bigints, ints } from "#db/params.ts";
import { rowsOf } from "#db/rows.ts";
import { sliGaps } from "#db/schema/index.ts";
import type { Revision } from "#db/writes/revision.ts";
import { type Gap, gapsAfter } from "#lib/slo/gaps.ts";

type StoredGap = Gap & { readonly id: number; readonly sliId: number };

/** Brings the gaps of each SLI up to date with its fact (lib/slo/gaps.ts). */
export async function reviseGaps(
  db: Db,
  revisions: readonly Revision[],
  now: number,
): Promise<void> {
  const stored = Map.groupBy(await readTouching(db, revisions), ({ sliId }) => sliId);
  const gone: number[] = [];
  const found: (Gap & { sliId: number })[] = [];
  for (const { sliId, fact, before, after } of revisions) {
    const known = stored.get(sliId) ?? [];
    const gaps = gapsAfter(known, fact, { before, after, now });
    if (isSame(gaps, known)) continue;
    gone.push(...known.map(({ id }) => id));
    found.push(...gaps.map((gap) => ({ ...plain(gap), sliId })));
  }
  if (gone.length > 0) await db.delete(sliGaps).where(inArray(sliGaps.id, gone));
  if (found.length > 0) await db.insert(sliGaps).values(found);
}

function isSame(a: readonly Gap[], b: readonly Gap[]): boolean {
  return JSON.stringify(a.map(plain)) === JSON.stringify(b.map(plain));
}

function plain({ fromAt, toAt, state, foundAt, closedAt }: Gap): Gap {
  return { state, fromAt, toAt, foundAt, closedAt };
}

/** Gaps that overlap or touch a fact's span, oldest first. */
function readTouching(db: Db, revisions: readonly Revision[]): Promise<StoredGap[]> {
  return rowsOf<StoredGap>(
    db,
    sql`
    select g.id, g.sli_id as "sliId", g.from_at as "fromAt", g.to_at as "toAt", g.state,
      g.found_at as "foundAt", g.closed_at as "closedAt"
    from sli_gaps g
    join unnest(
      ${ints(revisions.map((r) => r.sliId))}, ${bigints(revisions.map((r) => r.fact.from))},
      ${bigints(revisions.map((r) => r.fact.to))}
    ) f (sli_id, from_at, to_at)
      on g.sli_id = f.sli_id and g.to_at >= f.from_at and g.from_at <= f.to_at
    order by g.from_at, g.id`,
  );
}
