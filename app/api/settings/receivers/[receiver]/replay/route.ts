import { replayBody } from "#app/_data/settings/receivers/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { noSuchReceiver, ownReceiver } from "#app/api/settings/receivers/find.ts";
import { store } from "#db/client.ts";
import { replayDead } from "#db/writes/replays.ts";

/** Has what was given up sent again: one delivery, or all of the receiver's. */
export const POST = guarded<{ readonly receiver: string }>(
  "POST /api/settings/receivers/[receiver]/replay",
  async ({ request, params, by }) => {
    const { db } = await store();
    const { id } = await ownReceiver(db, by.actor, params.receiver);
    const { delivery } = await jsonBody(request, replayBody);
    const replayed = await replayDead(db, by, { receiverId: id, delivery });
    if (replayed === "not-found") throw noSuchReceiver();
    if (replayed === "off") {
      throw new RequestError(
        409,
        "receiver-off",
        "This receiver is switched off: switch it on first.",
      );
    }
    return { replayed };
  },
);
