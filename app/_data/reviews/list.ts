import { DEFAULT_ZONE } from "#app/_data/dora/ask.ts";
import { readTeams } from "#app/_data/reviews/read.ts";
import type { ReviewLine, ReviewsView } from "#components/reviews/view.ts";
import type { Db } from "#db/connection.ts";
import { type ReviewHead, readReviewHeads } from "#db/reads/reviews.ts";
import { monthAt, monthsThrough } from "#lib/dora/calendar.ts";

const MONTHS = 13;

/** The months that can be reviewed, newest first, and how far the review of each is. */
export async function readReviews(db: Db, team: string, now: number): Promise<ReviewsView> {
  const heads = await readReviewHeads(db);
  const present = monthAt(now, DEFAULT_ZONE);
  const begun = heads.map(({ month }) => month);
  const months = [...new Set([...monthsThrough(present, MONTHS), ...begun])].sort().reverse();
  const lines = months.map((month) => {
    const of = heads.filter((head) => head.month === month);
    return lineOf(of, { month, team, lasts: month >= present });
  });
  return { team, teams: await readTeams(db), lines };
}

interface LineAsk {
  readonly month: string;
  readonly team: string;
  readonly lasts: boolean;
}

function lineOf(heads: readonly ReviewHead[], { month, team, lasts }: LineAsk): ReviewLine {
  const own = heads.find((head) => head.team === team);
  const { publishedAt = null, publishedBy = null } = own ?? {};
  const begun = own ? "draft" : "open";
  return {
    ...{ month, publishedAt, publishedBy },
    state: publishedAt !== null ? "published" : lasts ? "lasts" : begun,
    others: heads
      .filter((head) => head !== own)
      .map((head) => ({ team: head.team, isPublished: head.publishedAt !== null })),
  };
}
