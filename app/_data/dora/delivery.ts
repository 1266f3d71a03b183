import { config } from "#config/current.ts";
import type { DeliverySettings } from "#config/delivery.ts";
import type { Db } from "#db/connection.ts";
import { readDeliveryFacts, readDeliveryRevision, readSyncedFrom } from "#db/reads/delivery.ts";
import { type Delivery, type DeliveryFacts, deliveryOf } from "#lib/dora/delivery.ts";
import type { ProductionRule } from "#lib/dora/environment.ts";
import type { Synced } from "#lib/dora/selection.ts";

/** Everything known of deployments, changes and incidents, joined. */
export interface KnownDelivery {
  readonly delivery: Delivery;
  readonly facts: DeliveryFacts;
  readonly synced: Synced;
}

const KEY = Symbol.for("plimsoll.delivery");
type Joined = Pick<KnownDelivery, "delivery" | "facts">;
const holder = globalThis as { [KEY]?: { revision: string; joined: Joined } };

/**
 * The delivery facts, joined. Joining is the dear part, so it is kept for as long as no fact changes:
 * any range, team or service is then a selection of it.
 */
export async function readDelivery(db: Db): Promise<KnownDelivery> {
  const { delivery: settings } = config();
  const joined = await readJoined(db, settings);
  // How far back everything is known changes without any fact.
  return { ...joined, synced: syncedOf(joined.facts, settings, await readSyncedFrom(db)) };
}

async function readJoined(db: Db, settings: DeliverySettings): Promise<Joined> {
  const revision = await readDeliveryRevision(db);
  const held = holder[KEY];
  if (held?.revision === revision) return held.joined;
  const facts = await readDeliveryFacts(db);
  const rules = { production: productionRule(settings), excludeBots: false };
  const joined = { facts, delivery: deliveryOf(facts, rules) };
  holder[KEY] = { revision, joined };
  return joined;
}

function productionRule({ production, services }: DeliverySettings): ProductionRule {
  const own = services.map((one) => [one.name, new RegExp(one.production, "i")] as const);
  return { pattern: new RegExp(production, "i"), byService: new Map(own) };
}

/**
 * Since when everything is there. Deployments and incidents that are posted to us are there at once;
 * what is fetched, from where the fetching has got to. Nothing posted and nothing fetched: not synced.
 */
function syncedOf(
  { records, incidents }: DeliveryFacts,
  { incidents: sources }: DeliverySettings,
  fetchedFrom: number | null,
): Synced {
  const from = fetchedFrom ?? (records.length > 0 ? 0 : null);
  const told = sources.github !== undefined || sources.pagerduty !== undefined;
  return {
    deployments: from,
    changes: from,
    incidents: told ? from : incidents.length > 0 ? 0 : "no-source",
  };
}
