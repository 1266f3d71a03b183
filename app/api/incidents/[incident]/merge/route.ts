import { mergeBody } from "#app/_data/incidents/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import {
  answerOf,
  badField,
  enterIncident,
  type IncidentParams,
  requireEditor,
  seenOf,
} from "#app/api/incidents/door.ts";
import { store } from "#db/client.ts";
import type { Db } from "#db/connection.ts";
import { readIncident } from "#db/reads/incidents.ts";
import type { By } from "#db/writes/audit.ts";
import type { Seen } from "#db/writes/incidentChange.ts";
import { type Merged, mergeIncident, separateIncident } from "#db/writes/incidentTies.ts";

/** Merges an incident into another, or takes that back. */
export const PUT = guarded<IncidentParams>(
  "PUT /api/incidents/[incident]/merge",
  async ({ request, params, by }) => {
    const { updatedAt, into } = await jsonBody(request, mergeBody);
    const { db } = await store();
    const entered = await enterIncident(db, by.actor, params.incident);
    const seen = seenOf(entered, updatedAt);
    const merged =
      into === null
        ? await separateIncident(db, by, seen)
        : await merge(db, by, { seen, into, before: entered.row.mergedInto });
    if (merged.outcome === "no-target") throw badField("into", "is no other incident");
    if (merged.outcome === "target-merged") {
      throw badField("into", "was merged into another itself; name that one");
    }
    return answerOf(merged);
  },
);

interface Merging {
  readonly seen: Seen;
  readonly into: string;
  readonly before: string | null;
}

/** Both incidents are changed by it, so it needs an editor of both. */
async function merge(db: Db, by: By, { seen, into, before }: Merging): Promise<Merged> {
  if (before !== null) throw badField("into", "is merged already; separate it first");
  const target = await readIncident(db, into);
  if (!target) return { outcome: "no-target" };
  await requireEditor(db, by.actor, target.service);
  return mergeIncident(db, by, { seen, into });
}
