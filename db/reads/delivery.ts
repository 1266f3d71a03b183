import { eq, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { rowsOf, tuplesOf } from "#db/rows.ts";
import { deliveryProgress, repositories } from "#db/schema/index.ts";
import type { DeliveryFacts } from "#lib/dora/delivery.ts";
import type {
  BurnAlert,
  Change,
  DeploymentMark,
  DeploymentRecord,
  Incident,
  IncidentLink,
  ShippedCommits,
} from "#lib/dora/facts.ts";
import { DAY } from "#lib/time/duration.ts";

/**
 * Changes whenever a delivery fact does, and when a burn alert begins or ends: whoever has read the
 * facts under the same text need not read them again.
 */
export async function readDeliveryRevision(db: Db): Promise<string> {
  const [row] = await rowsOf<{ revision: string }>(
    db,
    sql`select concat_ws(' ', r.revision, count(a.*), count(a.ended_at), max(a.started_at)) as revision
      from delivery_revision r left join burn_alerts a on true group by r.revision`,
  );
  return row?.revision ?? "";
}

/** All delivery facts, and the burn alerts that are evidence for them; incidents that were merged are left out. */
export async function readDeliveryFacts(db: Db): Promise<DeliveryFacts> {
  return {
    records: await readRecords(db),
    changes: await readChanges(db),
    shipped: await readShipped(db),
    incidents: await readIncidentFacts(db),
    burnAlerts: await readBurns(db),
    marks: await readMarks(db),
  };
}

type RecordTuple = [
  ...[string, string, string, string | null, string | null, number],
  ...[DeploymentRecord["statuses"], DeploymentRecord["source"], string | null, string | null],
];

async function readRecords(db: Db): Promise<DeploymentRecord[]> {
  const tuples = await tuplesOf<RecordTuple>(
    db,
    sql`select json_build_array(id, service, environment, sha, ref, created_at, statuses, source,
      url, creator) as tuple from deployments`,
  );
  return tuples.map(
    ([id, service, environment, sha, ref, createdAt, statuses, source, url, creator]) => ({
      ...{ id, service, environment, sha, ref, createdAt, statuses, source, url, creator },
    }),
  );
}

type ChangeTuple = [
  ...[string, string, number | null, string, string | null, string | null, boolean],
  ...[string[], Change["commits"], string[]],
  ...[number | null, number | null, number | null, number, string | null],
];

async function readChanges(db: Db): Promise<Change[]> {
  const tuples = await tuplesOf<ChangeTuple>(
    db,
    sql`select json_build_array(id, repository, number, title, url, author, bot, labels, commits,
      merge_shas, opened_at, ready_at, first_review_at, merged_at, reverts) as tuple from changes`,
  );
  return tuples.map(
    ([id, repository, number, title, url, author, bot, labels, commits, mergeShas, ...times]) => {
      const [openedAt, readyAt, firstReviewAt, mergedAt, reverts] = times;
      return {
        ...{ id, repository, number, title, url, author, bot, labels, commits, mergeShas },
        ...{ openedAt, readyAt, firstReviewAt, mergedAt, reverts },
      };
    },
  );
}

type ShippedTuple = [string, string | null, string[], ShippedCommits["confidence"], boolean];

async function readShipped(db: Db): Promise<ShippedCommits[]> {
  const tuples = await tuplesOf<ShippedTuple>(
    db,
    sql`select json_build_array(deployment_id, previous_sha, shas, confidence, complete) as tuple
      from shipped`,
  );
  return tuples.map(([deploymentId, previousSha, shas, confidence, complete]) => ({
    ...{ deploymentId, previousSha, shas, confidence, complete },
  }));
}

type IncidentTuple = [
  ...[string, string, string, string | null, Incident["severity"]],
  ...[number, number | null, number | null, number | null],
  ...[readonly IncidentLink[], readonly string[]],
];

/** A link by hand comes beside those of the incident's own text; the ladder puts it first. */
async function readIncidentFacts(db: Db): Promise<Incident[]> {
  const tuples = await tuplesOf<IncidentTuple>(
    db,
    sql`select json_build_array(id, service, title, url, severity, started_at, detected_at,
        mitigated_at, resolved_at, links,
        array(select deployment_id from incident_links l
          where l.incident_id = i.id and l.removed_at is null order by l.at)) as tuple
      from incidents i where merged_into is null`,
  );
  return tuples.map(
    ([
      id,
      service,
      title,
      url,
      severity,
      startedAt,
      detectedAt,
      mitigatedAt,
      resolvedAt,
      ...tied
    ]) => {
      const [told, byHand] = tied;
      const hand = byHand.map(linkByHand);
      return {
        ...{ id, service, title, url, severity, startedAt, detectedAt, mitigatedAt, resolvedAt },
        links: [...hand, ...told],
      };
    },
  );
}

/** An empty id is a person's word that no deployment was the cause. */
function linkByHand(deploymentId: string): IncidentLink {
  return deploymentId === "" ? { method: "hand" } : { method: "hand", deploymentId };
}

type BurnTuple = [string, string, string, number, number | null];

async function readBurns(db: Db): Promise<BurnAlert[]> {
  const tuples = await tuplesOf<BurnTuple>(
    db,
    sql`select json_build_array(s.service, s.name, a.tier, a.started_at, a.ended_at) as tuple
      from burn_alerts a join slos s on s.id = a.slo_id`,
  );
  return tuples.map(([service, slo, tier, startedAt, endedAt]) => ({
    ...{ service, slo, tier, startedAt, endedAt },
  }));
}

type MarkTuple = [string, DeploymentMark["mark"]];

/** In the order in which they were made; a mark that was taken back leaves those before it without force. */
async function readMarks(db: Db): Promise<DeploymentMark[]> {
  const tuples = await tuplesOf<MarkTuple>(
    db,
    sql`select json_build_array(deployment_id, mark) as tuple from deployment_marks m
      where mark <> 'none' and not exists (select from deployment_marks later
        where later.deployment_id = m.deployment_id and later.mark = 'none' and later.id > m.id)
      order by id`,
  );
  return tuples.map(([deploymentId, mark]) => ({ deploymentId, mark }));
}

/** Where the last run of a source ended; null before the first. */
export async function readCursor(db: Db, source: string): Promise<object | null> {
  const [row] = await db
    .select({ cursor: deliveryProgress.cursor })
    .from(deliveryProgress)
    .where(eq(deliveryProgress.source, source));
  return row?.cursor ?? null;
}

export interface QuotaPoints {
  readonly remaining: number | null;
  readonly limit: number | null;
}

/** What was left of a source's quota after its last run; null before the first. */
export async function readPoints(db: Db, source: string): Promise<QuotaPoints | null> {
  const { pointsRemaining: remaining, pointsLimit: limit } = deliveryProgress;
  const [row] = await db
    .select({ remaining, limit })
    .from(deliveryProgress)
    .where(eq(deliveryProgress.source, source));
  return row ?? null;
}

/**
 * Since when all repositories are collected (epoch ms): that of the slowest; null without any. One that
 * its source has not been asked about, or could not tell of, for a day is none of them any more.
 */
export async function readSyncedFrom(db: Db): Promise<number | null> {
  const [row] = await rowsOf<{ from: number | null }>(
    db,
    sql`select max(collected_from) as "from" from ${repositories} where ${isAsked}`,
  );
  return row?.from ?? null;
}

/** Whether a row of `repositories` is one that its source still tells of. */
export const isAsked = sql`seen_at + ${DAY}::bigint > (
  select max(newest.seen_at) from repositories newest where newest.source = repositories.source)`;
