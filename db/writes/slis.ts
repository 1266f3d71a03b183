import { sql } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { texts } from "#db/params.ts";
import { rowsOf } from "#db/rows.ts";
import { slis } from "#db/schema/index.ts";
import type { SloInForce } from "#db/writes/match.ts";
import { countedSli } from "#lib/spec/counted.ts";

/** Makes sure that every SLI of these SLOs exists; gives their ids by key. */
export async function saveSlis(
  db: Db,
  slos: readonly SloInForce[],
  now: number,
): Promise<Map<string, number>> {
  const byKey = new Map(slos.map((slo) => [slo.sliKey, slo]));
  const keys = texts([...byKey.keys()]);
  const read = sql`select key, id from slis where key = any(${keys})`;
  const known = new Map((await rowsOf<{ key: string }>(db, read)).map((row) => [row.key, row]));
  const rows = [...byKey.values()]
    .filter(({ sliKey }) => !known.has(sliKey))
    .map(({ sliKey, source, definition }) => ({
      key: sliKey,
      source,
      definition: countedSli(definition),
      createdAt: now,
    }));
  for (const part of chunks(rows)) await db.insert(slis).values(part);
  await db.execute(sql`
    insert into sli_progress (sli_id) select id from slis where key = any(${keys})
    on conflict do nothing`);
  const all = await rowsOf<{ key: string; id: number }>(db, read);
  return new Map(all.map(({ key, id }) => [key, id]));
}
