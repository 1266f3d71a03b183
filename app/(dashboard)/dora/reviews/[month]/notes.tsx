import { NotesForm } from "#app/(dashboard)/dora/reviews/[month]/notes-form.tsx";
import { Prose } from "#components/reviews/prose.tsx";
import type { ReviewView } from "#components/reviews/view.ts";
import { Section } from "#components/ui/card.tsx";

/** What people say about the month. In a published review they stay as they were. */
export function Notes({ view }: { view: ReviewView }) {
  const { numbers, published, mayEdit } = view;
  const { notes, month, team, zone } = numbers;
  return (
    <Section title="Notes">
      <div className="space-y-3 px-4 pb-4">
        {notes === "" ? (
          <p className="text-[13px] text-ink-2">
            {published ? "None were written." : "Nothing is written yet."}
          </p>
        ) : (
          <Prose text={notes} />
        )}
        {mayEdit && !published && (
          <NotesForm {...{ month, team, zone, notes }} seen={view.updatedAt} />
        )}
      </div>
    </Section>
  );
}
