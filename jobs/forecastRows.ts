import type { Db } from "#db/client.ts";
import { readTotals } from "#db/reads/totals.ts";
import { readTotalsAt } from "#db/reads/windows.ts";
import { clipSpans, type ExcludedSpan } from "#lib/slo/excluded.ts";
import { closerLook, forecastMoments } from "#lib/slo/forecastMoments.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";

/** SLOs read in one statement, so that others get their turn in between. */
const AT_ONCE = 100;

/** The SLI of an SLO whose forecast needs rows, and its window. */
export interface ForecastAsk {
  readonly sliId: number;
  readonly windowMs: number;
  /** Times that do not count, merged. */
  readonly excluded: readonly ExcludedSpan[];
  /** Since when the budget is exhausted has to be found too: that needs every row. */
  readonly whole: boolean;
}

/**
 * Rows of each window that ends at `at` (epoch ms), few where few will do, and those at the edges of
 * what does not count: as stored, with everything in them.
 */
export async function readForecastRows(
  db: Db,
  at: number,
  asked: readonly ForecastAsk[],
): Promise<ReadonlyMap<ForecastAsk, readonly TotalsRow[]>> {
  const found = new Map<ForecastAsk, readonly TotalsRow[]>();
  for (const ask of asked.filter(({ whole }) => whole)) {
    found.set(ask, await readTotals(db, ask.sliId, at - ask.windowMs, at));
  }
  const thinned = asked.filter(({ whole }) => !whole);
  for (let i = 0; i < thinned.length; i += AT_ONCE) {
    await readThinned(db, at, thinned.slice(i, i + AT_ONCE), found);
  }
  return found;
}

async function readThinned(
  db: Db,
  at: number,
  asked: readonly ForecastAsk[],
  into: Map<ForecastAsk, readonly TotalsRow[]>,
): Promise<void> {
  const edges = asked.flatMap((ask) =>
    momentsOf(ask, at).map((then) => ({ ask, sliId: ask.sliId, at: then })),
  );
  const rows = new Map(asked.map((ask) => [ask, [] as TotalsRow[]]));
  for (const [i, row] of (await readTotalsAt(db, edges)).entries()) {
    const kept = rows.get(edges[i]?.ask as ForecastAsk);
    // Where nothing was stored between two moments, both have the same row.
    if (row && row.at !== kept?.at(-1)?.at) kept?.push(row);
  }
  for (const [ask, own] of rows) into.set(ask, own);
}

function momentsOf({ windowMs, excluded }: ForecastAsk, at: number): number[] {
  const inner = clipSpans(excluded, at - windowMs, at).flatMap(({ from, to }) => [from, to]);
  const moments = forecastMoments(at, windowMs);
  return inner.length === 0 ? [...moments] : [...moments, ...inner].sort((a, b) => a - b);
}

/**
 * The rows again, with all that is stored where the answers (epoch ms) were found, so that the next
 * forecast finds the very minute.
 */
export async function readCloser(
  db: Db,
  at: number,
  { sliId, windowMs }: ForecastAsk,
  found: { readonly rows: readonly TotalsRow[]; readonly answers: readonly number[] },
): Promise<readonly TotalsRow[]> {
  const rows = new Map(found.rows.map((row) => [row.at, row]));
  for (const answer of found.answers) {
    const { from, to } = closerLook(at, windowMs, answer);
    for (const row of await readTotals(db, sliId, from, to)) rows.set(row.at, row);
  }
  return [...rows.values()].sort((a, b) => a.at - b.at);
}
