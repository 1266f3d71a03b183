import { teamsOf } from "#app/_data/dora/teams.ts";
import type { ServiceTeam } from "#db/reads/serviceTeams.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";

interface Owned {
  readonly service: string;
  /** Of the one SLO that it is about; null: about a whole service, or an SLO of no team. */
  readonly team: string | null;
}

/** Whether an actor edits what is about an SLO, which is its team's, or about a service, any of its teams'. */
export function mayEdit(
  actor: Actor,
  owners: readonly ServiceTeam[],
  { service, team }: Owned,
): boolean {
  const teams = team === null ? teamsOf(owners, service) : [team];
  return [null, ...teams].some((each) => decide(actor, "edit", each) === "allow");
}
