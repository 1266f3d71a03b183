import { SettleOwed } from "#app/(dashboard)/policy/settle-owed.tsx";
import { quarterPath } from "#components/layout/paths.ts";
import { ExceptionsSection } from "#components/policy/exceptions-section.tsx";
import { OwedList } from "#components/policy/owed-list.tsx";
import type { TeamPolicyView } from "#components/policy/view.ts";
import { Section } from "#components/ui/card.tsx";

/** What the team owes until it is done, and its exceptions; nothing where there is neither. */
export function TeamPolicy(view: TeamPolicyView) {
  const { team, owed, asked, inForce } = view;
  return (
    <>
      {owed.length > 0 && (
        <Section title="Owed until done">
          <OwedList lines={owed} action={(line) => <SettleOwed line={line} />} />
        </Section>
      )}
      {asked.length + inForce.length > 0 && (
        <ExceptionsSection view={view} all={quarterPath({ team })} />
      )}
    </>
  );
}
