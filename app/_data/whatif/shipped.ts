import { titleOf } from "#app/_data/cost/names.ts";
import { readDelivery } from "#app/_data/dora/delivery.ts";
import type { Db } from "#db/connection.ts";
import type { ShippedThen } from "#lib/whatif/side.ts";

/** The successful production deployments of a service, by when they began: a gate is asked before. */
export async function shippedOf(db: Db, service: string): Promise<ShippedThen[]> {
  const { delivery } = await readDelivery(db);
  return delivery.verdicts
    .map(({ deployment }) => deployment)
    .filter((each) => each.service === service)
    .map((each) => ({ id: each.id, title: titleOf(each), at: each.createdAt }));
}
