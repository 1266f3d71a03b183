import type { SenderView, WebhooksView } from "#app/_data/settings/webhooks/view.ts";
import type { Db } from "#db/connection.ts";
import { readDeliveries, readWebhookSecrets } from "#db/reads/webhooks.ts";
import { MOST_LIVE_SECRETS } from "#db/writes/webhooks.ts";

/** The webhooks page; `publicUrl` is how senders reach us, without a slash at its end. */
export async function readWebhooksView(db: Db, publicUrl: string): Promise<WebhooksView> {
  const all = await readWebhookSecrets(db);
  const url = (source: string) => `${publicUrl}/api/webhooks/${source}`;
  const senderOf = (source: SenderView["source"]): SenderView => {
    const secrets = all.filter((secret) => secret.source === source);
    return { source, url: url(source), secrets, mayAdd: secrets.length < MOST_LIVE_SECRETS };
  };
  return {
    github: senderOf("github"),
    pagerduty: senderOf("pagerduty"),
    alertmanager: { url: url("alertmanager") },
    deliveries: await readDeliveries(db),
  };
}
