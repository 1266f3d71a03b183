import { isDeepStrictEqual } from "node:util";
import { eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { readDeployment } from "#db/reads/deliveryPages.ts";
import { changes, deployments, incidents } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { saveShipped } from "#db/writes/delivery.ts";
import { lastTold } from "#db/writes/incidentFields.ts";
import { type IncidentRow, saveIncidents } from "#db/writes/incidents.ts";
import type { Change, DeploymentRecord, Incident, ShippedCommits } from "#lib/dora/facts.ts";
import { type PostedDeployment, recordOf } from "#lib/dora/posted.ts";

/** What is handed in about a deployment, and the team that it belongs to. */
export interface HandedDeployment {
  readonly message: PostedDeployment;
  /** What it brought; null when it is not said. */
  readonly cargo: Pick<ShippedCommits, "previousSha" | "shas"> | null;
  readonly changes: readonly Change[];
  readonly team: string | null;
}

export interface Received<Row> {
  readonly row: Row;
  readonly isNew: boolean;
}

/** Adds a message about a deployment to what is known of it; one that was received before changes nothing. */
export function receiveDeployment(
  db: Db,
  by: By,
  handed: HandedDeployment,
): Promise<Received<DeploymentRecord>> {
  const { message, team } = handed;
  return db.transaction(async (tx) => {
    await tx.execute(oneAtATime(message.id));
    const before = await readDeployment(tx, message.id);
    const row = recordOf(message, before, by.at);
    if (!isDeepStrictEqual(row, before)) await saveReceived(tx, row);
    await saveCargo(tx, handed);
    const subject = `deployment:${message.id}`;
    if (row.statuses.length !== before?.statuses.length) {
      const { status, environment, sha } = message;
      const after = { status, environment, sha };
      await writeAudit(tx, by, { action: "deployment.received", subject, team, after });
    } else if (!isDeepStrictEqual(timesOf(row), timesOf(before))) {
      const [was, after] = [timesOf(before), timesOf(row)];
      await writeAudit(tx, by, {
        ...{ action: "deployment.corrected", subject, team, before: was, after },
      });
    }
    return { row, isNew: before === null };
  });
}

/** As it is now, corrected times and all: its pipeline alone tells of it. */
async function saveReceived(db: Db, { id, statuses, ...told }: DeploymentRecord): Promise<void> {
  const row = { ...told, statuses: [...statuses] };
  await db
    .insert(deployments)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: deployments.id, set: row });
}

/** As the audit log shows them. */
function timesOf({ createdAt, statuses }: DeploymentRecord): Record<string, string> {
  const moments = statuses.map(({ state, at }) => [state, new Date(at).toISOString()]);
  return { startedAt: new Date(createdAt).toISOString(), ...Object.fromEntries(moments) };
}

/** What GitHub told of a commit is more than what a pipeline tells, and stays. */
async function saveCargo(db: Db, { message, cargo, changes: told }: HandedDeployment) {
  if (told.length > 0) {
    const rows = told.map((row) => ({
      ...row,
      labels: [...row.labels],
      commits: [...row.commits],
      mergeShas: [...row.mergeShas],
    }));
    await db.insert(changes).values(rows).onConflictDoNothing();
  }
  if (!cargo) return;
  const confidence = "high";
  await saveShipped(db, [{ deploymentId: message.id, ...cargo, confidence, complete: true }]);
}

/** What is handed in about an incident; absent is what it does not say, null what it takes back. */
export type HandedIncident = Pick<Incident, "id" | "service"> & {
  readonly [key in keyof Omit<Incident, "id" | "service">]?: Incident[key] | undefined;
} & { readonly team: string | null };

/** Adds a message about an incident to what is known of it; null when the first one has no title. */
export function receiveIncident(
  db: Db,
  by: By,
  { team, ...message }: HandedIncident,
): Promise<Received<IncidentRow> | null> {
  return db.transaction(async (tx) => {
    await tx.execute(oneAtATime(message.id));
    const before = await readRow(tx, message.id);
    const told = incidentOf(message, before, by.at);
    if (!told) return null;
    await saveIncidents(tx, [told], { origin: "api", now: by.at });
    const row = await readRow(tx, message.id);
    if (!row) throw new Error("an incident that was just written is not there");
    if (before === null || row.updatedAt !== before.updatedAt) {
      const { title, severity, resolvedAt } = row;
      const after = { title, severity, resolvedAt };
      const subject = `incident:${row.id}`;
      await writeAudit(tx, by, { action: "incident.received", subject, team, after });
    }
    return { row, isNew: before === null };
  });
}

async function readRow(db: Db, id: string): Promise<IncidentRow | null> {
  const [row] = await db.select().from(incidents).where(eq(incidents.id, id)).for("update");
  return row ?? null;
}

type Told = Omit<HandedIncident, "team">;
type Kept = Omit<Incident, "id" | "service" | "title">;

function incidentOf(told: Told, before: IncidentRow | null, now: number): Incident | null {
  const { id, service } = told;
  // What was handed in before, rather than what a person has made of it.
  const known = before && { ...before, ...lastTold(before) };
  const title = told.title ?? known?.title;
  if (title === undefined) return null;
  const kept: Kept = known ?? { ...UNSAID, startedAt: now };
  return {
    ...{ id, service, title },
    severity: told.severity ?? kept.severity,
    startedAt: told.startedAt ?? kept.startedAt,
    links: told.links ?? kept.links,
    url: unlessSaid(told.url, kept.url),
    detectedAt: unlessSaid(told.detectedAt, kept.detectedAt),
    mitigatedAt: unlessSaid(told.mitigatedAt, kept.mitigatedAt),
    resolvedAt: unlessSaid(told.resolvedAt, kept.resolvedAt),
    incidentClass: unlessSaid(told.incidentClass, kept.incidentClass) ?? null,
  };
}

function unlessSaid<Value>(told: Value | undefined, kept: Value): Value {
  return told === undefined ? kept : told;
}

const UNSAID = {
  url: null,
  severity: "SEV3",
  detectedAt: null,
  mitigatedAt: null,
  resolvedAt: null,
  links: [],
} as const;

/** Any number of our own, beside the other locks of this kind. */
const RECEIVING_LOCK = 754_676;

/** Two messages about one thing at once must not both be the first. */
function oneAtATime(id: string): SQL {
  return sql`select pg_advisory_xact_lock(${RECEIVING_LOCK}::int, hashtext(${id}))`;
}
