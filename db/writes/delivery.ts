import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import {
  changes,
  deliveryProgress,
  deployments,
  type IncidentOrigin,
  repositories,
  shipped,
} from "#db/schema/index.ts";
import { saveIncidents } from "#db/writes/incidents.ts";
import type { Change, DeploymentRecord, Incident, ShippedCommits } from "#lib/dora/facts.ts";

/** What an upstream has told, and where it goes on from. */
export interface DeliveryFactsToSave {
  /** Name of the row in `sources`. */
  readonly source: string;
  readonly origin: IncidentOrigin;
  readonly deployments: readonly DeploymentRecord[];
  readonly changes: readonly Change[];
  readonly shipped: readonly ShippedCommits[];
  readonly incidents: readonly Incident[];
  readonly repositories: readonly Omit<typeof repositories.$inferInsert, "source" | "seenAt">[];
  readonly failures: (typeof deliveryProgress.$inferSelect)["failures"];
  readonly cursor: object;
  readonly points: {
    readonly used: number;
    readonly remaining: number | null;
    readonly limit: number | null;
    readonly resetAt: number | null;
  };
}

/** Facts and cursor together, so that a crash leaves no half batch; saving one again changes nothing. */
export async function saveDelivery(db: Db, given: DeliveryFactsToSave, now: number): Promise<void> {
  await db.transaction(async (tx) => {
    await saveDeployments(tx, given.deployments);
    await saveChanges(tx, given.changes);
    await saveShipped(tx, given.shipped);
    await saveIncidents(tx, given.incidents, { origin: given.origin, now });
    await saveRepositories(tx, given, now);
    await saveProgress(tx, given);
  });
}

/** By id; statuses are the source's newest word. */
export async function saveDeployments(db: Db, rows: readonly DeploymentRecord[]): Promise<void> {
  const { id, ...told } = COLUMNS.deployments;
  for (const part of chunks(unique(rows, (row) => row.id))) {
    await db
      .insert(deployments)
      .values(part.map((row) => ({ ...row, statuses: [...row.statuses] })))
      .onConflictDoUpdate({ target: id, set: excluded(told), setWhere: differs(told) });
  }
}

/** Shas of the main line only grow: each branch and each walk may know others. */
async function saveChanges(db: Db, rows: readonly Change[]): Promise<void> {
  const { id, mergeShas, ...told } = COLUMNS.changes;
  const grown = sql`array(select distinct unnest(${mergeShas} || excluded.merge_shas) order by 1)`;
  for (const part of chunks(unique(rows, (row) => row.id))) {
    await db
      .insert(changes)
      .values(
        part.map((row) => ({
          ...row,
          labels: [...row.labels],
          commits: [...row.commits],
          mergeShas: [...row.mergeShas].sort(),
        })),
      )
      .onConflictDoUpdate({
        target: id,
        set: { ...excluded(told), mergeShas: grown },
        setWhere: sql`${differs(told)} or not ${mergeShas} @> excluded.merge_shas`,
      });
  }
}

async function saveShipped(db: Db, rows: readonly ShippedCommits[]): Promise<void> {
  const { deploymentId, ...told } = COLUMNS.shipped;
  for (const part of chunks(unique(rows, (row) => row.deploymentId))) {
    await db
      .insert(shipped)
      .values(part.map((row) => ({ ...row, shas: [...row.shas] })))
      .onConflictDoUpdate({ target: deploymentId, set: excluded(told), setWhere: differs(told) });
  }
}

async function saveRepositories(
  db: Db,
  { source, repositories: rows }: DeliveryFactsToSave,
  now: number,
): Promise<void> {
  if (rows.length === 0) return;
  const { id, ...told } = COLUMNS.repositories;
  await db
    .insert(repositories)
    .values(rows.map((row) => ({ ...row, source, seenAt: now })))
    .onConflictDoUpdate({ target: id, set: excluded(told) });
}

async function saveProgress(db: Db, given: DeliveryFactsToSave): Promise<void> {
  const { source, cursor, failures, points } = given;
  const row = {
    source,
    cursor,
    failures: [...failures],
    pointsUsed: points.used,
    pointsRemaining: points.remaining,
    pointsLimit: points.limit,
    pointsResetAt: points.resetAt,
  };
  await db
    .insert(deliveryProgress)
    .values(row)
    .onConflictDoUpdate({ target: deliveryProgress.source, set: row });
}

type Columns = Readonly<Record<string, PgColumn>>;

const COLUMNS = {
  deployments: {
    id: deployments.id,
    service: deployments.service,
    environment: deployments.environment,
    sha: deployments.sha,
    ref: deployments.ref,
    createdAt: deployments.createdAt,
    statuses: deployments.statuses,
    source: deployments.source,
    url: deployments.url,
    creator: deployments.creator,
  },
  changes: {
    id: changes.id,
    repository: changes.repository,
    number: changes.number,
    title: changes.title,
    url: changes.url,
    author: changes.author,
    bot: changes.bot,
    labels: changes.labels,
    commits: changes.commits,
    mergeShas: changes.mergeShas,
    openedAt: changes.openedAt,
    readyAt: changes.readyAt,
    firstReviewAt: changes.firstReviewAt,
    mergedAt: changes.mergedAt,
    reverts: changes.reverts,
  },
  shipped: {
    deploymentId: shipped.deploymentId,
    previousSha: shipped.previousSha,
    shas: shipped.shas,
    confidence: shipped.confidence,
    complete: shipped.complete,
  },
  repositories: {
    id: repositories.id,
    source: repositories.source,
    fullName: repositories.fullName,
    url: repositories.url,
    collectedFrom: repositories.collectedFrom,
    complete: repositories.complete,
    seenAt: repositories.seenAt,
  },
} as const satisfies Record<string, Columns>;

/** Sets each column to what the insert wanted to write. */
function excluded(columns: Columns): Record<string, SQL> {
  return Object.fromEntries(
    Object.entries(columns).map(([key, { name }]) => [key, sql`excluded.${sql.identifier(name)}`]),
  );
}

/** Rows that would not change are left alone: whoever has read them need not read again. */
function differs(columns: Columns): SQL {
  const each = Object.values(columns).map(
    (column) => sql`${column} is distinct from excluded.${sql.identifier(column.name)}`,
  );
  return sql`(${sql.join(each, sql` or `)})`;
}

/** The last one of each key: one statement may not write a row twice. */
function unique<Row>(rows: readonly Row[], key: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}
