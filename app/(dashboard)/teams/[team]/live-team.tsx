"use client";

import { useQuery } from "@tanstack/react-query";
import { teamQuery } from "#app/_data/team/query.ts";
import { TeamPanel } from "#components/team/team-panel.tsx";

/** A team's page, asked for again while it is looked at. */
export function LiveTeam({ team }: { team: string }) {
  const { data, error } = useQuery(teamQuery(team));
  if (!data) return null;
  return <TeamPanel view={data} problem={error?.message ?? null} />;
}
