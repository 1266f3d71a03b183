import type { WebhookDelivery, WebhookSecret } from "#db/reads/webhooks.ts";

export type SecretView = Omit<WebhookSecret, "source">;

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
