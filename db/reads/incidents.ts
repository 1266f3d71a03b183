import {
  and,
  asc,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import type { Range } from "#db/reads/history.ts";
import { rowsOf } from "#db/rows.ts";
import { incidentLinks, incidentNotes, incidents } from "#db/schema/index.ts";
import type { Severity } from "#lib/dora/facts.ts";

export type IncidentRecord = typeof incidents.$inferSelect;
export type IncidentNoteRow = typeof incidentNotes.$inferSelect;

/** Which incidents are listed; null asks nothing. */
export interface IncidentFilter {
  readonly services: readonly string[] | null;
  readonly severity: Severity | null;
  readonly state: "open" | "resolved" | null;
  /** By the start, `[from, to)`, epoch ms. */
  readonly from: number | null;
  readonly to: number | null;
}

export interface IncidentPage {
  readonly incidents: readonly IncidentRecord[];
  readonly matching: number;
}

/** Neither merged into another nor taken back by its source. */
const isCounted = and(isNull(incidents.mergedInto), isNull(incidents.withdrawnAt));

/** What counts, the open ones first, then by start, newest first. */
export async function readIncidents(
  db: Db,
  filter: IncidentFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<IncidentPage> {
  const where = and(isCounted, ...conditions(filter));
  const rows = await db
    .select()
    .from(incidents)
    .where(where)
    .orderBy(
      sql`${incidents.resolvedAt} is not null`,
      desc(incidents.startedAt),
      desc(incidents.id),
    )
    .limit(limit)
    .offset(offset);
  return { incidents: rows, matching: await db.$count(incidents, where) };
}

function conditions({ services, severity, state, from, to }: IncidentFilter): (SQL | undefined)[] {
  const { resolvedAt, startedAt } = incidents;
  return [
    services ? inArray(incidents.service, [...services]) : undefined,
    severity ? eq(incidents.severity, severity) : undefined,
    state === "open" ? isNull(resolvedAt) : undefined,
    state === "resolved" ? isNotNull(resolvedAt) : undefined,
    from === null ? undefined : gte(startedAt, from),
    to === null ? undefined : lt(startedAt, to),
  ];
}

/** How many count. */
export async function countIncidents(
  db: Db,
): Promise<{ readonly all: number; readonly open: number }> {
  const all = await db.$count(incidents, isCounted);
  return { all, open: await db.$count(incidents, and(isCounted, isNull(incidents.resolvedAt))) };
}

/** One incident, also when it was merged into another; null when there never was one. */
export async function readIncident(db: Db, id: string): Promise<IncidentRecord | null> {
  if (id.includes("\0")) return null; // PostgreSQL refuses such a text.
  const [row] = await db.select().from(incidents).where(eq(incidents.id, id));
  return row ?? null;
}

/** The incident at the end of a chain of merges; the id itself when it was not merged. */
export async function readMergeTarget(db: Db, id: string): Promise<string> {
  const [row] = await rowsOf<{ id: string }>(
    db,
    sql`with recursive chain(id, merged_into) as (
        select id, merged_into from incidents where id = ${id}
        union select i.id, i.merged_into from incidents i join chain c on i.id = c.merged_into)
      select id from chain where merged_into is null`,
  );
  return row?.id ?? id;
}

/** What was merged into an incident directly, oldest first. */
export function readMerged(db: Db, id: string): Promise<IncidentRecord[]> {
  return db
    .select()
    .from(incidents)
    .where(eq(incidents.mergedInto, id))
    .orderBy(asc(incidents.startedAt), asc(incidents.id));
}

/** An incident's own timeline, oldest first. */
export function readIncidentNotes(db: Db, id: string): Promise<IncidentNoteRow[]> {
  return db
    .select()
    .from(incidentNotes)
    .where(eq(incidentNotes.incidentId, id))
    .orderBy(asc(incidentNotes.at), asc(incidentNotes.id));
}

export type IncidentLinkRow = typeof incidentLinks.$inferSelect;

/** The cause that a person has named, if one is in force; its deployment is "" for "none". */
export async function readIncidentLink(db: Db, id: string): Promise<IncidentLinkRow | null> {
  const [row] = await db
    .select()
    .from(incidentLinks)
    .where(and(eq(incidentLinks.incidentId, id), isNull(incidentLinks.removedAt)))
    .orderBy(desc(incidentLinks.at), desc(incidentLinks.id))
    .limit(1);
  return row ?? null;
}

/** Incidents that another may turn out to be: those that began in a range, newest first. */
export function readIncidentsBegun(db: Db, { from, to }: Range): Promise<IncidentRecord[]> {
  return db
    .select()
    .from(incidents)
    .where(and(isCounted, gte(incidents.startedAt, from), lt(incidents.startedAt, to)))
    .orderBy(desc(incidents.startedAt), desc(incidents.id))
    .limit(100);
}

/** Every service that SLOs in force, deployments or incidents name. */
export async function readNamedServices(db: Db): Promise<string[]> {
  const rows = await rowsOf<{ service: string }>(
    db,
    sql`select service from slos where retired_at is null
      union select service from deployments union select service from incidents order by 1`,
  );
  return rows.map(({ service }) => service);
}

/** Classes that incidents have been given, by name. */
export async function readIncidentClasses(db: Db): Promise<string[]> {
  const rows = await rowsOf<{ name: string }>(
    db,
    sql`select distinct incident_class as name from incidents
      where incident_class is not null order by 1 limit 100`,
  );
  return rows.map(({ name }) => name);
}
