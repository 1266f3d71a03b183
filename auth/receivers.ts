import { randomBytes } from "node:crypto";
import { seal, unseal } from "#auth/seal.ts";
import { serverSecret } from "#auth/secret.ts";
import type { OpenReceiver, SealedReceiver } from "#lib/notices/receiver.ts";

const SECRET_BYTES = 24;

/** A new signing secret, as Standard Webhooks writes them. */
export function makeSigningSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/** The address of a receiver as it is kept: its path may be a secret. */
export function sealReceiverUrl(id: string, url: string, key = serverSecret()): string {
  return seal(url, { key, purpose: `receiver-url:${id}` });
}

export function sealReceiverSecret(id: string, secret: string, key = serverSecret()): string {
  return seal(secret, { key, purpose: `receiver-secret:${id}` });
}

/** Address and secret again; null when either does not open with this server's secret. */
export function openReceiver(sealed: SealedReceiver, key = serverSecret()): OpenReceiver | null {
  const { id, sealedUrl, sealedSecret } = sealed;
  const url = unseal(sealedUrl, { key, purpose: `receiver-url:${id}` });
  if (url === null) return null;
  if (sealedSecret === null) return { url, secret: null };
  const secret = unseal(sealedSecret, { key, purpose: `receiver-secret:${id}` });
  return secret === null ? null : { url, secret };
}
