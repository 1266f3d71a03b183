"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { teamQuery } from "#app/_data/team/query.ts";
import { TeamPanel } from "#components/team/team-panel.tsx";

/** A team's page, asked for again while it is looked at. */
export function LiveTeam({ team, children }: { team: string; children?: ReactNode }) {
  const { data, error } = useQuery(teamQuery(team));
  if (!data) return null;
  return (
    <TeamPanel view={data} problem={error?.message ?? null}>
      {children}
    </TeamPanel>
  );
}
