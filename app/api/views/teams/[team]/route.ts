import { decoded } from "#app/_data/slo/address.ts";
import { readTeamView } from "#app/_data/team/read.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";

/** What a team's page shows, for its refresh. */
export const GET = guarded<{ team: string }>("GET /api/views/teams/[team]", async ({ params }) => {
  const team = decoded(params.team);
  const view = await readTeamView(team);
  if (view) return view;
  throw new RequestError(404, "no-such-team", `No SLO in force names a team "${team}" any more.`);
});
