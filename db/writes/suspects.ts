import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { bigints, ints } from "#db/params.ts";
import { sliSuspects } from "#db/schema/index.ts";
import type { Revision } from "#db/writes/revision.ts";

/** The suspect buckets of each fact replace those that were listed for its span. */
export async function saveSuspects(db: Db, revisions: readonly Revision[]): Promise<void> {
  await db.execute(sql`
    delete from sli_suspects s
    using unnest(
      ${ints(revisions.map((r) => r.sliId))}, ${bigints(revisions.map((r) => r.fact.from))},
      ${bigints(revisions.map((r) => r.fact.to))}
    ) f (sli_id, from_at, to_at)
    where s.sli_id = f.sli_id and s.at > f.from_at and s.at <= f.to_at`);
  const found = revisions.flatMap(({ sliId, fact }) =>
    fact.suspects.map((suspect) => ({ sliId, ...suspect })),
  );
  if (found.length > 0) await db.insert(sliSuspects).values(found);
}
