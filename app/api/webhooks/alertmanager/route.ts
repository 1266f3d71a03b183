import { z } from "zod";
import { rawBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { accept, CAP, nameOfBody, payloadOf } from "#app/api/webhooks/delivery.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";

const status = z.enum(["firing", "resolved"]);

/** The envelope alone: one alert that cannot be read must not lose the others, and is told of later. */
const shape = z.looseObject({
  version: z.literal("4", { error: 'must be "4": Alertmanager 0.16 and later send it' }),
  groupKey: z.string(),
  status,
  alerts: z.array(z.unknown()),
});

/** A notification of Alertmanager, with an API token. It tries again with the same body. */
export const POST = guarded("POST /api/webhooks/alertmanager", async ({ request, by }) => {
  requireAllTeams(by.actor);
  const body = await rawBody(request, CAP);
  const { text, said } = payloadOf(body, shape);
  return accept({
    source: "alertmanager",
    deliveryId: nameOfBody(body),
    event: said.status,
    body: text,
    receivedAt: by.at,
  });
});

/** One notification may hold alerts of any team, so a token of one team must not send it. */
function requireAllTeams(actor: Actor): void {
  if (decide(actor, "ingest", null) === "allow") return;
  throw new RequestError(
    403,
    "forbidden",
    "Alerts may belong to any team: use a token for all teams, which an admin makes.",
  );
}
