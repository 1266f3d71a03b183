import { asc, inArray, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import {
  changes,
  deliveryProgress,
  deployments,
  type IncidentOrigin,
  incidents,
  repositories,
  shipped,
} from "#db/schema/index.ts";
import { saveIncidents, withdrawIncidents } from "#db/writes/incidents.ts";
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
  /** Ids of incidents that their source has taken back. */
  readonly withdrawn: readonly string[];
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
    await lockForDelivery(tx, [...given.incidents.map(({ id }) => id), ...given.withdrawn]);
    await saveDeployments(tx, given.deployments);
    await saveChanges(tx, given.changes);
    await saveShipped(tx, given.shipped);
    const telling = { origin: given.origin, now };
    await saveIncidents(tx, given.incidents, telling);
    await withdrawIncidents(tx, given.withdrawn, telling);
    await saveRepositories(tx, given, now);
    await saveProgress(tx, given);
  });
}

/**
 * A person's change locks its incident and then the revision. Taken in the same order, and all at once,
 * the locks of a batch wait for such a change, and never each for the other.
 */
export async function lockForDelivery(db: Db, told: readonly string[]): Promise<void> {
  for (const part of chunks(told)) {
    const mine = inArray(incidents.id, part);
    await db
      .select({ id: incidents.id })
      .from(incidents)
      .where(mine)
      .orderBy(asc(incidents.id))
      .for("update");
  }
  await db.execute(sql`select from delivery_revision for update`);
}

/**
 * By id. Statuses only grow, and what is not told again stays, so that neither the order in which
 * sayings arrive nor their repetition matters.
 */
export async function saveDeployments(db: Db, rows: readonly DeploymentRecord[]): Promise<void> {
  for (const part of chunks(unique(rows, (row) => row.id))) {
    await db
      .insert(deployments)
      .values(part.map((row) => ({ ...row, statuses: inOrder(row.statuses) })))
      .onConflictDoUpdate({ target: deployments.id, set: JOINED, setWhere: joinedDiffers });
  }
}

function inOrder(statuses: DeploymentRecord["statuses"]): DeploymentRecord["statuses"][number][] {
  const once = unique(statuses, ({ state, at }) => `${at} ${state}`);
  return once.sort((a, b) => a.at - b.at || (a.state < b.state ? -1 : 1));
}

const BOTH_STATUSES = sql`(
  select jsonb_agg(one order by (one ->> 'at')::bigint, one ->> 'state' collate "C")
  from (select distinct jsonb_array_elements(${deployments.statuses} || excluded.statuses)) as every (one))`;

/** The word that is told, else the one that is there. */
const toldOrKept = (column: PgColumn) =>
  sql`coalesce(excluded.${sql.identifier(column.name)}, ${column})`;

const JOINED = {
  service: sql`excluded.service`,
  environment: sql`excluded.environment`,
  source: sql`excluded.source`,
  sha: toldOrKept(deployments.sha),
  ref: toldOrKept(deployments.ref),
  url: toldOrKept(deployments.url),
  creator: toldOrKept(deployments.creator),
  createdAt: sql`least(excluded.created_at, ${deployments.createdAt})`,
  statuses: sql`coalesce(${BOTH_STATUSES}, '[]')`,
};

const joinedDiffers = sql`(${sql.join(
  Object.entries(JOINED).map(
    ([key, value]) => sql`${deployments[key as keyof typeof JOINED]} is distinct from ${value}`,
  ),
  sql` or `,
)})`;

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

/** What each deployment brought, by its id. */
export async function saveShipped(db: Db, rows: readonly ShippedCommits[]): Promise<void> {
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
