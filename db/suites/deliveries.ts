import {
  changes,
  deliveryProgress,
  deploymentMarks,
  deployments,
  incidentLinks,
  incidentNotes,
  incidents,
  repositories,
  shipped,
} from "#db/schema/index.ts";
import type { DeliveryFactsToSave } from "#db/writes/delivery.ts";
import { deployed } from "#lib/dora/testing.ts";

/** Where everything of deployments and incidents lies. */
export const deliveryTables = [
  ...[deployments, changes, shipped, deploymentMarks, incidents, incidentLinks, incidentNotes],
  ...[repositories, deliveryProgress],
];

/** A batch of one source with nothing in it, but for what is given. */
export function batch(source: string, parts: Partial<DeliveryFactsToSave> = {}) {
  const nothing: DeliveryFactsToSave = {
    source,
    origin: "github",
    deployments: [],
    changes: [],
    shipped: [],
    incidents: [],
    withdrawn: [],
    repositories: [],
    failures: [],
    cursor: {},
    points: { used: 0, remaining: null, limit: null, resetAt: null },
  };
  return { ...nothing, ...parts };
}

/** A deployment of `hours` after START, as its source tells it with these states, an hour apart. */
export function saying(id: string, hours: number, ...states: readonly string[]) {
  const record = deployed(id, hours);
  const statuses = states.map((state, i) => ({ state, at: record.createdAt + i * 3_600_000 }));
  return { ...record, statuses };
}
