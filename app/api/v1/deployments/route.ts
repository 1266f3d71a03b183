import type { z } from "zod";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { parameters } from "#app/api/parameters.ts";
import { deploymentBody, handedDeployment } from "#app/api/v1/deployments/body.ts";
import { deploymentAnswer, type deploymentPage } from "#app/api/v1/deployments/schema.ts";
import { requireIngest } from "#app/api/v1/ingest.ts";
import { cursorOf, listQuery } from "#app/api/v1/list.ts";
import { store } from "#db/client.ts";
import { readDeploymentPage } from "#db/reads/deliveryPages.ts";
import { receiveDeployment } from "#db/writes/receiving.ts";
import { actorName } from "#lib/access/actor.ts";

/** Deployments as their sources tell them, newest first. */
export const GET = guarded("GET /api/v1/deployments", async ({ request }) => {
  const { cursor: after, ...asked } = parameters(request, listQuery);
  const { db } = await store();
  const { rows, next } = await readDeploymentPage(db, { ...asked, after });
  return {
    deployments: rows.map(deploymentAnswer),
    next: cursorOf(next),
  } satisfies z.infer<typeof deploymentPage>;
});

/** A pipeline tells of a deployment: 201 for a new one, 200 for more about one that is known. */
export const POST = guarded("POST /api/v1/deployments", async ({ request, by }) => {
  const body = await jsonBody(request, deploymentBody);
  const { db } = await store();
  const team = await requireIngest(db, by.actor, body.service);
  const from = { team, creator: actorName(by.actor), at: by.at };
  const { row, isNew } = await receiveDeployment(db, by, handedDeployment(body, from));
  return Response.json(deploymentAnswer(row), {
    status: isNew ? 201 : 200,
    headers: { "cache-control": "no-store" },
  });
});
