import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { bigints, ints } from "#db/params.ts";
import { tuplesOf } from "#db/rows.ts";
import { clipSpans, type ExcludedSpan, withoutParts } from "#lib/slo/excluded.ts";
import { between, type Counts, type TotalsRow } from "#lib/slo/totals.ts";

export interface WindowRequest {
  readonly sliId: number;
  readonly windowsMs: readonly number[];
  /** Times that do not count, merged. */
  readonly excluded?: readonly ExcludedSpan[];
}

/** A moment (epoch ms) at which the running totals of an SLI are asked for. */
export interface Edge {
  readonly sliId: number;
  readonly at: number;
}

/**
 * The counts of windows that end at `at` (epoch ms), in the order of the requests and of their
 * windows: the difference of the rows at or before both edges, so a long window costs as much as a
 * short one. A window that begins before the first row uses that row; an SLI without rows has
 * counted nothing.
 */
export async function readWindowCounts(
  db: Db,
  at: number,
  requests: readonly WindowRequest[],
): Promise<readonly (readonly Counts[])[]> {
  const edges = new Map<string, Edge>();
  for (const { sliId, windowsMs, excluded = [] } of requests) {
    const spans = clipSpans(excluded, at - Math.max(0, ...windowsMs), at);
    const starts = windowsMs.map((ms) => at - ms);
    for (const edge of [at, ...starts, ...spans.flatMap(({ from, to }) => [from, to])]) {
      edges.set(keyOf(sliId, edge), { sliId, at: edge });
    }
  }
  const found = await readTotalsAt(db, [...edges.values()]);
  const rows = new Map([...edges.keys()].map((key, i) => [key, found[i] ?? null]));
  const nothing = { at, good: 0, total: 0, covered: 0 };
  return requests.map(({ sliId, windowsMs, excluded = [] }) => {
    const rowAt = (edge: number) => rows.get(keyOf(sliId, edge)) ?? nothing;
    const counts = (from: number, to: number) => between(rowAt(from), rowAt(to));
    return windowsMs.map((ms) => {
      const parts = clipSpans(excluded, at - ms, at).map(({ from, to }) => counts(from, to));
      return withoutParts(counts(at - ms, at), parts);
    });
  });
}

function keyOf(sliId: number, at: number): string {
  return `${sliId} ${at}`;
}

/**
 * The row at or before each edge, or else the SLI's first row, in the order of the edges; null for an
 * SLI without rows. One statement, and a look-up in the index for each edge.
 */
export async function readTotalsAt(
  db: Db,
  edges: readonly Edge[],
): Promise<readonly (TotalsRow | null)[]> {
  if (edges.length === 0) return [];
  const tuples = await tuplesOf<[number, number, number, number, number]>(
    db,
    sql`
    select json_build_array(e.n, r.at, r.good, r.total, r.covered) as tuple from unnest(
      ${ints(edges.map((e) => e.sliId))}, ${bigints(edges.map((e) => e.at))}
    ) with ordinality as e (sli_id, at, n)
    cross join lateral (
      (select t.at, t.good, t.total, t.covered from sli_totals t
        where t.sli_id = e.sli_id and t.at <= e.at order by t.at desc limit 1)
      union all
      (select t.at, t.good, t.total, t.covered from sli_totals t
        where t.sli_id = e.sli_id order by t.at limit 1)
      limit 1
    ) r`,
  );
  const rows: (TotalsRow | null)[] = edges.map(() => null);
  for (const [n, at, good, total, covered] of tuples) rows[n - 1] = { at, good, total, covered };
  return rows;
}
