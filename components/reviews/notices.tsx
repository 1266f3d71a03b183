import { Missing } from "#components/dora/heading.tsx";
import type { PublishedState, ReviewView } from "#components/reviews/view.ts";
import { Banner } from "#components/ui/banner.tsx";

/** What a reader must know before trusting these numbers. */
export function ReviewNotices({ view }: { view: ReviewView }) {
  const { numbers, published } = view;
  return (
    <>
      {published && !published.isIntact && (
        <Banner tone="bad">
          The stored numbers do not give the hash under which they were published: they were changed
          by other means than Plimsoll.
        </Banner>
      )}
      {published && <Changed published={published} />}
      {numbers.gaps.length > 0 && (
        <Banner tone="warning">
          {numbers.despiteGaps && "Published although a part of the month was not known. "}
          <Missing gaps={numbers.gaps} zone={numbers.zone} />
        </Banner>
      )}
    </>
  );
}

/** What is known now is not always what was known then; the page goes on showing what was. */
function Changed({ published: { hasChanged, differences } }: { published: PublishedState }) {
  if (!hasChanged && differences.length === 0) return null;
  if (differences.length === 0) {
    return (
      <Banner tone="quiet">
        Facts behind these numbers have changed since; they would read the same today.
      </Banner>
    );
  }
  return (
    <Banner tone="warning">
      <details>
        <summary className="cursor-pointer">
          Facts behind these numbers have changed since they were published. Below stand the
          published numbers; {differences.length === 1 ? "one" : differences.length} of them would
          differ today.
        </summary>
        <ul className="mt-2 list-disc space-y-0.5 pl-5">
          {differences.map(({ what, published, present }) => (
            <li key={what}>
              {what}: published {published}, now {present}
            </li>
          ))}
        </ul>
      </details>
    </Banner>
  );
}
