import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { deploymentOf, fluxEvent } from "#app/api/v1/deployments/flux/event.ts";
import { deploymentAnswer } from "#app/api/v1/deployments/schema.ts";
import { line, requireIngest } from "#app/api/v1/ingest.ts";
import { store } from "#db/client.ts";
import { receiveDeployment } from "#db/writes/receiving.ts";
import { actorName } from "#lib/access/actor.ts";

const shape = { service: line(200).optional(), environment: line(200) };

/** Flux tells of what it reconciled; what is no deployment is answered 200 and forgotten. */
export const POST = guarded("POST /api/v1/deployments/flux", async ({ request, by }) => {
  const asked = parameters(request, shape);
  const event = await jsonBody(request, fluxEvent);
  const { environment, service = event.involvedObject.name } = asked;
  const { db } = await store();
  const team = await requireIngest(db, by.actor, service);
  const message = deploymentOf(event, { service, environment, creator: actorName(by.actor) });
  if (!message) return { outcome: "ignored" };
  const handed = { message, cargo: null, changes: [], team };
  const { row, isNew } = await receiveDeployment(db, by, handed);
  return Response.json(deploymentAnswer(row), {
    status: isNew ? 201 : 200,
    headers: { "cache-control": "no-store" },
  });
});
