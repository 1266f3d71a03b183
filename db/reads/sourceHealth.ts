import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { rowsOf } from "#db/rows.ts";

export interface FailingSource {
  readonly name: string;
  readonly error: string | null;
  /** Epoch ms. */
  readonly errorSince: number;
}

/** Sources that have failed since that time (epoch ms) or longer, and were not told of yet. */
export function readFailing(db: Db, since: number): Promise<FailingSource[]> {
  return rowsOf<FailingSource>(
    db,
    sql`select name, error, error_since as "errorSince" from sources s
      where removed_at is null and error_since <= ${since}::bigint and not exists (
        select from notices where natural_key = 'source-unhealthy:' || s.name || ':' || s.error_since)
      order by name`,
  );
}

export interface RecoveredSource {
  readonly name: string;
  /** When the failure began that is over, epoch ms. */
  readonly failedSince: string;
}

/** Sources whose failure was told of, is over, and whose recovery was not told of yet. */
export function readRecovered(db: Db): Promise<RecoveredSource[]> {
  return rowsOf<RecoveredSource>(
    db,
    sql`select s.name, told.failed_since as "failedSince" from (
        select notice->>'source' as name,
          substring(natural_key from '[0-9]+$') as failed_since
        from notices where kind = 'source-unhealthy'
      ) told join sources s on s.name = told.name
      where s.removed_at is null and s.error_since is distinct from told.failed_since::bigint
        and not exists (
          select from notices
          where natural_key = 'source-recovered:' || s.name || ':' || told.failed_since)
      order by told.failed_since`,
  );
}
