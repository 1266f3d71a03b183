import type { z } from "zod";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { RequestError } from "#app/api/respond.ts";
import { handedIncident, incidentBody, ownDeployment } from "#app/api/v1/incidents/body.ts";
import { incidentAnswer, type incidentPage } from "#app/api/v1/incidents/schema.ts";
import { requireIngest } from "#app/api/v1/ingest.ts";
import { cursorOf, listQuery } from "#app/api/v1/list.ts";
import { store } from "#db/client.ts";
import type { Db } from "#db/connection.ts";
import { readDeployment, readIncidentPage } from "#db/reads/deliveryPages.ts";
import { receiveIncident } from "#db/writes/receiving.ts";
import type { Actor } from "#lib/access/actor.ts";

/** Incidents of all sources, newest first; those merged into others are left out. */
export const GET = guarded("GET /api/v1/incidents", async ({ request }) => {
  const { cursor: after, ...asked } = parameters(request, listQuery);
  const { db } = await store();
  const { rows, next } = await readIncidentPage(db, { ...asked, after });
  return {
    incidents: rows.map(incidentAnswer),
    next: cursorOf(next),
  } satisfies z.infer<typeof incidentPage>;
});

/** Somebody tells of an incident: 201 for a new one, 200 for more about one that is known. */
export const POST = guarded("POST /api/v1/incidents", async ({ request, by }) => {
  const body = await jsonBody(request, incidentBody);
  const { db } = await store();
  const team = await requireIngest(db, by.actor, body.service);
  if (body.deploymentId !== undefined) {
    const id = ownDeployment(body.service, body.deploymentId);
    await requireCause(db, by.actor, { id, service: body.service });
  }
  const received = await receiveIncident(db, by, handedIncident(body, team));
  if (!received) throw badField("title", "is needed the first time");
  return Response.json(incidentAnswer(received.row), {
    status: received.isNew ? 201 : 200,
    headers: { "cache-control": "no-store" },
  });
});

/** To blame a deployment of another service needs leave to tell of that one, too. */
async function requireCause(
  db: Db,
  actor: Actor,
  { id, service }: { readonly id: string; readonly service: string },
): Promise<void> {
  const found = await readDeployment(db, id);
  if (found) return void (await requireIngest(db, actor, found.service));
  // One of its own may be handed in later.
  if (id.split(":")[1] === service) return;
  const message = "is no deployment that we know; hand it in first, or give its sha";
  throw badField("deploymentId", message);
}

function badField(field: string, message: string): RequestError {
  const details = [{ field, message }];
  return new RequestError(422, "bad-body", "The body has fields that cannot be used.", details);
}
