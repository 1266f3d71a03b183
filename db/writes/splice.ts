import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { bigints, floats, ints } from "#db/params.ts";
import { tuplesOf } from "#db/rows.ts";
import type { Revision } from "#db/writes/revision.ts";
import { type Splice, type StoredRows, splice } from "#lib/slo/splice.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";

/** Rows of one statement: beyond that, parameters get too large to be quick. */
const AT_ONCE = 20_000;

/** Replaces the span of each fact in its SLI's running totals (lib/slo/splice.ts); each SLI once. */
export async function spliceTotals(db: Db, revisions: readonly Revision[]): Promise<void> {
  const stored = await readAround(db, revisions);
  const splices = revisions.map(({ sliId, fact }, i) => ({
    sliId,
    to: fact.to,
    ...splice(fact, stored[i] as StoredRows),
  }));
  await dropRows(db, splices);
  await shiftRows(db, splices);
  await putRows(db, splices);
}

/** For each fact the row before its span, those inside and the one after. */
async function readAround(db: Db, revisions: readonly Revision[]): Promise<StoredRows[]> {
  const spans = sql`unnest(
    ${ints(revisions.map(({ sliId }) => sliId))},
    ${bigints(revisions.map(({ fact }) => fact.from))},
    ${bigints(revisions.map(({ fact }) => fact.to))}
  ) with ordinality as f (sli_id, from_at, to_at, n)`;
  const columns = sql`t.at, t.good, t.total, t.covered`;
  const tuples = await tuplesOf<[number, number, number, number, number]>(
    db,
    sql`
    select json_build_array(f.n - 1, r.at, r.good, r.total, r.covered) as tuple from ${spans} cross join lateral (
      (select ${columns} from sli_totals t
        where t.sli_id = f.sli_id and t.at <= f.from_at order by t.at desc limit 1)
      union all
      (select ${columns} from sli_totals t
        where t.sli_id = f.sli_id and t.at > f.from_at and t.at <= f.to_at)
      union all
      (select ${columns} from sli_totals t
        where t.sli_id = f.sli_id and t.at > f.to_at order by t.at limit 1)
    ) r`,
  );
  const found = Map.groupBy(tuples, ([i]) => i);
  return revisions.map(({ fact }, i) => aroundSpan((found.get(i) ?? []).map(toRow), fact));
}

function toRow([, at, good, total, covered]: [number, number, number, number, number]): TotalsRow {
  return { at, good, total, covered };
}

function aroundSpan(rows: readonly TotalsRow[], span: { from: number; to: number }): StoredRows {
  return {
    before: rows.find(({ at }) => at <= span.from) ?? null,
    inside: rows.filter(({ at }) => at > span.from && at <= span.to).sort((a, b) => a.at - b.at),
    after: rows.find(({ at }) => at > span.to) ?? null,
  };
}

type SliSplice = Splice & { readonly sliId: number; readonly to: number };

async function dropRows(db: Db, splices: readonly SliSplice[]): Promise<void> {
  const rows = splices.flatMap(({ sliId, drop }) => drop.map((at) => ({ sliId, at })));
  if (rows.length === 0) return;
  await db.execute(sql`
    delete from sli_totals t
    using unnest(${ints(rows.map((r) => r.sliId))}, ${bigints(rows.map((r) => r.at))}) d (sli_id, at)
    where t.sli_id = d.sli_id and t.at = d.at`);
}

async function shiftRows(db: Db, splices: readonly SliSplice[]): Promise<void> {
  const shifts = splices.flatMap(({ sliId, to, shift }) =>
    shift ? [{ sliId, to, ...shift }] : [],
  );
  if (shifts.length === 0) return;
  await db.execute(sql`
    update sli_totals t
    set good = t.good + d.good, total = t.total + d.total, covered = t.covered + d.covered
    from unnest(
      ${ints(shifts.map((s) => s.sliId))}, ${bigints(shifts.map((s) => s.to))},
      ${floats(shifts.map((s) => s.good))}, ${floats(shifts.map((s) => s.total))},
      ${floats(shifts.map((s) => s.covered))}
    ) d (sli_id, to_at, good, total, covered)
    where t.sli_id = d.sli_id and t.at > d.to_at`);
}

async function putRows(db: Db, splices: readonly SliSplice[]): Promise<void> {
  const rows = splices.flatMap(({ sliId, put }) => put.map((row) => ({ sliId, ...row })));
  for (let i = 0; i < rows.length; i += AT_ONCE) {
    const part = rows.slice(i, i + AT_ONCE);
    await db.execute(sql`
      insert into sli_totals (sli_id, at, good, total, covered)
      select * from unnest(
        ${ints(part.map((r) => r.sliId))}, ${bigints(part.map((r) => r.at))},
        ${floats(part.map((r) => r.good))}, ${floats(part.map((r) => r.total))},
        ${floats(part.map((r) => r.covered))})
      on conflict (sli_id, at) do update
      set good = excluded.good, total = excluded.total, covered = excluded.covered`);
  }
}
