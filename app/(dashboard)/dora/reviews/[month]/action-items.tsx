import { ActionItem } from "#app/(dashboard)/dora/reviews/[month]/action-item.tsx";
import { NewAction } from "#app/(dashboard)/dora/reviews/[month]/new-action.tsx";
import type { ReviewView } from "#components/reviews/view.ts";
import { Section } from "#components/ui/card.tsx";

/** What is to be done: this month's, and what earlier reviews left open. Publishing does not end them. */
export function ActionItems({ view: { numbers, actions, mayEdit } }: { view: ReviewView }) {
  const { month, team } = numbers;
  const open = actions.filter(({ doneAt }) => doneAt === null).length;
  return (
    <Section
      title="Action items"
      aside={
        actions.length > 0 && (
          <p className="text-small text-ink-3">
            {open} of {actions.length} open; they stay on the next review until they are done
          </p>
        )
      }
    >
      {actions.length === 0 ? (
        <p className="px-4 pb-4 text-[13px] text-ink-2">None.</p>
      ) : (
        <ul className="text-[13px]">
          {actions.map((action) => (
            <ActionItem key={action.id} {...{ action, month, team, mayEdit }} />
          ))}
        </ul>
      )}
      {mayEdit && <NewAction month={month} team={team} />}
    </Section>
  );
}
