import { knowledgeFrom } from "#app/_data/dora/knowledge.ts";
import { config } from "#config/current.ts";
import type { DeliverySettings } from "#config/delivery.ts";
import type { Db } from "#db/connection.ts";
import { readChosenSources } from "#db/reads/chosenSources.ts";
import { readDeliveryFacts, readDeliveryRevision } from "#db/reads/delivery.ts";
import { readDeliveryReach } from "#db/reads/deliveryReach.ts";
import { type Delivery, type DeliveryFacts, deliveryOf } from "#lib/dora/delivery.ts";
import type { ProductionRule } from "#lib/dora/environment.ts";
import type { DeploymentSource } from "#lib/dora/facts.ts";
import { type Knowledge, type Told, toldOf } from "#lib/dora/knowledge.ts";

/** Everything known of deployments, changes and incidents, joined. */
export interface KnownDelivery {
  readonly delivery: Delivery;
  readonly facts: DeliveryFacts;
  readonly knowledge: Knowledge;
}

const KEY = Symbol.for("plimsoll.delivery");
interface Joined extends Pick<KnownDelivery, "delivery" | "facts"> {
  readonly told: ReadonlyMap<string, Told>;
  readonly sources: ReadonlyMap<string, DeploymentSource>;
}
const holder = globalThis as { [KEY]?: { revision: string; joined: Joined } };

/**
 * The delivery facts, joined. Joining is the dear part, so it is kept for as long as no fact changes:
 * any range, team or service is then a selection of it.
 */
export async function readDelivery(db: Db): Promise<KnownDelivery> {
  const { delivery: settings } = config();
  const { delivery, facts, ...known } = await readJoined(db, settings);
  // How far everything is known changes without any fact.
  const knowledge = knowledgeFrom(settings, await readDeliveryReach(db), known);
  return { delivery, facts, knowledge };
}

async function readJoined(db: Db, settings: DeliverySettings): Promise<Joined> {
  const revision = await readDeliveryRevision(db);
  const sources = await readSources(db, settings);
  const key = `${revision} ${JSON.stringify([...sources])}`;
  const held = holder[KEY];
  if (held?.revision === key) return held.joined;
  const facts = await readDeliveryFacts(db);
  const excludeBots = settings.github?.excludeBots ?? false;
  const rules = { production: productionRule(settings), excludeBots, sources };
  const joined = { facts, delivery: deliveryOf(facts, rules), told: toldOf(facts), sources };
  holder[KEY] = { revision: key, joined };
  return joined;
}

/** One source for each service: the configured one, else the one that was settled when it was read. */
async function readSources(db: Db, { services }: DeliverySettings) {
  const settled = new Map(await readChosenSources(db));
  return new Map(
    services.flatMap(({ name, repository, deployments }) => {
      const source = deployments === "auto" ? settled.get(name) : deployments;
      return source && repository ? [[name, source] as const] : [];
    }),
  );
}

function productionRule({ production, services }: DeliverySettings): ProductionRule {
  const own = services.map((one) => [one.name, new RegExp(one.production, "i")] as const);
  return { pattern: new RegExp(production, "i"), byService: new Map(own) };
}
