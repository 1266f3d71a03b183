import { createHmac, randomUUID } from "node:crypto";

export interface Hook {
  readonly url: string;
  readonly secret: string;
}

/** Sends a delivery as GitHub does: event, delivery id and signature in headers. */
export async function sendWebhook(
  hook: Hook,
  event: string,
  payload: object,
  delivery: string = randomUUID(),
): Promise<Response> {
  const body = JSON.stringify(payload);
  return fetch(hook.url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": delivery,
      "x-hub-signature-256": signatureOf(hook.secret, body),
    },
    body,
  });
}

/** `X-Hub-Signature-256` of a body. */
export function signatureOf(secret: string, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}
