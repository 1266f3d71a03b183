import { eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { rowsOf } from "#db/rows.ts";
import { deliveryProgress } from "#db/schema/index.ts";
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
 * Changes whenever a delivery fact does, when a burn alert begins, ends or is corrected, and when its SLO
 * is renamed: whoever has read the facts under the same text need not read them again.
 */
export async function readDeliveryRevision(db: Db): Promise<string> {
  const [row] = await rowsOf<{ revision: string }>(
    db,
    sql`select concat_ws(' ', r.revision, count(b.tuple), bit_xor(hashtextextended(b.tuple::text, 0)))
        as revision
      from delivery_revision r left join (${BURNS}) as b on true group by r.revision`,
  );
  return row?.revision ?? "";
}

/**
 * All delivery facts, and the burn alerts that are evidence for them; incidents that were merged
 * or withdrawn are left out. One statement, so that all of them are of one moment.
 */
export async function readDeliveryFacts(db: Db): Promise<DeliveryFacts> {
  const [row] = await rowsOf<FactTuples>(
    db,
    sql`select ${packed(RECORDS)} as records, ${packed(CHANGES)} as changes,
      ${packed(SHIPPED)} as shipped, ${packed(INCIDENTS)} as incidents,
      ${packed(BURNS)} as burns, ${packed(MARKS)} as marks`,
  );
  return {
    records: (row?.records ?? []).map(recordOf),
    changes: (row?.changes ?? []).map(changeOf),
    shipped: (row?.shipped ?? []).map(shippedOf),
    incidents: (row?.incidents ?? []).map(incidentOf),
    burnAlerts: (row?.burns ?? []).map(burnOf),
    marks: (row?.marks ?? []).map(([deploymentId, mark]) => ({ deploymentId, mark })),
  };
}

interface FactTuples {
  readonly records: readonly RecordTuple[];
  readonly changes: readonly ChangeTuple[];
  readonly shipped: readonly ShippedTuple[];
  readonly incidents: readonly IncidentTuple[];
  readonly burns: readonly BurnTuple[];
  readonly marks: readonly MarkTuple[];
}

/** Many narrow rows as one value, as `tuplesOf` gives them. */
function packed(statement: SQL): SQL {
  return sql`(select coalesce(json_agg(tuple), '[]'::json) from (${statement}) as packed)`;
}

type RecordTuple = [
  ...[string, string, string, string | null, string | null, number],
  ...[DeploymentRecord["statuses"], DeploymentRecord["source"], string | null, string | null],
];

const RECORDS = sql`select json_build_array(id, service, environment, sha, ref, created_at, statuses,
  source, url, creator) as tuple from deployments`;

function recordOf([id, service, environment, sha, ref, createdAt, ...more]: RecordTuple) {
  const [statuses, source, url, creator] = more;
  return { id, service, environment, sha, ref, createdAt, statuses, source, url, creator };
}

type ChangeTuple = [
  ...[string, string, number | null, string, string | null, string | null, boolean],
  ...[string[], Change["commits"], string[]],
  ...[number | null, number | null, number | null, number, string | null],
];

const CHANGES = sql`select json_build_array(id, repository, number, title, url, author, bot, labels,
  commits, merge_shas, opened_at, ready_at, first_review_at, merged_at, reverts) as tuple from changes`;

function changeOf([id, repository, number, title, url, author, bot, ...more]: ChangeTuple): Change {
  const [labels, commits, mergeShas, openedAt, readyAt, firstReviewAt, mergedAt, reverts] = more;
  return {
    ...{ id, repository, number, title, url, author, bot, labels, commits, mergeShas },
    ...{ openedAt, readyAt, firstReviewAt, mergedAt, reverts },
  };
}

type ShippedTuple = [string, string | null, string[], ShippedCommits["confidence"], boolean];

const SHIPPED = sql`select json_build_array(deployment_id, previous_sha, shas, confidence, complete)
  as tuple from shipped`;

function shippedOf([deploymentId, previousSha, shas, ...more]: ShippedTuple): ShippedCommits {
  const [confidence, complete] = more;
  return { deploymentId, previousSha, shas, confidence, complete };
}

type IncidentTuple = [
  ...[string, string, string, string | null, Incident["severity"]],
  ...[number, number | null, number | null, number | null],
  ...[readonly IncidentLink[], readonly string[]],
];

const INCIDENTS = sql`select json_build_array(id, service, title, url, severity, started_at, detected_at,
    mitigated_at, resolved_at, links,
    array(select deployment_id from incident_links l
      where l.incident_id = i.id and l.removed_at is null order by l.at)) as tuple
  from incidents i where merged_into is null and withdrawn_at is null`;

/** A link by hand comes beside those of the incident's own text; the ladder puts it first. */
function incidentOf([id, service, title, url, severity, ...more]: IncidentTuple): Incident {
  const [startedAt, detectedAt, mitigatedAt, resolvedAt, told, byHand] = more;
  return {
    ...{ id, service, title, url, severity, startedAt, detectedAt, mitigatedAt, resolvedAt },
    links: [...byHand.map(linkByHand), ...told],
  };
}

/** An empty id is a person's word that no deployment was the cause. */
function linkByHand(deploymentId: string): IncidentLink {
  return deploymentId === "" ? { method: "hand" } : { method: "hand", deploymentId };
}

type BurnTuple = [string, string, string, number, number | null];

const BURNS = sql`select json_build_array(s.service, s.name, a.tier, a.started_at, a.ended_at) as tuple
  from burn_alerts a join slos s on s.id = a.slo_id`;

function burnOf([service, slo, tier, startedAt, endedAt]: BurnTuple): BurnAlert {
  return { service, slo, tier, startedAt, endedAt };
}

type MarkTuple = [string, DeploymentMark["mark"]];

/** In the order in which they were made; one that was taken back leaves those before it without force. */
const MARKS = sql`select json_build_array(deployment_id, mark) as tuple from deployment_marks m
  where mark <> 'none' and not exists (select from deployment_marks later
    where later.deployment_id = m.deployment_id and later.mark = 'none' and later.id > m.id)
  order by id`;

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

/** Whether a row of `repositories` is one that its source still tells of. */
export const isAsked = sql`seen_at + ${DAY}::bigint > (
  select max(newest.seen_at) from repositories newest where newest.source = repositories.source)`;
