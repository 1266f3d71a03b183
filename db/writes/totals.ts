import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { texts } from "#db/params.ts";
import { rowsOf } from "#db/rows.ts";
import { reviseGaps } from "#db/writes/gaps.ts";
import { saveProgress } from "#db/writes/progress.ts";
import type { Revision } from "#db/writes/revision.ts";
import { spliceTotals } from "#db/writes/splice.ts";
import { saveSuspects } from "#db/writes/suspects.ts";
import type { SliFact } from "#lib/slo/facts.ts";
import { progressAfter, type SliProgress } from "#lib/slo/progress.ts";

interface Known extends SliProgress {
  readonly sliId: number;
  readonly key: string;
}

/**
 * Saves facts with the progress and gaps they imply, all or nothing: each replaces its span of its
 * SLI's running totals. Saving again, in another order, or in other pieces leaves the same totals.
 */
export async function saveFacts(db: Db, facts: readonly SliFact[], now: number): Promise<void> {
  if (facts.length === 0) return;
  await db.transaction(async (tx) => {
    const known = await lockSlis(tx, facts);
    for (const round of rounds(facts)) {
      const revisions = round.map((fact) => revise(known, fact, now));
      await spliceTotals(tx, revisions);
      await reviseGaps(tx, revisions, now);
      await saveSuspects(tx, revisions);
      for (const each of await saveProgress(tx, revisions)) {
        known.set(each.fact.sliKey, { ...each.after, sliId: each.sliId, key: each.fact.sliKey });
      }
    }
  });
}

/** Facts of one SLI follow each other: one of each SLI per round. */
function rounds(facts: readonly SliFact[]): SliFact[][] {
  const seen = new Map<string, number>();
  const found: SliFact[][] = [];
  for (const fact of facts) {
    const i = seen.get(fact.sliKey) ?? 0;
    seen.set(fact.sliKey, i + 1);
    found[i] ??= [];
    found[i].push(fact);
  }
  return found;
}

function revise(known: ReadonlyMap<string, Known>, fact: SliFact, now: number): Revision {
  const before = known.get(fact.sliKey);
  if (!before) throw new Error(`there is no SLI with the key ${fact.sliKey}`);
  return { sliId: before.sliId, fact, before, after: progressAfter(before, fact, now) };
}

/** Reads the SLIs and keeps other writers from them until the transaction ends. */
async function lockSlis(db: Db, facts: readonly SliFact[]): Promise<Map<string, Known>> {
  const keys = texts([...new Set(facts.map(({ sliKey }) => sliKey))]);
  await db.execute(sql`
    insert into sli_progress (sli_id)
    select id from slis where key = any(${keys})
      and not exists (select from sli_progress p where p.sli_id = slis.id)
    on conflict do nothing`);
  const rows = await rowsOf<Known>(
    db,
    sql`
    select s.id as "sliId", s.key, p.head_at as "headAt", p.tail_at as "tailAt",
      p.backfill_from as "backfillFrom", p.backfilled_at as "backfilledAt",
      p.first_covered_at as "firstCoveredAt", p.last_covered_at as "lastCoveredAt",
      p.reread_at as "rereadAt", p.trailing_max as "trailingMax"
    from slis s join sli_progress p on p.sli_id = s.id
    where s.key = any(${keys}) order by s.id for update of p`,
  );
  return new Map(rows.map((row) => [row.key, row]));
}
