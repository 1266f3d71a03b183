import { DONE, teamName } from "#app/_data/settings/people/shapes.ts";
import { noSuchPerson } from "#app/_data/settings/people/unknown.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { guarded, require } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { providersMakingEditors } from "#auth/groupRules.ts";
import { store } from "#db/client.ts";
import type { By } from "#db/writes/audit.ts";
import { addTeamEditor, removeTeamEditor } from "#db/writes/teamEditors.ts";
import { decide } from "#lib/access/decide.ts";

interface Params {
  readonly team: string;
  readonly person: string;
}

/** Names an editor of a team by hand. */
export const PUT = guarded<Params>(
  "PUT /api/settings/teams/[team]/editors/[person]",
  async ({ params, by }) => {
    const team = teamFor(params, by);
    const { db } = await store();
    if (await addTeamEditor(db, by, { team, personId: params.person })) return DONE;
    throw noSuchPerson();
  },
);

/** Takes back what no group would give again. */
export const DELETE = guarded<Params>(
  "DELETE /api/settings/teams/[team]/editors/[person]",
  async ({ params, by }) => {
    const team = teamFor(params, by);
    const { db } = await store();
    const makingEditors = providersMakingEditors(team);
    const removal = { team, personId: params.person, makingEditors };
    if (await removeTeamEditor(db, by, removal)) return DONE;
    throw new RequestError(
      404,
      "no-such-editor",
      `This person is no editor of ${team} by hand. What a group of the sign-in provider gives would come back when they next sign in through it.`,
    );
  },
);

function teamFor(params: Params, by: By): string {
  const { data: team } = teamName.safeParse(decoded(params.team));
  if (team === undefined) throw new RequestError(400, "bad-team", "This is no name of a team.");
  if (by.actor.kind === "token" && decide(by.actor, "admin") !== "allow") throw needsAdminScope();
  require(by.actor, "edit", team);
  return team;
}

/** Else a leaked token could make its finder an editor, who stays when the token is revoked. */
function needsAdminScope(): RequestError {
  const message = "Only a token with the scope admin may name editors or take them back.";
  return new RequestError(403, "forbidden", message);
}
