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

/** An alert that a delivery told of. */
export interface ToldOf {
  readonly name: string;
  readonly tier: string | null;
  readonly isOver: boolean;
  /** `service/slo`, or the service alone; null: tied to nothing. */
  readonly tiedTo: string | null;
  /** What its labels name, where nothing of that name is known here. */
  readonly named: string | null;
}

export interface DeliveryView extends Omit<WebhookDelivery, "told"> {
  /** Null where it tells of no alerts, or is too long to look into. */
  readonly alerts: readonly ToldOf[] | null;
}

export interface WebhooksView {
  readonly github: SenderView;
  readonly pagerduty: SenderView;
  readonly alertmanager: { readonly url: string };
  /** Newest first. */
  readonly deliveries: readonly DeliveryView[];
}
