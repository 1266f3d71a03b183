import type { WebhookDelivery, WebhookSecret } from "#db/reads/webhooks.ts";

export interface SecretView extends Omit<WebhookSecret, "source"> {
  /** Whether this server can open it; not once `PLIMSOLL_SECRET` is another. */
  readonly opens: boolean;
}

export interface SenderView {
  readonly source: WebhookSecret["source"];
  /** Where the sender delivers to. */
  readonly url: string;
  /** Live ones, oldest first. */
  readonly secrets: readonly SecretView[];
  readonly mayAdd: boolean;
}

export interface WebhooksView {
  readonly github: SenderView;
  readonly pagerduty: SenderView;
  readonly alertmanager: { readonly url: string };
  /** Newest first. */
  readonly deliveries: readonly WebhookDelivery[];
}
