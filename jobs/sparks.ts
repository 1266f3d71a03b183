import type { Db } from "#db/client.ts";
import type { CatalogSlo } from "#db/reads/catalog.ts";
import { readWindowCounts } from "#db/reads/windows.ts";
import { budgetFor } from "#lib/slo/budget.ts";
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

async function drawSparks(
  db: Db,
  slos: readonly CatalogSlo[],
  at: number,
): Promise<Map<number, Spark>> {
  const sparks = new Map<number, (number | null)[]>(slos.map((slo) => [slo.id, []]));
  for (const [windowMs, group] of Map.groupBy(slos, (slo) => slo.definition.window.ms)) {
    for (let i = POINTS - 1; i >= 0; i--) {
      const then = at - Math.round((i * windowMs) / (POINTS - 1));
      const requests = group.map((slo) => ({ sliId: slo.sliId, windowsMs: [windowMs] }));
      const counts = await readWindowCounts(db, then, requests);
      for (const [k, slo] of group.entries()) {
        sparks.get(slo.id)?.push(remainingAt(slo, counts[k]?.[0] ?? null, then));
      }
    }
  }
  return sparks;
}

function remainingAt(
  slo: CatalogSlo,
  counts: { good: number; total: number; covered: number } | null,
  at: number,
): number | null {
  if (!counts || slo.firstCoveredAt === null || at <= slo.firstCoveredAt) return null;
  return budgetFor({ definition: slo.definition, counts, at, firstCoveredAt: slo.firstCoveredAt })
    .remaining;
}
