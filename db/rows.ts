import type { SQL } from "drizzle-orm";
import type { Db } from "#db/connection.ts";

/** The rows of a statement written by hand; both drivers answer with `{ rows }`. */
export async function rowsOf<Row extends object>(db: Db, statement: SQL): Promise<Row[]> {
  const { rows } = (await db.execute(statement)) as { rows: Row[] };
  return rows;
}
