import { type IncidentView, REVIEW_PARTS } from "#components/incidents/view.ts";
import { REVIEW_WORD } from "#components/incidents/words.ts";

/** What a review has written down; nothing is asked of those who only read. */
export function Review({ review }: Pick<IncidentView, "review">) {
  const written = REVIEW_PARTS.filter((part) => review[part]);
  if (written.length === 0) {
    return <p className="px-4 pb-3 text-[13px] text-ink-3">Nothing has been written yet.</p>;
  }
  return (
    <dl className="space-y-3 px-4 pb-3 text-[13px]">
      {written.map((part) => (
        <div key={part}>
          <dt className="font-[560]">{REVIEW_WORD[part]}</dt>
          <dd className="max-w-[80ch] whitespace-pre-wrap [overflow-wrap:anywhere]">
            {review[part]}
          </dd>
        </div>
      ))}
    </dl>
  );
}
