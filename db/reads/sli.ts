import { eq } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { sliProgress, slis, sources } from "#db/schema/index.ts";

/** What one SLI's page must know of how far it is known and of its source. Times in epoch ms. */
export type SliOverview = Awaited<ReturnType<typeof select>>[number];

/** One SLI with its progress and its source as it last answered; null for an unknown one. */
export async function readSli(db: Db, sliId: number): Promise<SliOverview | null> {
  const [row] = await select(db, sliId);
  return row ?? null;
}

function select(db: Db, sliId: number) {
  return db
    .select({
      sourceName: slis.source,
      source: sources,
      headAt: sliProgress.headAt,
      tailAt: sliProgress.tailAt,
      backfillFrom: sliProgress.backfillFrom,
      backfilledAt: sliProgress.backfilledAt,
      firstCoveredAt: sliProgress.firstCoveredAt,
      lastCoveredAt: sliProgress.lastCoveredAt,
      error: sliProgress.error,
    })
    .from(slis)
    .leftJoin(sliProgress, eq(sliProgress.sliId, slis.id))
    .leftJoin(sources, eq(sources.name, slis.source))
    .where(eq(slis.id, sliId));
}
