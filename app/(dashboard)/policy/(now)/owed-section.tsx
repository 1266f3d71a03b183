import { SettleOwed } from "#app/(dashboard)/policy/settle-owed.tsx";
import { OwedList } from "#components/policy/owed-list.tsx";
import type { OwedLine } from "#components/policy/view.ts";
import { Section } from "#components/ui/card.tsx";

/** What is owed, or that nothing is. */
export function OwedSection({ lines }: { lines: readonly OwedLine[] }) {
  return (
    <Section title="Owed until done">
      {lines.length > 0 ? (
        <OwedList lines={lines} action={(line) => <SettleOwed line={line} />} />
      ) : (
        <p className="border-t border-line px-4 py-3 text-[13px] text-ink-3">
          Nothing is owed. Clauses of a policy ask for a postmortem or for planning, when one
          incident, or one class of them, spends more of a budget than they allow.
        </p>
      )}
    </Section>
  );
}
