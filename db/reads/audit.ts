import { and, count, desc, eq, gte, ilike, lt, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { audit } from "#db/schema/index.ts";

export type AuditRow = typeof audit.$inferSelect;

/** What is asked of the log; a field left out asks for nothing. */
export interface AuditFilter {
  /** Part of the name that whoever did it had then. */
  readonly who?: string;
  /** A whole action, or what it begins with: `token` is every `token.…`. */
  readonly action?: string;
  /** Part of the subject. */
  readonly subject?: string;
  readonly team?: string;
  /** Epoch ms; the moment itself is in. */
  readonly from?: number;
  /** Epoch ms; the moment itself is out. */
  readonly to?: number;
}

/** The last row of a page: the next one begins after it. */
export interface AuditCursor {
  readonly at: number;
  readonly id: number;
}

export interface AuditPage {
  readonly after?: AuditCursor;
  readonly limit: number;
}

/** Rows of the log, newest first. */
export function readAudit(db: Db, filter: AuditFilter, page: AuditPage): Promise<AuditRow[]> {
  const { after, limit } = page;
  const rest =
    after && sql`(${audit.at}, ${audit.id}) < (${after.at}::bigint, ${after.id}::bigint)`;
  return db
    .select()
    .from(audit)
    .where(and(matching(filter), rest))
    .orderBy(desc(audit.at), desc(audit.id))
    .limit(limit);
}

/** How many rows match; counting stops at `most`. */
export async function countAudit(db: Db, filter: AuditFilter, most: number): Promise<number> {
  const some = db
    .select({ id: audit.id })
    .from(audit)
    .where(matching(filter))
    .limit(most)
    .as("some");
  const [row] = await db.select({ rows: count() }).from(some);
  return row?.rows ?? 0;
}

function matching({ who, action, subject, team, from, to }: AuditFilter): SQL | undefined {
  return and(
    who ? ilike(audit.actorName, part(who)) : undefined,
    action ? sql`starts_with(${audit.action}, ${action})` : undefined,
    subject ? ilike(audit.subject, part(subject)) : undefined,
    team ? eq(audit.team, team) : undefined,
    from === undefined ? undefined : gte(audit.at, from),
    to === undefined ? undefined : lt(audit.at, to),
  );
}

/** The text anywhere; its own percent signs and underscores mean themselves. */
function part(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
