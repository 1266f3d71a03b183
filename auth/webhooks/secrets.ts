import { randomBytes, randomUUID } from "node:crypto";
import { seal, unseal } from "#auth/seal.ts";
import type { SealedSecret } from "#db/reads/webhooks.ts";

/** A secret that senders sign with. */
export interface WebhookSecretText {
  readonly id: string;
  readonly text: string;
}

interface KeptSecret {
  readonly id: string;
  readonly sealed: string;
  readonly hint: string;
}

const SECRET_BYTES = 32;
const HINT_LENGTH = 4;

/** A new secret, which nobody but its sender will know. */
export function makeWebhookSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}

/** What is kept of a secret: sealed with the server's own. */
export function sealWebhookSecret(text: string, key: string): KeptSecret {
  const id = randomUUID();
  return { id, hint: text.slice(-HINT_LENGTH), sealed: seal(text, sealOf(id, key)) };
}

/** Those that this server's secret opens; what was sealed with another is left out. */
export function openWebhookSecrets(
  sealed: readonly SealedSecret[],
  key: string,
): WebhookSecretText[] {
  return sealed.flatMap((secret) => {
    const text = unseal(secret.sealed, sealOf(secret.id, key));
    return text === null ? [] : [{ id: secret.id, text }];
  });
}

/** The ids of those that it does not open: live for whoever made them, and dead here. */
export function closedWebhookSecrets(sealed: readonly SealedSecret[], key: string): string[] {
  const opened = new Set(openWebhookSecrets(sealed, key).map(({ id }) => id));
  return sealed.map(({ id }) => id).filter((id) => !opened.has(id));
}

function sealOf(id: string, key: string) {
  return { key, purpose: `webhook-secret:${id}` };
}
