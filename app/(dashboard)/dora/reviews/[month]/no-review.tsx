import Link from "next/link";
import { Empty } from "#components/ui/empty.tsx";

interface NoReviewProps {
  readonly ask: { readonly month: string; readonly team: string };
  /** It is the team that there is not. */
  readonly hasMonth: boolean;
}

export function NoReview({ ask: { month, team }, hasMonth }: NoReviewProps) {
  const title = hasMonth ? "No such team" : "No such month yet";
  return (
    <Empty title={title} isPage>
      <p className="[overflow-wrap:anywhere]">
        {hasMonth
          ? `No SLO and no service belongs to a team called ${team}.`
          : `${month} is no month that has begun; months are written as 2026-03.`}
      </p>
      <Link href="/dora/reviews" className="prose-link mt-2 inline-block">
        All reviews
      </Link>
    </Empty>
  );
}
