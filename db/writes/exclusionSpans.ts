import { eq, isNull, max } from "drizzle-orm";
import { chunks } from "#db/chunks.ts";
import type { Db } from "#db/connection.ts";
import { exclusionSpans, exclusions } from "#db/schema/index.ts";
import { keptSpan, touchedSpan } from "#lib/exclusions/kept.ts";
import { occurrences } from "#lib/exclusions/recurrence.ts";
import type { ExcludedSpan } from "#lib/slo/excluded.ts";
import { DAY } from "#lib/time/duration.ts";

export type ExclusionRow = typeof exclusions.$inferSelect;

/** Recurrences are written out so far ahead; a daily run goes on from there. */
const AHEAD_MS = 60 * DAY;
/** No history is kept beyond this; a document may tell of what lies before it. */
const BACK_MS = 400 * DAY;

/** Writes out the occurrences that came into reach since the last run. */
export async function writeOutExclusions(db: Db, now: number): Promise<void> {
  const rows = await db.select().from(exclusions).where(isNull(exclusions.cancelledAt));
  for (const row of rows.filter(({ rrule }) => rrule !== null)) {
    await db.transaction((tx) => extend(tx, row, now));
  }
}

/**
 * Writes out all anew where it is at another time than before: edges of long ago would be coarser than
 * those that are kept.
 */
export async function writeOut(
  db: Db,
  { before, after: row }: { readonly before: ExclusionRow | null; readonly after: ExclusionRow },
  now: number,
): Promise<void> {
  if (before && isSameTime(before, row)) return;
  await db.delete(exclusionSpans).where(eq(exclusionSpans.exclusionId, row.id));
  if (row.cancelledAt === null) await extend(db, row, now);
}

function isSameTime(before: ExclusionRow, after: ExclusionRow): boolean {
  const said = ["startsAt", "endsAt", "rrule", "zone", "cancelledAt"] as const;
  return said.every((field) => before[field] === after[field]) && leaves(before) === leaves(after);
}

/** Whether its events may be left out, of some SLO at least. */
function leaves({ excluded, timeliness }: ExclusionRow): boolean {
  return excluded || timeliness === "in-time";
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
  const { startsAt, endsAt } = row;
  const shown = (span: ExcludedSpan) => (leaves(row) ? keptSpan(span, now) : touchedSpan(span));
  if (endsAt === null) {
    return [{ fromAt: shown({ from: startsAt, to: now + DAY })?.from ?? startsAt, toAt: null }];
  }
  const range = { from: Math.max(startsAt, now - BACK_MS), to: now + AHEAD_MS };
  return occurrences({ ...row, endsAt }, range).flatMap((span) => {
    const found = shown(span);
    return found ? [{ fromAt: found.from, toAt: found.to }] : [];
  });
}
