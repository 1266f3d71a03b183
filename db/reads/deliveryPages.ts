import { and, desc, eq, gte, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "#db/connection.ts";
import { deployments, incidents } from "#db/schema/index.ts";
import type { DeploymentRecord } from "#lib/dora/facts.ts";

/** Which rows of a list: those that began in `[from, to)`, epoch ms; absent asks nothing. */
export interface ListFilter {
  readonly service?: string | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The last row of the page before. */
  readonly after?: RowKey | undefined;
  readonly limit: number;
}

export interface RowKey {
  readonly at: number;
  readonly id: string;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Where the following page begins; null on the last. */
  readonly next: RowKey | null;
}

/** Deployments as they were told, newest first. */
export async function readDeploymentPage(
  db: Db,
  asked: ListFilter,
): Promise<Page<DeploymentRecord>> {
  const { service, createdAt: at, id } = deployments;
  const rows = await db
    .select()
    .from(deployments)
    .where(conditions({ service, at, id }, asked))
    .orderBy(desc(at), desc(id))
    .limit(asked.limit + 1);
  return pageOf(rows, asked.limit, (row) => row.createdAt);
}

/** Incidents, newest first, without those that were merged into others. */
export async function readIncidentPage(
  db: Db,
  asked: ListFilter,
): Promise<Page<typeof incidents.$inferSelect>> {
  const { service, startedAt: at, id } = incidents;
  const rows = await db
    .select()
    .from(incidents)
    .where(
      and(
        isNull(incidents.mergedInto),
        isNull(incidents.withdrawnAt),
        conditions({ service, at, id }, asked),
      ),
    )
    .orderBy(desc(at), desc(id))
    .limit(asked.limit + 1);
  return pageOf(rows, asked.limit, (row) => row.startedAt);
}

interface Columns {
  readonly service: PgColumn;
  readonly at: PgColumn;
  readonly id: PgColumn;
}

function conditions(columns: Columns, { service, from, to, after }: ListFilter): SQL | undefined {
  return and(
    service === undefined ? undefined : eq(columns.service, service),
    from === undefined ? undefined : gte(columns.at, from),
    to === undefined ? undefined : lt(columns.at, to),
    after && sql`(${columns.at}, ${columns.id}) < (${after.at}::bigint, ${after.id})`,
  );
}

/** One row more than asked for says that there is another page. */
function pageOf<Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
  atOf: (row: Row) => number,
): Page<Row> {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit), next: last ? { at: atOf(last), id: last.id } : null };
}

/** One deployment as it was told; null when there is none. */
export async function readDeployment(db: Db, id: string): Promise<DeploymentRecord | null> {
  const [row] = await db.select().from(deployments).where(eq(deployments.id, id));
  return row ?? null;
}
