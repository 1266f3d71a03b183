import type { DeliverySource } from "#components/dora/view.ts";
import type { Db } from "#db/connection.ts";
import { readSources } from "#db/reads/sources.ts";

const KINDS: readonly string[] = ["github", "pagerduty"];

/** Where deployments, changes and incidents are fetched from, and when each last answered. */
export async function readDeliverySources(db: Db): Promise<DeliverySource[]> {
  const sources = await readSources(db);
  return sources
    .filter(({ kind }) => KINDS.includes(kind))
    .map(({ name, state, lastSuccessAt }) => ({ name, state, lastSuccessAt }));
}
