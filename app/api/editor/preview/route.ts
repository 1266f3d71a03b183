import { previewText } from "#app/_data/editor/preview.ts";
import { previewBody } from "#app/_data/editor/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";
import { actorIdentity } from "#lib/access/actor.ts";

/** A document, and room for what JSON adds to it. */
const CAP = { bytes: 2 * 1024 * 1024, ms: 10_000 };
const SOON_S = 5;

/** What an SLO that is being written would say; the source works for it, so it asks for more than to read. */
export const POST = guarded("POST /api/editor/preview", async ({ request, by }) => {
  const asked = await jsonBody(request, previewBody, CAP);
  const { db } = await store();
  const asker = { person: actorIdentity(by.actor), now: by.at, gone: request.signal };
  const outcome = await previewText(db, asked, asker);
  if (outcome.kind === "no-slo") throw noSlo(asked.slo);
  if (outcome.kind === "busy") throw busy();
  if (outcome.kind === "superseded") throw superseded();
  return outcome;
});

function noSlo(name: string): RequestError {
  const message = `The text has no SLO ${name} without an error; correct what is marked.`;
  return new RequestError(422, "no-slo", message);
}

function busy(): RequestError {
  const message = "Others are looking at the sources now; try again in a few seconds.";
  return new RequestError(429, "busy", message, [], SOON_S);
}

function superseded(): RequestError {
  return new RequestError(409, "superseded", "You have asked for another preview since.");
}
