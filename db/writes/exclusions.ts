import { and, eq, isNull, max, sql } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { exclusionSpans, exclusions } from "#db/schema/index.ts";
import { type By, writeAudit } from "#db/writes/audit.ts";
import { actorName } from "#lib/access/actor.ts";
import { keptSpan, touchedSpan } from "#lib/exclusions/kept.ts";
import { occurrences } from "#lib/exclusions/recurrence.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { DAY } from "#lib/time/duration.ts";

export type ExclusionRow = typeof exclusions.$inferSelect;

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

/** Recurrences are written out so far ahead; a daily run goes on from there. */
const AHEAD_MS = 60 * DAY;

/**
 * Adds an exclusion; one that was told before with the same id of the caller's is changed instead, so
 * that telling it again does no harm. Gives its own id.
 */
export async function saveExclusion(
  db: Db,
  by: By,
  told: {
    readonly fields: ExclusionFields;
    readonly externalId: string | null;
    readonly team: string | null;
  },
): Promise<number> {
  const { fields, externalId, team } = told;
  return db.transaction(async (tx) => {
    const before = externalId === null ? null : await readTold(tx, fields.service, externalId);
    const made = { createdBy: actorName(by.actor), createdAt: by.at, externalId };
    const again = {
      cancelledAt: null,
      cancelledBy: null,
      revision: sql`${exclusions.revision} + 1`,
    };
    // Of two who tell of the same at once the second changes what the first has told.
    const [row] = await tx
      .insert(exclusions)
      .values({ ...fields, ...made, updatedAt: by.at })
      .onConflictDoUpdate({
        target: [exclusions.service, exclusions.externalId],
        set: { ...fields, updatedAt: by.at, ...again },
      })
      .returning();
    if (!row) throw new Error("the exclusion was not kept");
    if (!before || !isSameTime(before, row)) await writeOut(tx, row, by.at);
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
  return change(db, by, { ...of, action: "exclusion.changed", set: of.fields });
}

/** Takes an exclusion back, from its beginning on: its events count again. False when there is none. */
export function cancelExclusion(
  db: Db,
  by: By,
  of: { readonly id: number; readonly team: string | null },
): Promise<boolean> {
  const set = { cancelledAt: by.at, cancelledBy: actorName(by.actor) };
  return change(db, by, { ...of, action: "exclusion.cancelled", set });
}

async function change(
  db: Db,
  by: By,
  what: {
    readonly id: number;
    readonly team: string | null;
    readonly action: string;
    readonly set: Partial<ExclusionRow>;
  },
): Promise<boolean> {
  const { id, team, action, set } = what;
  return db.transaction(async (tx) => {
    const inForce = and(eq(exclusions.id, id), isNull(exclusions.cancelledAt));
    const [before] = await tx.select().from(exclusions).where(inForce).for("update");
    if (!before) return false;
    const [after] = await tx
      .update(exclusions)
      .set({ ...set, updatedAt: by.at, revision: before.revision + 1 })
      .where(inForce)
      .returning();
    if (!after) return false;
    if (!isSameTime(before, after)) await writeOut(tx, after, by.at);
    await writeAudit(tx, by, {
      ...{ action, team, subject: `exclusion:${id}` },
      ...{ before: loggable(before), after: loggable(after) },
    });
    return true;
  });
}

/** Writes out the occurrences that came into reach since the last run. */
export async function writeOutExclusions(db: Db, now: number): Promise<void> {
  const rows = await db.select().from(exclusions).where(isNull(exclusions.cancelledAt));
  for (const row of rows.filter(({ rrule }) => rrule !== null)) {
    await db.transaction((tx) => extend(tx, row, now));
  }
}

/** Then nothing is written out anew: edges of long ago would be coarser than those that are kept. */
function isSameTime(before: ExclusionRow, after: ExclusionRow): boolean {
  const said = ["startsAt", "endsAt", "rrule", "zone", "excluded", "cancelledAt"] as const;
  return said.every((field) => before[field] === after[field]);
}

/** All anew: what was written out before may have been another time. */
async function writeOut(db: Db, row: ExclusionRow, now: number): Promise<void> {
  await db.delete(exclusionSpans).where(eq(exclusionSpans.exclusionId, row.id));
  if (row.cancelledAt === null) await extend(db, row, now);
}

/** Edges in the past lie where history is kept; those that were written out before stay as they are. */
async function extend(db: Db, row: ExclusionRow, now: number): Promise<void> {
  const ofThis = eq(exclusionSpans.exclusionId, row.id);
  const [last] = await db
    .select({ at: max(exclusionSpans.fromAt) })
    .from(exclusionSpans)
    .where(ofThis);
  const newest = last?.at ?? Number.NEGATIVE_INFINITY;
  const spans = spansOf(row, now).filter(({ fromAt }) => fromAt > newest);
  for (const part of chunks(spans.map((span) => ({ exclusionId: row.id, ...span })))) {
    await db.insert(exclusionSpans).values(part).onConflictDoNothing();
  }
}

function spansOf(row: ExclusionRow, now: number): { fromAt: number; toAt: number | null }[] {
  const { startsAt, endsAt, excluded } = row;
  const shown = (span: ExcludedSpan) => (excluded ? keptSpan(span, now) : touchedSpan(span));
  if (endsAt === null) {
    return [{ fromAt: shown({ from: startsAt, to: now + DAY })?.from ?? startsAt, toAt: null }];
  }
  const range = { from: startsAt, to: now + AHEAD_MS };
  return occurrences({ ...row, endsAt }, range).flatMap((span) => {
    const found = shown(span);
    return found ? [{ fromAt: found.from, toAt: found.to }] : [];
  });
}

function loggable({ service, slo, title, reason, ...rest }: ExclusionRow): Record<string, unknown> {
  const { kind, startsAt, endsAt, rrule, zone, excluded } = rest;
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    ...{ service, slo, title, reason, kind, rrule, zone, excluded },
    startsAt: iso(startsAt),
    endsAt: iso(endsAt),
  };
}
