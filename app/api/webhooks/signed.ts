import { rawBody } from "#app/api/body.ts";
import { RequestError } from "#app/api/respond.ts";
import { CAP } from "#app/api/webhooks/delivery.ts";
import { serverSecret } from "#auth/secret.ts";
import {
  closedWebhookSecrets,
  openWebhookSecrets,
  type WebhookSecretText,
} from "#auth/webhooks/secrets.ts";
import { signedWith } from "#auth/webhooks/signature.ts";
import { log } from "#config/log.ts";
import { type Db, store } from "#db/client.ts";
import { readSealedSecrets, type SealedSecret } from "#db/reads/webhooks.ts";
import type { SignedWebhook } from "#db/schema/index.ts";
import { touchWebhookSecret } from "#db/writes/webhooks.ts";

/** How a sender signs. */
interface Signing {
  readonly source: SignedWebhook;
  /** The sender's name, for people. */
  readonly name: string;
  readonly header: string;
  readonly digestsOf: (header: string) => readonly Buffer[];
}

/** The body of a request that one of the live secrets of its source was signed with; nothing else is read of it before. */
export async function signedBody(request: Request, signing: Signing, at: number): Promise<Buffer> {
  const { db } = await store();
  const secrets = await liveSecrets(db, signing);
  const digests = signing.digestsOf(request.headers.get(signing.header) ?? "");
  if (digests.length === 0) throw unsigned(signing);
  const body = await rawBody(request, CAP);
  const secret = signedWith(body, digests, secrets);
  if (!secret) throw unsigned(signing);
  await touchWebhookSecret(db, secret.id, at);
  return body;
}

async function liveSecrets(db: Db, { source, name }: Signing): Promise<WebhookSecretText[]> {
  const sealed = await readSealedSecrets(db, source);
  const opened = openWebhookSecrets(sealed, serverSecret());
  tellOfClosed(source, sealed);
  if (opened.length > 0) return opened;
  const why =
    sealed.length === 0
      ? "an admin makes a secret"
      : "its secrets were sealed with another PLIMSOLL_SECRET; an admin revokes them and makes new ones";
  throw new RequestError(
    503,
    "no-secret",
    `Nothing from ${name} can be checked: ${why} under Settings, Webhooks.`,
  );
}

const told = new Set<string>();

/** Once for each: a sender that is refused tries again, for days. */
function tellOfClosed(source: SignedWebhook, sealed: readonly SealedSecret[]): void {
  for (const id of closedWebhookSecrets(sealed, serverSecret())) {
    if (told.has(id)) continue;
    told.add(id);
    log().warn(
      { source, secretId: id },
      "a webhook secret cannot be opened: PLIMSOLL_SECRET is another now",
    );
  }
}

/** The same for a missing, malformed and wrong signature: a sender learns no more. */
function unsigned({ name, header }: Signing): RequestError {
  return new RequestError(
    401,
    "bad-signature",
    `The header ${header} does not hold a signature of this body by a live secret; give ${name} the one made under Settings, Webhooks.`,
  );
}
