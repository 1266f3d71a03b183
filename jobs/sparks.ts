import type { Db } from "#db/client.ts";
import type { CatalogSlo } from "#db/reads/catalog.ts";
import { readTotalsAt } from "#db/reads/windows.ts";
import { budgetFor } from "#lib/slo/budget.ts";
import { between, type Counts } from "#lib/slo/totals.ts";
import { MINUTE } from "#lib/time/duration.ts";

const POINTS = 30;

type Spark = readonly (number | null)[];

/**
 * Remaining budget at 30 moments of each SLO's last window. A sixtieth of the SLOs is drawn anew each
 * minute, so that the hourly work is even; others keep what they have.
 */
export async function refreshSparks(
  db: Db,
  slos: readonly CatalogSlo[],
  at: number,
): Promise<Map<number, Spark>> {
  const sparks = new Map<number, Spark>();
  const due: CatalogSlo[] = [];
  for (const slo of slos) {
    const old = slo.detail?.spark ?? [];
    if (isDue(slo, at) || old.length === 0) due.push(slo);
    else sparks.set(slo.id, old);
  }
  for (const [id, spark] of await drawSparks(db, due, at)) sparks.set(id, spark);
  return sparks;
}

/** In turn once an hour; every minute while the first backfill still changes the picture. */
function isDue(slo: CatalogSlo, at: number): boolean {
  return slo.backfilledAt === null || (at / MINUTE) % 60 === slo.id % 60;
}

/** One read for all: the edges of every window, start and end. */
async function drawSparks(
  db: Db,
  slos: readonly CatalogSlo[],
  at: number,
): Promise<Map<number, Spark>> {
  const windows = slos.flatMap((slo) => moments(slo, at).map((then) => ({ slo, then })));
  const rows = await readTotalsAt(
    db,
    windows.flatMap(({ slo, then }) => [
      { sliId: slo.sliId, at: then - slo.definition.window.ms },
      { sliId: slo.sliId, at: then },
    ]),
  );
  const sparks = new Map<number, (number | null)[]>(slos.map((slo) => [slo.id, []]));
  for (const [i, { slo, then }] of windows.entries()) {
    const [start, end] = [rows[2 * i], rows[2 * i + 1]];
    const counts = start && end ? between(start, end) : null;
    sparks.get(slo.id)?.push(remainingAt(slo, counts, then));
  }
  return sparks;
}

/** Over the last window, oldest first; the newest is now. */
function moments(slo: CatalogSlo, at: number): number[] {
  const { ms } = slo.definition.window;
  return Array.from(
    { length: POINTS },
    (_, i) => at - Math.round(((POINTS - 1 - i) * ms) / (POINTS - 1)),
  );
}

function remainingAt(slo: CatalogSlo, counts: Counts | null, at: number): number | null {
  if (!counts || slo.firstCoveredAt === null || at <= slo.firstCoveredAt) return null;
  return budgetFor({ definition: slo.definition, counts, at, firstCoveredAt: slo.firstCoveredAt })
    .remaining;
}
