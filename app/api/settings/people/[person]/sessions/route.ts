import { DONE } from "#app/_data/settings/people/shapes.ts";
import { noSuchPerson } from "#app/_data/settings/people/unknown.ts";
import { guarded } from "#app/api/guard.ts";
import { store } from "#db/client.ts";
import { signOutEverywhere } from "#db/writes/account.ts";

/** Signs a person out everywhere. */
export const DELETE = guarded<{ person: string }>(
  "DELETE /api/settings/people/[person]/sessions",
  async ({ params, by }) => {
    const { db } = await store();
    const ended = await signOutEverywhere(db, by, { personId: params.person });
    if (ended === null) throw noSuchPerson();
    return DONE;
  },
);
