import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { type IncidentOrigin, incidentNotes, incidents } from "#db/schema/index.ts";
import type { Incident } from "#lib/dora/facts.ts";

export type IncidentRow = typeof incidents.$inferSelect;

/** Where incidents come from, and when they were read (epoch ms). */
export interface Telling {
  readonly origin: IncidentOrigin;
  readonly now: number;
}

/**
 * What a source tells of its incidents. Columns that a person has set stay as they are; what changed
 * in the life of one (opened, resolved, reopened) becomes an entry of its timeline. What was withdrawn
 * and is told of again counts again.
 */
export async function saveIncidents(
  db: Db,
  told: readonly Incident[],
  { origin, now }: Telling,
): Promise<void> {
  const rows = [...new Map(told.map((incident) => [incident.id, incident])).values()];
  for (const part of chunks(rows)) {
    const before = await knownBefore(db, part);
    const values = part.map((row) => ({
      ...row,
      incidentClass: row.incidentClass ?? null,
      links: [...row.links],
      told: toldBy(row),
      origin,
      createdAt: now,
      updatedAt: now,
    }));
    await db.insert(incidents).values(values).onConflictDoUpdate({
      target: incidents.id,
      set: TOLD,
      setWhere: CHANGED,
    });
    await note(
      db,
      part.flatMap((row) => milestones(row, before.get(row.id), now)),
    );
  }
}

const COLUMNS = [
  incidents.service,
  incidents.title,
  incidents.url,
  incidents.severity,
  incidents.startedAt,
  incidents.detectedAt,
  incidents.mitigatedAt,
  incidents.resolvedAt,
  incidents.incidentClass,
] as const;

const KEYS = [
  "service",
  "title",
  "url",
  "severity",
  "startedAt",
  "detectedAt",
  "mitigatedAt",
  "resolvedAt",
  "incidentClass",
] as const satisfies readonly (keyof IncidentRow)[];

/** What a source said, also where a person's word holds: that may be handed back. */
function toldBy(row: Incident): IncidentRow["told"] {
  return Object.fromEntries(KEYS.map((key) => [key, row[key] ?? null]));
}

const wanted = (name: string): SQL => sql`excluded.${sql.identifier(name)}`;

/** A column's new value, unless a person has set it. */
const unlessByHand = (i: number): SQL => {
  const column = COLUMNS[i];
  if (!column) throw new RangeError("no such column");
  return sql`case when ${column.name} = any(${incidents.byHand}) then ${column} else ${wanted(column.name)} end`;
};

const TOLD = {
  ...Object.fromEntries(KEYS.map((key, i) => [key, unlessByHand(i)])),
  links: wanted("links"),
  told: wanted("told"),
  withdrawnAt: sql`null`,
  updatedAt: wanted("updated_at"),
};

const CHANGED = sql`(${sql.join(
  [
    ...COLUMNS.map((column, i) => sql`${column} is distinct from ${unlessByHand(i)}`),
    sql`${incidents.links} is distinct from excluded.links`,
    sql`${incidents.told} is distinct from excluded.told`,
    sql`${incidents.withdrawnAt} is not null`,
  ],
  sql` or `,
)})`;

type Before = Pick<IncidentRow, "resolvedAt" | "byHand" | "withdrawnAt">;

async function knownBefore(db: Db, rows: readonly Incident[]): Promise<Map<string, Before>> {
  const { id, resolvedAt, byHand, withdrawnAt } = incidents;
  const known = await db
    .select({ id, resolvedAt, byHand, withdrawnAt })
    .from(incidents)
    .where(
      inArray(
        incidents.id,
        rows.map(({ id }) => id),
      ),
    );
  return new Map(known.map(({ id, ...rest }) => [id, rest]));
}

export type IncidentNote = typeof incidentNotes.$inferInsert;

/** Entries of a timeline; one with a natural key is kept once. */
export async function note(db: Db, notes: readonly IncidentNote[]): Promise<void> {
  if (notes.length > 0)
    await db
      .insert(incidentNotes)
      .values([...notes])
      .onConflictDoNothing();
}

function entryOf(id: string, kind: string, at: number): IncidentNote {
  const text = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  return { incidentId: id, at, kind, text, naturalKey: `${id} ${kind} ${at}` };
}

function milestones(incident: Incident, before: Before | undefined, now: number): IncidentNote[] {
  const { id, startedAt } = incident;
  if (!before) return [entryOf(id, "opened", startedAt), ...endOf(incident, null, now)];
  const back = before.withdrawnAt === null ? [] : [entryOf(id, "restored", now)];
  // When it ended is a person's word then, and stays so whatever the source says.
  const isByHand = before.byHand.includes(incidents.resolvedAt.name);
  return [...back, ...(isByHand ? [] : endOf(incident, before.resolvedAt, now))];
}

/** That it was resolved, or opened again, when it was `before` as given. */
function endOf({ id, resolvedAt }: Incident, before: number | null, now: number): IncidentNote[] {
  if (resolvedAt === before) return [];
  if (resolvedAt !== null) return [entryOf(id, "resolved", resolvedAt)];
  // The source does not say when: it is known from now on, and noted once for each resolution.
  return [{ ...entryOf(id, "reopened", now), naturalKey: `${id} reopened ${before}` }];
}

/**
 * Incidents that their source has taken back: kept for the record, and counted no more. Those of other
 * sources, and what was withdrawn before, stay as they are.
 */
export async function withdrawIncidents(
  db: Db,
  ids: readonly string[],
  { origin, now }: Telling,
): Promise<void> {
  for (const part of chunks(ids)) {
    const { id, withdrawnAt } = incidents;
    const gone = await db
      .update(incidents)
      .set({ withdrawnAt: now, updatedAt: now })
      .where(and(inArray(id, part), eq(incidents.origin, origin), isNull(withdrawnAt)))
      .returning({ id });
    await note(
      db,
      gone.map((row) => entryOf(row.id, "withdrawn", now)),
    );
  }
}

/** One incident by its id, for a change to it: others wait. */
export async function lockIncident(db: Db, id: string): Promise<IncidentRow | null> {
  const [row] = await db.select().from(incidents).where(eq(incidents.id, id)).for("update");
  return row ?? null;
}
