"use client";

import { AddEditor } from "#app/(dashboard)/settings/teams/add-editor.tsx";
import { RemoveEditor } from "#app/(dashboard)/settings/teams/remove-editor.tsx";
import { TeamSection } from "#components/settings/teams/team-section.tsx";
import type { TeamsView } from "#components/settings/teams/view.ts";

/** All teams. In the browser as a whole, so that the list of people is sent once. */
export function TeamsPanel({ view: { teams, candidates } }: { view: TeamsView }) {
  return teams.map((team) => (
    <TeamSection
      key={team.name}
      team={team}
      removal={(editor) =>
        team.mayEdit && (editor.byHand || !editor.staysByGroup) ? (
          <RemoveEditor team={team.name} editor={editor} />
        ) : null
      }
    >
      {team.mayEdit && <AddEditor team={team} candidates={candidates} />}
    </TeamSection>
  ));
}
