import { distinct, readOwners } from "#app/_data/dora/teams.ts";
import { readReviewActions } from "#app/_data/reviews/actions.ts";
import { zoneOf } from "#app/_data/reviews/ask.ts";
import { isPublished, publishedState, thaw } from "#app/_data/reviews/frozen.ts";
import { readNumbers } from "#app/_data/reviews/numbers.ts";
import type { ReviewView } from "#components/reviews/view.ts";
import type { Db } from "#db/connection.ts";
import { type ReviewKey, type ReviewRow, readReview } from "#db/reads/reviews.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";

export interface ReviewPageAsk extends ReviewKey {
  /** Null = that of the draft. A published review keeps its own. */
  readonly zone: string | null;
  readonly now: number;
}

/** A monthly review: frozen where it was published, else by what is known now. Null: there is no such month. */
export async function readReviewView(
  db: Db,
  actor: Actor,
  ask: ReviewPageAsk,
): Promise<ReviewView | null> {
  const row = await readReview(db, ask);
  const numbers = await presentNumbers(db, row, ask);
  const published = isPublished(row) ? publishedState(row, numbers) : null;
  const shown = isPublished(row) ? thaw(row) : numbers;
  if (!shown) return null;
  return {
    numbers: shown,
    published,
    isOver: shown.to <= ask.now,
    actions: await readReviewActions(db, shown, ask.now),
    mayEdit: mayEdit(actor, ask.team),
    updatedAt: row?.updatedAt ?? null,
    teams: await readTeams(db, shown.from),
  };
}

function presentNumbers(db: Db, row: ReviewRow | null, { month, team, zone, now }: ReviewPageAsk) {
  const own = zoneOf(isPublished(row) ? row.zone : zone, row?.zone);
  const notes = isPublished(row) ? "" : (row?.notes ?? "");
  return readNumbers(db, { month, team, zone: own, notes, now });
}

/** A review of all teams is an admin's to write. */
function mayEdit(actor: Actor, team: string): boolean {
  return decide(actor, "edit", team === "" ? null : team) === "allow";
}

/** The teams that can have a review of a month that began then (epoch ms; null = of today), by name. */
export async function readTeams(db: Db, then: number | null = null): Promise<string[]> {
  return distinct((await readOwners(db, then)).map(({ team }) => team));
}
