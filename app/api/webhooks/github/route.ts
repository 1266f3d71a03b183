import { z } from "zod";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { accept, nameOfBody, payloadOf } from "#app/api/webhooks/delivery.ts";
import { signedBody } from "#app/api/webhooks/signed.ts";
import { githubDigests } from "#auth/webhooks/signature.ts";

const SIGNING = {
  source: "github",
  name: "GitHub",
  header: "X-Hub-Signature-256",
  digestsOf: githubDigests,
} as const;

/** GitHub asks whether a deployment may go on. */
const PROTECTION_EVENT = "deployment_protection_rule";
const EVENT = /^[a-z_]{1,64}$/;
const DELIVERY = /^[\w-]{1,100}$/;

/**
 * An event of GitHub. Its headers are not signed, so a delivery is known by its body, which is:
 * sent again under another `X-GitHub-Delivery` it is still the same one.
 */
export const POST = guarded("POST /api/webhooks/github", async ({ request, by }) => {
  const body = await signedBody(request, SIGNING, by.at);
  const event = header(request, "X-GitHub-Event", EVENT);
  header(request, "X-GitHub-Delivery", DELIVERY);
  const { text } = payloadOf(body, z.looseObject({}));
  const deliveryId = nameOfBody(body);
  const delivery = { source: "github", deliveryId, event, body: text, receivedAt: by.at } as const;
  // Somebody waits for this answer, and "Redeliver" at GitHub is how they ask for it again.
  return accept(delivery, { anew: event === PROTECTION_EVENT });
});

function header(request: Request, name: string, form: RegExp): string {
  const value = request.headers.get(name) ?? "";
  if (form.test(value)) return value;
  throw new RequestError(400, "bad-header", `The header ${name} is missing or malformed.`);
}
