import { ownSession } from "#app/_data/settings/account/session.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";
import { endSession, signOutEverywhere } from "#db/writes/account.ts";

/** Stands for every session but the one that asks. */
const OTHERS = "others";

/** Ends one of one's own sessions, or all others. */
export const DELETE = guarded<{ session: string }>(
  "DELETE /api/settings/account/sessions/[session]",
  async ({ request, params, by }) => {
    const { sessionId, person } = await ownSession(request);
    const { db } = await store();
    if (params.session === OTHERS) {
      const ended = await signOutEverywhere(db, by, { personId: person.id, keep: sessionId });
      return { ended: ended ?? 0 };
    }
    if (await endSession(db, by, { personId: person.id, sessionId: params.session })) {
      return { ended: 1 };
    }
    throw new RequestError(404, "no-such-session", "You have no such session; it may be over.");
  },
);
