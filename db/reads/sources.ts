import { and, asc, desc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { rowsOf } from "#db/rows.ts";
import { documents, sliGaps, sliSuspects, slis, sources } from "#db/schema/index.ts";

export type SourceRow = typeof sources.$inferSelect;
export type DocumentRecord = typeof documents.$inferSelect;

/** A source with what is known of its SLIs in force. */
export interface SourceOverview extends SourceRow {
  readonly slis: number;
  /** Exclusive end of the newest minute that has data, epoch ms. */
  readonly watermark: number | null;
  /** Minutes of first history fetched and wanted, over all its SLIs. */
  readonly backfillDone: number;
  readonly backfillOf: number;
  /** SLIs whose query it refuses. */
  readonly refused: number;
}

interface Sums {
  readonly source: string;
  readonly slis: number;
  readonly watermark: number | null;
  readonly backfillDone: number;
  readonly backfillOf: number;
  readonly refused: number;
}

const NO_SLIS = { slis: 0, watermark: null, backfillDone: 0, backfillOf: 0, refused: 0 };

/** Every configured source and our own check, by name. */
export async function readSources(db: Db): Promise<SourceOverview[]> {
  const rows = await db
    .select()
    .from(sources)
    .where(isNull(sources.removedAt))
    .orderBy(asc(sources.name));
  const sums = new Map((await readSums(db)).map(({ source, ...sum }) => [source, sum]));
  return rows.map((row) => ({ ...row, ...(sums.get(row.name) ?? NO_SLIS) }));
}

/** A first backfill goes from the head down; what was never asked counts as nothing done. */
function readSums(db: Db): Promise<Sums[]> {
  const wanted = sql`(p.head_at - p.backfill_from)`;
  const left = sql`greatest(0, p.tail_at - p.backfill_from)`;
  return rowsOf<Sums>(
    db,
    sql`
    select s.source, count(*)::int as slis, max(p.last_covered_at) as watermark,
      (coalesce(sum(${wanted} - ${left}), 0) / 60000)::float8 as "backfillDone",
      (coalesce(sum(${wanted}), 0) / 60000)::float8 as "backfillOf",
      count(p.error)::int as refused
    from slis s join sli_progress p on p.sli_id = s.id
    where exists (
      select from slos o join slo_versions v on v.slo_id = o.id and v.version = o.version
      where v.sli_id = s.id and o.retired_at is null)
    group by s.source`,
  );
}

/** One source as it last answered; null before it was ever asked. */
export async function readSourceRow(db: Db, name: string): Promise<SourceRow | null> {
  const [row] = await db.select().from(sources).where(eq(sources.name, name));
  return row ?? null;
}

/** Every document that is there, by path. */
export function readDocuments(db: Db): Promise<DocumentRecord[]> {
  return db
    .select()
    .from(documents)
    .where(isNull(documents.removedAt))
    .orderBy(asc(documents.path));
}

export interface SourceGap {
  readonly sliId: number;
  readonly fromAt: number;
  readonly toAt: number;
  readonly state: (typeof sliGaps.$inferSelect)["state"];
  readonly foundAt: number;
  readonly closedAt: number | null;
}

/** The newest gaps of a source's SLIs. */
export function readGaps(db: Db, source: string, limit: number): Promise<SourceGap[]> {
  return db
    .select({
      sliId: sliGaps.sliId,
      fromAt: sliGaps.fromAt,
      toAt: sliGaps.toAt,
      state: sliGaps.state,
      foundAt: sliGaps.foundAt,
      closedAt: sliGaps.closedAt,
    })
    .from(sliGaps)
    .innerJoin(slis, and(eq(slis.id, sliGaps.sliId), eq(slis.source, source)))
    .orderBy(desc(sliGaps.fromAt), asc(sliGaps.sliId))
    .limit(limit);
}

export type SuspectRow = typeof sliSuspects.$inferSelect;

/** The newest suspect buckets of a source's SLIs. */
export async function readSuspects(db: Db, source: string, limit: number): Promise<SuspectRow[]> {
  const rows = await db
    .select({ suspect: sliSuspects })
    .from(sliSuspects)
    .innerJoin(slis, and(eq(slis.id, sliSuspects.sliId), eq(slis.source, source)))
    .orderBy(desc(sliSuspects.at), asc(sliSuspects.sliId))
    .limit(limit);
  return rows.map(({ suspect }) => suspect);
}
