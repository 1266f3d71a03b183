import { and, eq, lt, sql } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { sloGroupings, sloInstances } from "#db/schema/index.ts";
import { keyOf } from "#lib/instances/discover.ts";
import type { InstanceLabels } from "#lib/instances/name.ts";

export interface SeenSets {
  /** The grouped SLO. */
  readonly sloId: number;
  readonly sets: readonly InstanceLabels[];
  /** How many there are, those that are not told apart included. */
  readonly found: number;
  /** Epoch ms. Label sets that were last seen before `forgetBefore` are instances no more. */
  readonly now: number;
  readonly forgetBefore: number;
}

/** Notes which label sets an SLO has; seeing them again changes nothing else. */
export async function saveLabelSets(db: Db, seen: SeenSets): Promise<void> {
  const { sloId, sets, found, now, forgetBefore } = seen;
  await db.transaction(async (tx) => {
    await saveGrouping(tx, { sloId, askedAt: now, found, problem: null });
    const rows = sets.map((labels) => ({
      ...{ sloId, labels, key: keyOf(labels), firstSeenAt: now, lastSeenAt: now },
    }));
    for (const part of chunks(rows)) {
      await tx
        .insert(sloInstances)
        .values(part)
        .onConflictDoUpdate({
          target: [sloInstances.sloId, sloInstances.key],
          set: { lastSeenAt: sql`greatest(${sloInstances.lastSeenAt}, excluded.last_seen_at)` },
        });
    }
    await tx
      .delete(sloInstances)
      .where(and(eq(sloInstances.sloId, sloId), lt(sloInstances.lastSeenAt, forgetBefore)));
  });
}

/** Notes why the label sets of an SLO are not known; those known before stay. */
export async function saveGroupingProblem(
  db: Db,
  of: { readonly sloId: number; readonly problem: string; readonly now: number },
): Promise<void> {
  const { sloId, problem, now } = of;
  await saveGrouping(db, { sloId, askedAt: now, found: 0, problem });
}

async function saveGrouping(db: Db, row: typeof sloGroupings.$inferInsert): Promise<void> {
  const { sloId: _, ...set } = row;
  await db.insert(sloGroupings).values(row).onConflictDoUpdate({ target: sloGroupings.sloId, set });
}
