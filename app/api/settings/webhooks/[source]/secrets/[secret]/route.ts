import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { signedSource } from "#app/api/settings/webhooks/source.ts";
import { store } from "#db/client.ts";
import { revokeWebhookSecret } from "#db/writes/webhooks.ts";

/** Takes a secret back: from now on nothing signed with it is taken. */
export const DELETE = guarded<{ source: string; secret: string }>(
  "DELETE /api/settings/webhooks/[source]/secrets/[secret]",
  async ({ params, by }) => {
    const source = signedSource(params.source);
    const { db } = await store();
    const revoked = await revokeWebhookSecret(db, by, { source, id: params.secret });
    if (revoked) return { id: params.secret, revokedAt: by.at };
    throw new RequestError(404, "not-found", "There is no such live secret.");
  },
);
