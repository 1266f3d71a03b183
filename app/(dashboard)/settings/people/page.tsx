import type { Metadata } from "next";
import { readPeopleView } from "#app/_data/settings/people/read.ts";
import { InvitationLine } from "#app/(dashboard)/settings/people/invitation-line.tsx";
import { InvitePanel } from "#app/(dashboard)/settings/people/invite-panel.tsx";
import { PersonActions } from "#app/(dashboard)/settings/people/person-actions.tsx";
import { enterPage } from "#app/access.ts";
import { PageHead } from "#components/settings/page-head.tsx";
import { PersonRow } from "#components/settings/people/person-row.tsx";
import { Section } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const actor = await enterPage("/settings/people");
  const { people, invitations, teams, passwords } = await readPeopleView(actor, Date.now());
  return (
    <div className="space-y-5">
      <PageHead title="People">
        Who may sign in, and what they may do. Everyone who signs in sees every number; editors
        change what belongs to their teams; admins do all of it and manage people.
      </PageHead>
      <InvitePanel teams={teams} passwords={passwords} />
      {invitations.length > 0 && (
        <Section title="Open invitations">
          <ul>
            {invitations.map((invitation) => (
              <InvitationLine key={invitation.id} invitation={invitation} />
            ))}
          </ul>
        </Section>
      )}
      <Section title={people.length === 1 ? "1 person" : `${people.length} people`}>
        {people.length === 0 && <Empty title="Nobody yet">Invite someone to begin.</Empty>}
        <ul>
          {people.map((person) => (
            <PersonRow key={person.id} person={person}>
              <PersonActions person={person} passwords={passwords} />
            </PersonRow>
          ))}
        </ul>
      </Section>
    </div>
  );
}
