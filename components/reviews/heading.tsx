import Link from "next/link";
import { monthName } from "#components/dora/month-name.ts";
import { timeIn } from "#components/dora/time-in.ts";
import { doraPath } from "#components/layout/paths.ts";
import type { ReviewView } from "#components/reviews/view.ts";
import {
  doraAddress,
  exportPath,
  monthAfter,
  monthBefore,
  reviewAddress,
} from "#components/reviews/words.ts";

/** Which review this is, how far it is, and the ways on from it. */
export function ReviewHeading({ view }: { view: ReviewView }) {
  const { numbers, published, isOver } = view;
  const { month, team, zone, readAt } = numbers;
  return (
    <header>
      <h1>Review of {monthName(month)}</h1>
      <p className="mt-1 text-ink-2">
        {team === "" ? "All teams" : `Team ${team}`}; the calendar month in {zone}.
      </p>
      <p className="mt-0.5 text-small text-ink-3 [overflow-wrap:anywhere]">
        {published ? (
          <>
            Published {timeIn(published.at, zone)} by {published.by}; the numbers stay as they were
            then. SHA-256 of them and what they were made of:{" "}
            <code className="font-mono">{published.hash}</code>
          </>
        ) : (
          <>
            Draft{isOver ? "" : " of a month that still lasts"}; numbers as of{" "}
            {timeIn(readAt, zone)}.
          </>
        )}
      </p>
      <Ways view={view} />
    </header>
  );
}

/** Large enough for a thumb, also where lines of them stand above each other. */
const LINK = "prose-link inline-block py-1";

function Ways({ view: { numbers, isOver } }: { view: ReviewView }) {
  const { month } = numbers;
  const [before, after] = [monthBefore(month), monthAfter(month)];
  return (
    <nav aria-label="Reviews" className="no-print mt-2">
      <ul className="flex flex-wrap gap-x-4 text-[13px]">
        <Way href={reviewAddress({ ...numbers, month: before })}>← {monthName(before)}</Way>
        {isOver && (
          <Way href={reviewAddress({ ...numbers, month: after })}>{monthName(after)} →</Way>
        )}
        <Way href="/dora/reviews">All reviews</Way>
        <Way href={doraPath(doraAddress(numbers))}>Delivery of this month</Way>
        <li>
          <a href={exportPath(numbers, "md")} download className={LINK}>
            Markdown
          </a>
        </li>
        <li>
          <a href={exportPath(numbers, "csv")} download className={LINK}>
            CSV
          </a>
        </li>
      </ul>
    </nav>
  );
}

function Way({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <li>
      <Link href={href} prefetch={false} className={LINK}>
        {children}
      </Link>
    </li>
  );
}
