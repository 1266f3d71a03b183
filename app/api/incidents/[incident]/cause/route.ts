import { readDelivery } from "#app/_data/dora/delivery.ts";
import { deploymentName } from "#app/_data/incidents/cause.ts";
import { causeBody } from "#app/_data/incidents/shapes.ts";
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
import { type Cause, linkCause, unlinkCause } from "#db/writes/incidentTies.ts";
import type { Actor } from "#lib/access/actor.ts";

/** A person's word on which deployment caused an incident, or taking it back. */
export const PUT = guarded<IncidentParams>(
  "PUT /api/incidents/[incident]/cause",
  async ({ request, params, by }) => {
    const { updatedAt, deployment } = await jsonBody(request, causeBody);
    const { db } = await store();
    const seen = seenOf(await enterIncident(db, by.actor, params.incident), updatedAt);
    if (deployment === "inferred") return answerOf(await unlinkCause(db, by, seen));
    const cause =
      deployment === "none"
        ? { deploymentId: null, name: "" }
        : await causeOf(db, by.actor, deployment.id);
    return answerOf(await linkCause(db, by, { seen, cause }));
  },
);

/** Only what reached users can have caused anything. It counts as failed then: its editors say so. */
async function causeOf(db: Db, actor: Actor, id: string): Promise<Cause> {
  const { delivery } = await readDelivery(db);
  const found = delivery.verdicts.find(({ deployment }) => deployment.recordIds.includes(id));
  if (!found) throw badField("deployment", "is no successful production deployment that we know");
  await requireEditor(db, actor, found.deployment.service);
  return { deploymentId: found.deployment.id, name: deploymentName(found.deployment) };
}
