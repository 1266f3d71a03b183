import type { DeliveryView, ToldOf } from "#app/_data/settings/webhooks/view.ts";
import type { Db } from "#db/connection.ts";
import { readSloNamesOf } from "#db/reads/alertNames.ts";
import type { WebhookDelivery } from "#db/reads/webhooks.ts";
import { type TieColumns, tieAll } from "#db/writes/alertTies.ts";
import { readAlerts, type ToldAlert } from "#lib/alerts/delivery.ts";

/** Deliveries with the alerts that they told of, and to what each is tied as names are now. */
export async function withAlerts(
  db: Db,
  deliveries: readonly WebhookDelivery[],
): Promise<DeliveryView[]> {
  const told = deliveries.map(alertsOf);
  const all = told.flatMap((alerts) => alerts ?? []);
  const ties = await tieAll(db, all);
  const names = await readSloNamesOf(
    db,
    ties.flatMap(({ sloId }) => sloId ?? []),
  );
  const views = new Map(all.map((alert, i) => [alert, toldOf(alert, ties[i], names)]));
  return deliveries.map(({ told: _, ...delivery }, i) => ({
    ...delivery,
    alerts: told[i]?.flatMap((alert) => views.get(alert) ?? []) ?? null,
  }));
}

function alertsOf({ told, receivedAt }: WebhookDelivery): readonly ToldAlert[] | null {
  if (told === null) return null;
  try {
    return readAlerts(JSON.parse(told), receivedAt).alerts;
  } catch {
    return null;
  }
}

function toldOf(
  { name, labels, endsAt }: ToldAlert,
  tie: TieColumns | undefined,
  names: ReadonlyMap<number, string>,
): ToldOf {
  const slo = tie?.sloId ? (names.get(tie.sloId) ?? null) : null;
  const said = labels.slo ?? labels.sloth_slo;
  const service = labels.service ?? labels.sloth_service;
  const named = said && service && !said.includes("/") ? `${service}/${said}` : (said ?? service);
  return {
    ...{ name, tier: tie?.tier ?? labels.tier ?? null, isOver: endsAt !== null },
    tiedTo: slo ?? tie?.service ?? null,
    named: slo === null && (said !== undefined || !tie?.service) ? (named ?? null) : null,
  };
}
