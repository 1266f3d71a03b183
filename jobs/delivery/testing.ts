import type { DeliverySettings } from "#config/delivery.ts";
import type { Store } from "#db/client.ts";
import { readDeliveryFacts } from "#db/reads/delivery.ts";
import { sources, webhookDeliveries } from "#db/schema/index.ts";
import { deliveryTables } from "#db/suites/deliveries.ts";
import { collectDelivery } from "#jobs/delivery/run.ts";
import { type DeliveryUpstream, deliveryUpstreams } from "#jobs/delivery/upstreams.ts";
import { DAY } from "#lib/time/duration.ts";

/** For tests of collecting deliveries from the GitHub stand-in. */

/** A configuration with a service for each of these repositories of `acme`, of the same name. */
export function checkoutAt(url: string, names: readonly string[] = ["checkout"]): DeliverySettings {
  const production = "^prod(uction)?\\b";
  const times = { historyMs: 400 * DAY, timeoutMs: 20_000 };
  return {
    production,
    github: { url, token: "demo-token", production, excludeBots: false, ...times },
    incidents: { github: { labels: ["incident"] } },
    services: names.map((name) => ({
      ...{ name, team: "shop", environments: null, production },
      repository: { owner: "acme", name },
      ...{ deployments: "auto", tags: null, workflow: null, paths: null },
    })),
  };
}

export function githubAt(url: string, names?: readonly string[]): DeliveryUpstream {
  const upstream = deliveryUpstreams(checkoutAt(url, names)).get("github");
  if (!upstream) throw new Error("there is no upstream for GitHub");
  return upstream;
}

export function runOnce(store: Store, upstream: DeliveryUpstream, now: number) {
  const signal = AbortSignal.timeout(120_000);
  const wait = async () => undefined;
  return collectDelivery({ store, upstream, clock: () => now, signal, wait });
}

/** Runs until one goes well, as the ticks of a queue would. */
export async function runUntilOk(store: Store, upstream: DeliveryUpstream, now: number) {
  for (let run = 1; run <= 20; run++) {
    if ((await runOnce(store, upstream, now)) === "ok") return run;
  }
  throw new Error("20 runs failed");
}

/** Everything that is kept, in an order of its own. */
export async function keptIn({ db }: Store): Promise<object> {
  const { records, changes, shipped, incidents } = await readDeliveryFacts(db);
  const byId = <Row>(rows: readonly Row[], id: (row: Row) => string) =>
    rows.toSorted((a, b) => (id(a) < id(b) ? -1 : 1));
  return {
    records: byId(records, ({ id }) => id),
    changes: byId(changes, ({ id }) => id),
    shipped: byId(shipped, ({ deploymentId: id }) => id).map((row) => ({
      ...row,
      shas: row.shas.toSorted(),
    })),
    incidents: byId(incidents, ({ id }) => id),
  };
}

export async function forgetAll({ db }: Store): Promise<void> {
  for (const table of [...deliveryTables, sources, webhookDeliveries]) await db.delete(table);
}
