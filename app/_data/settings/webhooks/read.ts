import { withAlerts } from "#app/_data/settings/webhooks/told.ts";
import type { SenderView, WebhooksView } from "#app/_data/settings/webhooks/view.ts";
import { closedWebhookSecrets } from "#auth/webhooks/secrets.ts";
import type { Db } from "#db/connection.ts";
import { readDeliveries, readSealedSecrets, readWebhookSecrets } from "#db/reads/webhooks.ts";
import { MOST_LIVE_SECRETS } from "#db/writes/webhooks.ts";

interface Server {
  /** How senders reach us, without a slash at its end. */
  readonly publicUrl: string;
  /** What secrets are sealed with now. */
  readonly secret: string;
}

/** The webhooks page. */
export async function readWebhooksView(db: Db, server: Server): Promise<WebhooksView> {
  const all = await readWebhookSecrets(db);
  const closed = await closedIds(db, server.secret);
  const url = (source: string) => `${server.publicUrl}/api/webhooks/${source}`;
  const senderOf = (source: SenderView["source"]): SenderView => {
    const secrets = all
      .filter((secret) => secret.source === source)
      .map((secret) => ({ ...secret, opens: !closed.has(secret.id) }));
    return { source, url: url(source), secrets, mayAdd: secrets.length < MOST_LIVE_SECRETS };
  };
  return {
    github: senderOf("github"),
    pagerduty: senderOf("pagerduty"),
    alertmanager: { url: url("alertmanager") },
    deliveries: await withAlerts(db, await readDeliveries(db)),
  };
}

async function closedIds(db: Db, key: string): Promise<ReadonlySet<string>> {
  const sealed = [
    ...(await readSealedSecrets(db, "github")),
    ...(await readSealedSecrets(db, "pagerduty")),
  ];
  return new Set(closedWebhookSecrets(sealed, key));
}
