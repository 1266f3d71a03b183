import { decoded } from "#app/_data/slo/address.ts";
import { readTeamView } from "#app/_data/team/read.ts";
import { RequestError, respond } from "#app/api/respond.ts";

/** What a team's page shows, for its refresh. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ team: string }> },
): Promise<Response> {
  return respond(async () => {
    const team = decoded((await params).team);
    const view = await readTeamView(team);
    if (view) return view;
    throw new RequestError(404, "no-such-team", `No SLO in force names a team "${team}" any more.`);
  });
}
