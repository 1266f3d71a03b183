import { and, asc, desc, eq, gte, inArray, isNull, lt, lte, or } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { actionItems, incidents, reviews } from "#db/schema/index.ts";

export type ReviewRow = typeof reviews.$inferSelect;
export type ActionItem = typeof actionItems.$inferSelect;

/** Names a review: a month as "2026-03", and a team; empty = all. */
export interface ReviewKey {
  readonly month: string;
  readonly team: string;
}

/** Null while nobody has written anything on it. */
export async function readReview(db: Db, { month, team }: ReviewKey): Promise<ReviewRow | null> {
  const [row] = await db
    .select()
    .from(reviews)
    .where(and(eq(reviews.month, month), eq(reviews.team, team)));
  return row ?? null;
}

export type ReviewHead = Pick<ReviewRow, "month" | "team" | "zone" | "publishedAt" | "publishedBy">;

/** The reviews that were begun, newest month first, without what is in them. */
export function readReviewHeads(db: Db): Promise<ReviewHead[]> {
  const { month, team, zone, publishedAt, publishedBy } = reviews;
  return db
    .select({ month, team, zone, publishedAt, publishedBy })
    .from(reviews)
    .orderBy(desc(month), asc(team));
}

export interface ActionsAsk extends ReviewKey {
  /** When the month began, epoch ms. */
  readonly from: number;
}

/** What a review asks for, and what earlier ones asked for and was not done when its month began. */
export function readActions(db: Db, { month, team, from }: ActionsAsk): Promise<ActionItem[]> {
  const { doneAt } = actionItems;
  const isLeft = or(eq(actionItems.month, month), isNull(doneAt), gte(doneAt, from));
  return db
    .select()
    .from(actionItems)
    .where(and(eq(actionItems.team, team), lte(actionItems.month, month), isLeft))
    .orderBy(asc(actionItems.month), asc(actionItems.createdAt), asc(actionItems.id));
}

export interface IncidentsOfMonth {
  /** Epoch ms, `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** Null = of all. */
  readonly services: ReadonlySet<string> | null;
}

/** All incidents that count and began in a month, oldest first. */
export function readIncidentsOfMonth(
  db: Db,
  { from, to, services }: IncidentsOfMonth,
): Promise<(typeof incidents.$inferSelect)[]> {
  const { startedAt, service, mergedInto, withdrawnAt, id } = incidents;
  return db
    .select()
    .from(incidents)
    .where(
      and(
        ...[isNull(mergedInto), isNull(withdrawnAt), gte(startedAt, from), lt(startedAt, to)],
        services === null ? undefined : inArray(service, [...services]),
      ),
    )
    .orderBy(asc(startedAt), asc(id));
}
