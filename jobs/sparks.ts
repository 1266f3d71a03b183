import type { Db } from "#db/client.ts";
import type { CatalogSlo } from "#db/reads/catalog.ts";
import { readTotalsAt } from "#db/reads/windows.ts";
import { budgetFor, LATELY } from "#lib/slo/budget.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { withoutSpans } from "#lib/slo/excludedRows.ts";
import { elapsedMs } from "#lib/slo/period.ts";
import { between, type TotalsRow } from "#lib/slo/totals.ts";
import { latestAtOrBefore } from "#lib/slo/windows.ts";
import type { SloWindow } from "#lib/spec/model.ts";
import { MINUTE } from "#lib/time/duration.ts";

const POINTS = 30;

type Spark = readonly (number | null)[];

interface Counted {
  /** Exclusive end of the newest window, epoch ms. */
  readonly at: number;
  /** What does not count, by SLO id. */
  readonly excluded: ReadonlyMap<number, readonly ExcludedSpan[]>;
}

/**
 * Remaining budget at 30 moments of each SLO's last window. A sixtieth of the SLOs is drawn anew each
 * minute, so that the hourly work is even; others keep what they have.
 */
export async function refreshSparks(
  db: Db,
  slos: readonly CatalogSlo[],
  { at, excluded }: Counted,
): Promise<Map<number, Spark>> {
  const sparks = new Map<number, Spark>();
  const due: CatalogSlo[] = [];
  for (const slo of slos) {
    const old = slo.detail?.spark ?? [];
    if (isDue(slo, at) || old.length === 0) due.push(slo);
    else sparks.set(slo.id, old);
  }
  for (const [id, spark] of await drawSparks(db, due, { at, excluded })) sparks.set(id, spark);
  return sparks;
}

/** In turn once an hour; every minute while the first backfill still changes the picture. */
function isDue(slo: CatalogSlo, at: number): boolean {
  return slo.backfilledAt === null || (at / MINUTE) % 60 === slo.id % 60;
}

/** One read for all: the edges of every window, start and end, and of what does not count. */
async function drawSparks(
  db: Db,
  slos: readonly CatalogSlo[],
  { at, excluded }: Counted,
): Promise<Map<number, Spark>> {
  const asked = slos.map((slo) => {
    const spans = excluded.get(slo.id) ?? [];
    const ends = moments(slo, at);
    const starts = ends.flatMap((then) => startsOf(slo.definition.window, then));
    const inner = spans.flatMap(({ from, to }) => [from, to]);
    const edges = [...new Set([...starts, ...ends, ...inner])].sort((a, b) => a - b);
    return { slo, spans, ends, edges };
  });
  const found = await readTotalsAt(
    db,
    asked.flatMap(({ slo, edges }) => edges.map((edge) => ({ sliId: slo.sliId, at: edge }))),
  );
  let read = 0;
  return new Map(
    asked.map(({ slo, spans, ends, edges }) => {
      const rows = distinct(found.slice(read, read + edges.length));
      read += edges.length;
      const counted = withoutSpans(rows, spans);
      return [slo.id, ends.map((then) => remainingAt(slo, { rows: counted, spans }, then))];
    }),
  );
}

/** Where nothing was stored between two edges, both have the same row. */
function distinct(rows: readonly (TotalsRow | null)[]): TotalsRow[] {
  return rows.flatMap((row, i) => (row && row.at !== rows[i - 1]?.at ? [row] : []));
}

/** Over the last window, oldest first; the newest is now. */
function moments(slo: CatalogSlo, at: number): number[] {
  const { ms } = slo.definition.window;
  return Array.from(
    { length: POINTS },
    (_, i) => at - Math.round(((POINTS - 1 - i) * ms) / (POINTS - 1)),
  );
}

/** Where the counts begin that a budget at `at` is computed from. */
function startsOf(window: SloWindow, at: number): number[] {
  const own = at - elapsedMs(window, at);
  return window.kind === "calendar" ? [own, at - LATELY.ms] : [own];
}

function remainingAt(
  { definition, firstCoveredAt }: CatalogSlo,
  { rows, spans }: { readonly rows: readonly TotalsRow[]; readonly spans: readonly ExcludedSpan[] },
  at: number,
): number | null {
  const end = latestAtOrBefore(rows, at) ?? rows[0];
  if (!end || firstCoveredAt === null || at <= firstCoveredAt) return null;
  const [counts, lately = null] = startsOf(definition.window, at).map((start) =>
    between(latestAtOrBefore(rows, start) ?? rows[0] ?? end, end),
  );
  if (!counts) return null;
  return budgetFor({ definition, counts, lately, at, firstCoveredAt, excluded: spans }).remaining;
}
