import { Webhook } from "standardwebhooks";
import type { OutboundInit } from "#notify/exchange.ts";

interface Signing {
  /** As `whsec_…`. */
  readonly secret: string;
  /** The same for every try, so that the receiver can drop repeats. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
}

/** JSON with the three headers of Standard Webhooks, signed anew for every try: receivers refuse old ones. */
export function signedMessage(payload: object, { secret, id, at }: Signing): OutboundInit {
  const body = JSON.stringify(payload);
  const time = new Date(at);
  return {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, time, body),
    },
    body,
  };
}

/** JSON without a signature: the address itself is the secret. */
export function plainMessage(payload: object): OutboundInit {
  const body = JSON.stringify(payload);
  return { method: "POST", headers: { "content-type": "application/json" }, body };
}
