import { DONE, roleBody } from "#app/_data/settings/people/shapes.ts";
import { noSuchPerson } from "#app/_data/settings/people/unknown.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { providersMakingAdmins } from "#auth/groupRules.ts";
import { store } from "#db/client.ts";
import { changeRole } from "#db/writes/roles.ts";

/** Makes an admin or takes that away, shuts out or lets in again. */
export const PATCH = guarded<{ person: string }>(
  "PATCH /api/settings/people/[person]",
  async ({ request, params, by }) => {
    const change = await jsonBody(request, roleBody);
    const { db } = await store();
    const outcome = await changeRole(db, by, {
      ...change,
      personId: params.person,
      makingAdmins: providersMakingAdmins(),
    });
    if (outcome === "done") return DONE;
    if (outcome === "unknown") throw noSuchPerson();
    throw new RequestError(409, outcome, WHY_NOT[outcome]);
  },
);

const WHY_NOT = {
  "last-admin":
    "This is the last admin who can sign in: nobody could manage people any more. Make someone else an admin first.",
  "from-groups":
    "A group of the sign-in provider makes this person an admin, and would again when they next sign in through it. Take them out of that group, or disable them here.",
} as const;
