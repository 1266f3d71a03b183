import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { givenSecret } from "#app/api/settings/webhooks/given.ts";
import { signedSource } from "#app/api/settings/webhooks/source.ts";
import { serverSecret } from "#auth/secret.ts";
import { makeWebhookSecret, sealWebhookSecret } from "#auth/webhooks/secrets.ts";
import { store } from "#db/client.ts";
import { createWebhookSecret, MOST_LIVE_SECRETS } from "#db/writes/webhooks.ts";

/** Makes a secret, which is told this once; or keeps one that the sender made, which is not told again. */
export const POST = guarded<{ source: string }>(
  "POST /api/settings/webhooks/[source]/secrets",
  async ({ request, params, by }) => {
    const source = signedSource(params.source);
    const given = await givenSecret(request);
    const text = given ?? makeWebhookSecret();
    const { id, sealed, hint } = sealWebhookSecret(text, serverSecret());
    const { db } = await store();
    if (!(await createWebhookSecret(db, by, { id, source, sealed, hint }))) {
      throw new RequestError(
        409,
        "too-many-secrets",
        `There are ${MOST_LIVE_SECRETS} live secrets already; revoke the one that the sender no longer uses.`,
      );
    }
    const secret = given === null ? text : null;
    const made = { id, source, secret, hint, createdAt: by.at };
    return Response.json(made, { status: 201, headers: { "cache-control": "no-store" } });
  },
);
