import type { Metadata } from "next";
import "./review.css";
import { type AskedOf, single } from "#app/_data/dora/single.ts";
import { askedReview, type ReviewAsk } from "#app/_data/reviews/ask.ts";
import { readReviewView } from "#app/_data/reviews/read.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { NoReview } from "#app/(dashboard)/dora/reviews/[month]/no-review.tsx";
import { ReviewSheet } from "#app/(dashboard)/dora/reviews/[month]/sheet.tsx";
import { enterPage } from "#app/access.ts";
import { titleOf } from "#components/reviews/words.ts";
import { Banner } from "#components/ui/banner.tsx";
import { store } from "#db/client.ts";

interface ReviewPageProps {
  readonly params: Promise<{ readonly month: string }>;
  readonly searchParams: AskedOf;
}

async function askOf({ params, searchParams }: ReviewPageProps): Promise<ReviewAsk> {
  return askedReview(decoded((await params).month), single(await searchParams));
}

export async function generateMetadata(props: ReviewPageProps): Promise<Metadata> {
  return { title: titleOf(await askOf(props)) };
}

/** How was our month? */
export default async function ReviewPage(props: ReviewPageProps) {
  const actor = await enterPage("/dora/reviews/[month]");
  const { mistake, ...ask } = await askOf(props);
  const view = await readReviewView((await store()).db, actor, { ...ask, now: Date.now() });
  const isKnown = ask.team === "" || view?.teams.includes(ask.team) || view?.published;
  if (!view || !isKnown) return <NoReview ask={ask} hasMonth={view !== null} />;
  return (
    <div className="review-sheet space-y-5">
      {mistake && (
        <Banner tone="warning">
          {mistake} The month is shown in {view.numbers.zone}.
        </Banner>
      )}
      <ReviewSheet view={view} asked={ask.zone} />
    </div>
  );
}
