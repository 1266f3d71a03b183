import { eq, inArray, type SQL, sql } from "drizzle-orm";
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
 * in the life of one (opened, resolved, reopened) becomes an entry of its timeline.
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
      links: [...row.links],
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
] as const satisfies readonly (keyof IncidentRow)[];

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
  updatedAt: wanted("updated_at"),
};

const CHANGED = sql`(${sql.join(
  [
    ...COLUMNS.map((column, i) => sql`${column} is distinct from ${unlessByHand(i)}`),
    sql`${incidents.links} is distinct from excluded.links`,
  ],
  sql` or `,
)})`;

async function knownBefore(
  db: Db,
  rows: readonly Incident[],
): Promise<Map<string, Pick<IncidentRow, "resolvedAt">>> {
  const known = await db
    .select({ id: incidents.id, resolvedAt: incidents.resolvedAt })
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

function milestones(
  incident: Incident,
  before: Pick<IncidentRow, "resolvedAt"> | undefined,
  now: number,
): IncidentNote[] {
  const { id, startedAt, resolvedAt } = incident;
  const entry = (kind: string, at: number, text: string): IncidentNote => ({
    incidentId: id,
    at,
    kind,
    text,
    naturalKey: `${id} ${kind} ${at}`,
  });
  const notes: IncidentNote[] = [];
  if (!before) notes.push(entry("opened", startedAt, "Opened"));
  if (resolvedAt !== null && before?.resolvedAt !== resolvedAt) {
    notes.push(entry("resolved", resolvedAt, "Resolved"));
  }
  if (resolvedAt === null && before && before.resolvedAt !== null) {
    // The source does not say when: it is known from now on, and noted once for each resolution.
    const naturalKey = `${id} reopened ${before.resolvedAt}`;
    notes.push({ ...entry("reopened", now, "Reopened"), naturalKey });
  }
  return notes;
}

/** One incident by its id, for a change to it: others wait. */
export async function lockIncident(db: Db, id: string): Promise<IncidentRow | null> {
  const [row] = await db.select().from(incidents).where(eq(incidents.id, id)).for("update");
  return row ?? null;
}
