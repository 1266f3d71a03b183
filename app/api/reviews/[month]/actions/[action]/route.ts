import { actionChangeBody } from "#app/_data/reviews/shapes.ts";
import { DONE } from "#app/_data/settings/people/shapes.ts";
import { decoded } from "#app/_data/slo/address.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { enterReview, type MonthParams } from "#app/api/reviews/door.ts";
import { store } from "#db/client.ts";
import { changeAction } from "#db/writes/actionItems.ts";

interface ActionParams extends MonthParams {
  readonly action: string;
}

/** Changes an action item of a team, or says that it is done. */
export const PATCH = guarded<ActionParams>(
  "PATCH /api/reviews/[month]/actions/[action]",
  async ({ request, params: { month, action }, by }) => {
    const { team, ...change } = await jsonBody(request, actionChangeBody);
    const { db } = await store();
    await enterReview(db, by, { month, team });
    const changed = await changeAction(db, by, { id: decoded(action), team, ...change });
    if (!changed) throw new RequestError(404, "unknown-action", "There is no such action item.");
    return DONE;
  },
);
