import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { anyExcludesExperiments } from "#db/reads/exclusions.ts";
import { exclusions } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { type ExclusionRow, writeOut } from "#db/writes/exclusionSpans.ts";
import { actorName } from "#lib/access/actor.ts";
import { type Timeliness, timelinessOf } from "#lib/exclusions/timeliness.ts";

/** What is told of an exclusion; times are epoch ms. */
export type ExclusionFields = Pick<
  ExclusionRow,
  | "kind"
  | "service"
  | "slo"
  | "title"
  | "reason"
  | "startsAt"
  | "endsAt"
  | "rrule"
  | "zone"
  | "excluded"
  | "url"
>;

/** An exclusion as somebody tells it. */
export interface ToldExclusion {
  readonly fields: ExclusionFields;
  readonly externalId: string | null;
  readonly team: string | null;
  /** It was not said whether its events count: of an experiment the policy decides. */
  readonly isOpen?: boolean;
}

/**
 * Adds an exclusion; one that was told before with the same id of the caller's is changed instead, so
 * that telling it again does no harm. Gives its own id.
 */
export async function saveExclusion(db: Db, by: By, told: ToldExclusion): Promise<number> {
  const { fields, externalId, team } = told;
  return db.transaction(async (tx) => {
    const before = externalId === null ? null : await readTold(tx, fields.service, externalId);
    const timeliness = await judged(tx, told, { before, now: by.at });
    const made = { createdBy: actorName(by.actor), createdAt: by.at, externalId };
    const again = {
      cancelledAt: null,
      cancelledBy: null,
      revision: sql`${exclusions.revision} + 1`,
    };
    // Of two who tell of the same at once the second changes what the first has told.
    const [row] = await tx
      .insert(exclusions)
      .values({ ...fields, ...made, timeliness, updatedAt: by.at })
      .onConflictDoUpdate({
        target: [exclusions.service, exclusions.externalId],
        set: { ...fields, timeliness, updatedAt: by.at, ...again },
      })
      .returning();
    if (!row) throw new Error("the exclusion was not kept");
    await writeOut(tx, { before, after: row }, by.at);
    await writeAudit(tx, by, {
      action: row.revision > 1 ? "exclusion.changed" : "exclusion.added",
      subject: `exclusion:${row.id}`,
      team,
      ...(before ? { before: loggable(before) } : {}),
      after: loggable(row),
    });
    return row.id;
  });
}

async function readTold(db: Db, service: string, externalId: string): Promise<ExclusionRow | null> {
  const [row] = await db
    .select()
    .from(exclusions)
    .where(and(eq(exclusions.service, service), eq(exclusions.externalId, externalId)))
    .for("update");
  return row ?? null;
}

/** What was cancelled is told anew: its events have counted meanwhile. */
async function judged(
  db: Db,
  { fields, isOpen = false }: ToldExclusion,
  { before, now }: { readonly before: ExclusionRow | null; readonly now: number },
): Promise<Timeliness | null> {
  if (fields.kind !== "experiment" || !isOpen) return null;
  if (!(await anyExcludesExperiments(db, fields))) return null;
  return timelinessOf(fields, { before: before?.cancelledAt === null ? before : null, now });
}

/** Changes fields of one that is in force; false when there is none. */
export function editExclusion(
  db: Db,
  by: By,
  of: {
    readonly id: number;
    readonly fields: Partial<ExclusionFields>;
    readonly team: string | null;
  },
): Promise<boolean> {
  const set = (before: ExclusionRow) => ({
    ...of.fields,
    timeliness: rejudged(before, of.fields, by.at),
  });
  return change(db, by, { ...of, action: "exclusion.changed", set });
}

/** Once somebody says whether it counts, the policy has no say. */
function rejudged(before: ExclusionRow, fields: Partial<ExclusionFields>, now: number) {
  if (before.timeliness === null || fields.excluded !== undefined) return null;
  return timelinessOf({ ...before, ...fields }, { before, now });
}

/** Takes an exclusion back, from its beginning on: its events count again. False when there is none. */
export function cancelExclusion(
  db: Db,
  by: By,
  of: { readonly id: number; readonly team: string | null },
): Promise<boolean> {
  const set = () => ({ cancelledAt: by.at, cancelledBy: actorName(by.actor) });
  return change(db, by, { ...of, action: "exclusion.cancelled", set });
}

async function change(
  db: Db,
  by: By,
  what: {
    readonly id: number;
    readonly team: string | null;
    readonly action: string;
    readonly set: (before: ExclusionRow) => Partial<ExclusionRow>;
  },
): Promise<boolean> {
  const { id, team, action, set } = what;
  return db.transaction(async (tx) => {
    const inForce = and(eq(exclusions.id, id), isNull(exclusions.cancelledAt));
    const [before] = await tx.select().from(exclusions).where(inForce).for("update");
    if (!before) return false;
    const [after] = await tx
      .update(exclusions)
      .set({ ...set(before), updatedAt: by.at, revision: before.revision + 1 })
      .where(inForce)
      .returning();
    if (!after) return false;
    await writeOut(tx, { before, after }, by.at);
    await writeAudit(tx, by, {
      ...{ action, team, subject: `exclusion:${id}` },
      ...{ before: loggable(before), after: loggable(after) },
    });
    return true;
  });
}

/** An exclusion as the audit log has it. */
export function loggable({
  service,
  slo,
  title,
  reason,
  ...rest
}: ExclusionRow): Record<string, unknown> {
  const { kind, startsAt, endsAt, rrule, zone, excluded, documentPath, timeliness } = rest;
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    ...{ service, slo, title, reason, kind, rrule, zone, excluded },
    ...(documentPath === null ? {} : { document: documentPath }),
    ...(timeliness === null ? {} : { timeliness }),
    startsAt: iso(startsAt),
    endsAt: iso(endsAt),
  };
}
