import type { ReviewAction, ReviewNumbers } from "#components/reviews/view.ts";
import type { Db } from "#db/connection.ts";
import { type ActionItem, readActions } from "#db/reads/reviews.ts";
import { dayOf, startOfDay } from "#lib/time/zone.ts";

type Of = Pick<ReviewNumbers, "month" | "team" | "zone" | "from">;

/** The action items on a review: its own, and what earlier ones left open. */
export async function readReviewActions(db: Db, of: Of, now: number): Promise<ReviewAction[]> {
  const today = new Date(startOfDay(dayOf(now, of.zone), "UTC")).toISOString().slice(0, 10);
  return (await readActions(db, of)).map((item) => actionOf(item, today));
}

function actionOf(item: ActionItem, today: string): ReviewAction {
  const { id, month, text, owner, due, doneAt, doneBy } = item;
  const isLate = doneAt === null && due !== null && due < today;
  return { id, month, text, owner, due, doneAt, doneBy, isLate };
}
