import { DONE } from "#app/_data/settings/people/shapes.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";
import { revokeInvitation } from "#db/writes/inviting.ts";

/** Takes an invitation back before it is used. */
export const DELETE = guarded<{ invitation: string }>(
  "DELETE /api/settings/people/invitations/[invitation]",
  async ({ params, by }) => {
    const { db } = await store();
    if (await revokeInvitation(db, by, params.invitation)) return DONE;
    throw new RequestError(
      404,
      "no-such-invitation",
      "This invitation does not work any more: it was used, revoked or has expired.",
    );
  },
);
