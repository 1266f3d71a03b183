import { and, eq } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import type { ReviewKey, ReviewRow } from "#db/reads/reviews.ts";
import { reviews } from "#db/schema/index.ts";
import { type AuditEntry, type By, writeAudit } from "#db/writes/audit.ts";
import { writeNotices } from "#db/writes/notices.ts";
import { actorName } from "#lib/access/actor.ts";
import type { FrozenReview } from "#lib/dora/review.ts";
import type { Notice } from "#lib/notices/notice.ts";

/** What became of a change: made; someone else wrote first; it is published already, or not yet. */
export type Reviewed = "saved" | "changed" | "published" | "draft";

export interface NotesToSave extends ReviewKey {
  readonly zone: string;
  readonly notes: string;
  /** `updatedAt` of what the writer saw; null = nothing was there. */
  readonly seen: number | null;
}

/** Keeps the notes of a draft, unless someone else wrote on it meanwhile. */
export function saveNotes(db: Db, by: By, given: NotesToSave): Promise<Reviewed> {
  const { zone, notes, seen } = given;
  return change(db, by, given, (row) => {
    const hindrance = draftHindrance(row, seen);
    if (hindrance) return hindrance;
    return {
      set: { zone, notes },
      action: "review.written",
      before: { notes: row.notes, zone: row.zone },
      after: { notes, zone },
    };
  });
}

export interface Publication extends ReviewKey {
  readonly zone: string;
  /** `updatedAt` of what the publisher saw; null = nothing was written. */
  readonly seen: number | null;
  readonly frozen: FrozenReview;
  /** Although something of the month was missing. */
  readonly despiteGaps: boolean;
}

/** Freezes a review, once. Its notes are in what is frozen; from then on `notes` holds corrections. */
export function publishReview(db: Db, by: By, given: Publication): Promise<Reviewed> {
  const { zone, seen, frozen, despiteGaps } = given;
  return change(db, by, given, (row) => {
    const hindrance = draftHindrance(row, seen);
    if (hindrance) return hindrance;
    const published = { publishedAt: by.at, publishedBy: actorName(by.actor) };
    return {
      set: { zone, notes: "", ...frozen, ...published },
      action: "review.published",
      after: { hash: frozen.hash, zone, despiteGaps },
      notice: publishedNotice(by, given),
    };
  });
}

function publishedNotice(by: By, { month, team }: ReviewKey): Notice {
  return {
    ...{ kind: "review-published", key: `review-published:${month}:${team}`, at: by.at },
    ...{ team: team === "" ? null : team, month, publishedBy: actorName(by.actor) },
  };
}

/** Adds to what is corrected about a published review: when, who and what, in one line. */
export function addCorrection(
  db: Db,
  by: By,
  given: ReviewKey & { readonly text: string },
): Promise<Reviewed> {
  return change(db, by, given, (row) => {
    if (row.publishedAt === null) return "draft";
    const correction = oneLine(given.text);
    const day = new Date(by.at).toISOString().slice(0, 10);
    const line = `- ${day}, ${oneLine(actorName(by.actor))}: ${correction}`;
    const notes = row.notes === "" ? line : `${row.notes}\n${line}`;
    return { set: { notes }, action: "review.corrected", after: { correction } };
  });
}

/** Nobody can write a line that looks like another's. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

interface Locked extends ReviewRow {
  readonly isNew: boolean;
}

interface Edit extends Pick<AuditEntry, "action" | "before" | "after"> {
  readonly set: Partial<ReviewRow>;
  readonly notice?: Notice;
}

/** Changes the row of a review, made if need be, while others wait; or says why not, and changes nothing. */
function change(
  db: Db,
  by: By,
  { month, team }: ReviewKey,
  work: (row: Locked) => Edit | Exclude<Reviewed, "saved">,
): Promise<Reviewed> {
  const isOf = and(eq(reviews.month, month), eq(reviews.team, team));
  const updatedBy = actorName(by.actor);
  return db.transaction(async (tx) => {
    const fresh = { month, team, zone: "UTC", updatedAt: by.at, updatedBy };
    const made = await tx.insert(reviews).values(fresh).onConflictDoNothing().returning();
    const isNew = made.length > 0;
    const [row] = await tx.select().from(reviews).where(isOf).for("update");
    if (!row) throw new Error(`the review of ${month} is gone`);
    const edit = work({ ...row, isNew });
    if (typeof edit === "string") {
      if (isNew) await tx.delete(reviews).where(isOf);
      return edit;
    }
    const { set, notice, ...entry } = edit;
    // Later than what was there, so that two changes of one moment differ.
    const updatedAt = isNew ? by.at : Math.max(by.at, row.updatedAt + 1);
    await tx
      .update(reviews)
      .set({ ...set, updatedAt, updatedBy })
      .where(isOf);
    const subject = { subject: `review:${month}`, team: team === "" ? null : team };
    await writeAudit(tx, by, { ...entry, ...subject });
    if (notice) await writeNotices(tx, [notice]);
    return "saved";
  });
}

function draftHindrance(row: Locked, seen: number | null): "published" | "changed" | null {
  if (row.publishedAt !== null) return "published";
  return seen === (row.isNew ? null : row.updatedAt) ? null : "changed";
}
