import { toldByAlertmanager } from "#demo/story/alerts.ts";

/** Tells the product what an Alertmanager would have told: the same again does no harm. */
export async function tellAlerts(url: string, anchor: number): Promise<void> {
  const answer = await fetch(`${url}/api/webhooks/alertmanager`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(toldByAlertmanager(anchor)),
  });
  if (!answer.ok) throw new Error(`the alerts were refused: ${answer.status}`);
  await answer.body?.cancel();
}
