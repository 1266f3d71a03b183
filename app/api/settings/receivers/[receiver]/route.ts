import { receiverChange } from "#app/_data/settings/receivers/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded, require } from "#app/api/guard.ts";
import { hostOf } from "#app/api/settings/receivers/address.ts";
import { ownReceiver } from "#app/api/settings/receivers/find.ts";
import { sealReceiverUrl } from "#auth/receivers.ts";
import { store } from "#db/client.ts";
import {
  changeReceiver,
  disableReceiver,
  enableReceiver,
  removeReceiver,
} from "#db/writes/receivers.ts";

/** Changes what a receiver is called, hears, and where it is; switches it off and on. */
export const PATCH = guarded<{ readonly receiver: string }>(
  "PATCH /api/settings/receivers/[receiver]",
  async ({ request, params, by }) => {
    const { db } = await store();
    const { id } = await ownReceiver(db, by.actor, params.receiver);
    const { url, enabled, ...change } = await jsonBody(request, receiverChange);
    if (change.team !== undefined) require(by.actor, "edit", change.team);
    const moved = url && { url: { sealedUrl: sealReceiverUrl(id, url), host: hostOf(url) } };
    if (moved || Object.keys(change).length > 0) {
      await changeReceiver(db, by, { id, change: { ...change, ...moved } });
    }
    if (enabled === true) await enableReceiver(db, by, id);
    if (enabled === false) await disableReceiver(db, by, id);
    return { id };
  },
);

/** Takes a receiver away; what became of its deliveries stays to be read. */
export const DELETE = guarded<{ readonly receiver: string }>(
  "DELETE /api/settings/receivers/[receiver]",
  async ({ params, by }) => {
    const { db } = await store();
    const { id } = await ownReceiver(db, by.actor, params.receiver);
    await removeReceiver(db, by, id);
    return { id };
  },
);
