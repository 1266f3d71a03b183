import type { Metadata } from "next";
import { readTeamsView } from "#app/_data/settings/teams/read.ts";
import { TeamsPanel } from "#app/(dashboard)/settings/teams/teams-panel.tsx";
import { enterPage } from "#app/access.ts";
import { PageHead } from "#components/settings/page-head.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";

export const metadata: Metadata = { title: "Teams" };

export default async function TeamsPage() {
  const view = await readTeamsView(await enterPage("/settings/teams"));
  return (
    <div className="space-y-5">
      <PageHead title="Teams">
        Editors change what belongs to their team, and name other editors. They are added here by
        hand, or come through a group of the sign-in provider.
      </PageHead>
      {view.teams.length === 0 && (
        <Card>
          <Empty title="No teams yet">
            A team appears as soon as an SLO document names it as the owner.
          </Empty>
        </Card>
      )}
      <TeamsPanel view={view} />
    </div>
  );
}
