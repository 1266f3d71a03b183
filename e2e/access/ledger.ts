import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "#db/connection.ts";

/** What even a refused request leaves behind, and is meant to: when a token or session was used last. */
const NOTED: Readonly<Record<string, readonly string[]>> = {
  api_tokens: ["last_used_at", "last_used_from"],
  webhook_secrets: ["last_used_at"],
  sessions: ["updated_at"],
};
/** Counts of attempts. */
const NOT_COMPARED: readonly string[] = ["rate_limits"];

const names = z.array(z.object({ name: z.string() }));
const sums = z.array(z.object({ rows: z.coerce.number(), sum: z.string() })).length(1);

/** Each table with its number of rows and a hash of all of them: equal ledgers, equal databases. */
export async function readLedger(db: Db): Promise<Record<string, string>> {
  const found = await db.execute(sql`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`);
  const ledger: Record<string, string> = {};
  for (const { name } of names.parse(rowsOf(found))) {
    if (!NOT_COMPARED.includes(name)) ledger[name] = await sumOf(db, name);
  }
  return ledger;
}

async function sumOf(db: Db, table: string): Promise<string> {
  const noted = sql.param([...(NOTED[table] ?? [])]);
  const found = await db.execute(sql`
    select count(*) as rows, md5(coalesce(string_agg(row, ' ' order by row), '')) as sum
    from (select (to_jsonb(t) - ${noted}::text[])::text as row from ${sql.identifier(table)} t) as all_rows`);
  const [whole] = sums.parse(rowsOf(found));
  return `${whole?.rows} rows, ${whole?.sum}`;
}

function rowsOf(found: { readonly rows: unknown }): unknown {
  return found.rows;
}
