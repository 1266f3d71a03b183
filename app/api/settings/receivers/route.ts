import { randomUUID } from "node:crypto";
import { receiverBody } from "#app/_data/settings/receivers/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded, require } from "#app/api/guard.ts";
import { hostOf } from "#app/api/settings/receivers/address.ts";
import { makeSigningSecret, sealReceiverSecret, sealReceiverUrl } from "#auth/receivers.ts";
import { store } from "#db/client.ts";
import { createReceiver } from "#db/writes/receivers.ts";

/** Adds a receiver; a webhook's signing secret is told this once. */
export const POST = guarded("POST /api/settings/receivers", async ({ request, by }) => {
  const { url, ...asked } = await jsonBody(request, receiverBody);
  require(by.actor, "edit", asked.team);
  const host = hostOf(url);
  const id = randomUUID();
  const secret = asked.kind === "webhook" ? makeSigningSecret() : null;
  await createReceiver((await store()).db, by, {
    ...{ id, ...asked, host },
    sealedUrl: sealReceiverUrl(id, url),
    sealedSecret: secret === null ? null : sealReceiverSecret(id, secret),
  });
  const made = { id, name: asked.name, kind: asked.kind, host, secret };
  return Response.json(made, { status: 201, headers: { "cache-control": "no-store" } });
});
