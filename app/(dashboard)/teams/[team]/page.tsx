import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readTeamDelivery } from "#app/_data/dora/team.ts";
import { readTeamPolicy } from "#app/_data/policy/team.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { teamQuery } from "#app/_data/team/query.ts";
import { readTeamView } from "#app/_data/team/read.ts";
import { LiveTeam } from "#app/(dashboard)/teams/[team]/live-team.tsx";
import { TeamPolicy } from "#app/(dashboard)/teams/[team]/team-policy.tsx";
import { enterPage } from "#app/access.ts";
import { TeamDelivery } from "#components/dora/team-delivery.tsx";
import { store } from "#db/client.ts";

interface TeamPageProps {
  readonly params: Promise<{ readonly team: string }>;
}

export async function generateMetadata({ params }: TeamPageProps): Promise<Metadata> {
  return { title: decoded((await params).team) };
}

export default async function TeamPage({ params }: TeamPageProps) {
  const actor = await enterPage("/teams/[team]");
  const team = decoded((await params).team);
  const view = await readTeamView(team);
  if (!view) notFound();
  const { db } = await store();
  const delivery = await readTeamDelivery(db, team, Date.now());
  const policy = await readTeamPolicy(db, { actor, team, now: Date.now() });
  const client = new QueryClient();
  client.setQueryData(teamQuery(team).queryKey, view);
  return (
    <div className="space-y-5">
      <HydrationBoundary state={dehydrate(client)}>
        <LiveTeam team={team}>
          <TeamPolicy {...policy} />
        </LiveTeam>
      </HydrationBoundary>
      {delivery && <TeamDelivery team={team} {...delivery} />}
    </div>
  );
}
