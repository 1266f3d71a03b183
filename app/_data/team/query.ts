import { queryOptions } from "@tanstack/react-query";
import { getJson } from "#app/_data/get-json.ts";
import type { TeamView } from "#components/team/view.ts";

/** New numbers come once a minute; asking more often keeps them fresh to a quarter of that. */
const EVERY_MS = 15_000;

/** A team's page, asked again while it is looked at. */
export function teamQuery(team: string) {
  return queryOptions({
    queryKey: ["team", team],
    queryFn: ({ signal }) =>
      getJson<TeamView>(`/api/views/teams/${encodeURIComponent(team)}`, signal),
    refetchInterval: EVERY_MS,
  });
}
