import Link from "next/link";
import { monthName } from "#components/dora/month-name.ts";
import { Cell, Head } from "#components/dora/table-parts.tsx";
import { reviewPath } from "#components/layout/paths.ts";
import type { ReviewLine, ReviewsView } from "#components/reviews/view.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Time } from "#components/ui/time.tsx";

const STATE: Readonly<Record<ReviewLine["state"], string>> = {
  lasts: "the month still lasts",
  open: "not begun",
  draft: "draft",
  published: "published",
};

/** Months, newest first, and how far the review of each is. */
export function ReviewList({ view: { lines, team } }: { view: ReviewsView }) {
  return (
    <ScrollRegion label="Months">
      <table className="w-full border-collapse text-[13px]">
        <caption className="sr-only">Months and their reviews</caption>
        <thead>
          <tr>
            <Head left>Month</Head>
            <Head left>Review of {team === "" ? "all teams" : team}</Head>
            <Head left>Others begun</Head>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.month} className="border-t border-line">
              <Cell left>
                <Link href={pathOf(line.month, team)} prefetch={false} className="prose-link">
                  {monthName(line.month)}
                </Link>
              </Cell>
              <Cell left>
                <StateOf line={line} />
              </Cell>
              <Cell left>
                <Others line={line} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function pathOf(month: string, team: string): string {
  const path = reviewPath(month);
  return team === "" ? path : `${path}?${new URLSearchParams({ team })}`;
}

function StateOf({ line: { state, publishedAt, publishedBy } }: { line: ReviewLine }) {
  const ink = state === "published" ? "text-ink" : "text-ink-2";
  return (
    <span className={ink}>
      {STATE[state]}
      {publishedAt !== null && (
        <span className="text-ink-3">
          {" "}
          <Time at={publishedAt} show="brief" /> by {publishedBy}
        </span>
      )}
    </span>
  );
}

function Others({ line: { month, others } }: { line: ReviewLine }) {
  if (others.length === 0) return <span className="text-ink-3">none</span>;
  return others.map(({ team, isPublished }, i) => (
    <span key={team}>
      {i > 0 && ", "}
      <Link href={pathOf(month, team)} prefetch={false} className="prose-link">
        {team === "" ? "all teams" : team}
      </Link>{" "}
      <span className="text-ink-3">{isPublished ? "published" : "draft"}</span>
    </span>
  ));
}
