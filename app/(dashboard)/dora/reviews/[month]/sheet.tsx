import { ActionItems } from "#app/(dashboard)/dora/reviews/[month]/action-items.tsx";
import { Choose } from "#app/(dashboard)/dora/reviews/[month]/choose.tsx";
import { Corrections } from "#app/(dashboard)/dora/reviews/[month]/corrections.tsx";
import { Notes } from "#app/(dashboard)/dora/reviews/[month]/notes.tsx";
import { PrintButton } from "#app/(dashboard)/dora/reviews/[month]/print-button.tsx";
import { Publish } from "#app/(dashboard)/dora/reviews/[month]/publish.tsx";
import { Decisions, Incidents, Spenders } from "#components/reviews/events.tsx";
import { ReviewHeading } from "#components/reviews/heading.tsx";
import { ReviewMetrics } from "#components/reviews/metrics.tsx";
import { ReviewNotices } from "#components/reviews/notices.tsx";
import { ReviewSlos } from "#components/reviews/slos.tsx";
import type { ReviewView } from "#components/reviews/view.ts";

interface ReviewSheetProps {
  readonly view: ReviewView;
  /** The zone that the address asks for. */
  readonly asked: string | null;
}

/** A month on one page, in the order in which a review goes through it. */
export function ReviewSheet({ view, asked }: ReviewSheetProps) {
  const { numbers, published, mayEdit } = view;
  const isKept = published !== null && asked !== null && asked !== numbers.zone;
  return (
    <>
      <ReviewHeading view={view} />
      <div className="no-print flex flex-wrap items-end gap-3">
        <Choose view={view} problem={isKept ? "Published in the zone that is shown." : undefined} />
        <PrintButton />
        {mayEdit && !published && <Publish view={view} />}
      </div>
      <ReviewNotices view={view} />
      <ReviewMetrics numbers={numbers} />
      <ReviewSlos numbers={numbers} />
      <Spenders numbers={numbers} />
      <Decisions numbers={numbers} />
      <Incidents numbers={numbers} />
      <Notes view={view} />
      {published && <Corrections view={view} />}
      <ActionItems view={view} />
    </>
  );
}
