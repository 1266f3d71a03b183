import { randomUUID } from "node:crypto";
import { openBody } from "#app/_data/incidents/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { requireEditor, requireOrder, requireService } from "#app/api/incidents/door.ts";
import { store } from "#db/client.ts";
import { openIncident } from "#db/writes/incidentEdits.ts";

/** Opens an incident by hand. */
export const POST = guarded("POST /api/incidents", async ({ request, by }) => {
  const body = await jsonBody(request, openBody);
  const { db } = await store();
  const team = await requireEditor(db, by.actor, body.service);
  await requireService(db, body.service);
  requireOrder(body, new Set(Object.keys(body)));
  const incident = { id: `hand:${randomUUID()}`, ...body };
  await openIncident(db, by, { incident, team });
  const answer = { id: incident.id, updatedAt: by.at };
  return Response.json(answer, { status: 201, headers: { "cache-control": "no-store" } });
});
