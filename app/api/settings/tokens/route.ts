import { randomBytes, randomUUID } from "node:crypto";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { newToken } from "#app/api/settings/tokens/body.ts";
import { store } from "#db/client.ts";
import { createToken } from "#db/writes/tokens.ts";
import { refusedGrant } from "#lib/access/grant.ts";
import { hashToken, tokenHint, tokenText } from "#lib/access/token.ts";
import { DAY } from "#lib/time/duration.ts";

/** Makes a token, and shows it this once. */
export const POST = guarded("POST /api/settings/tokens", async ({ request, by }) => {
  const { days, ...asked } = await jsonBody(request, newToken);
  const refused = refusedGrant(by.actor, asked);
  if (refused) throw new RequestError(403, "forbidden", refused);
  const token = tokenText(randomBytes(32));
  const made = {
    id: randomUUID(),
    ...asked,
    hash: hashToken(token),
    hint: tokenHint(token),
    expiresAt: by.at + days * DAY,
  };
  await createToken((await store()).db, by, made);
  const { id, name, scopes, team, expiresAt } = made;
  const answer = { id, name, scopes, team, expiresAt: new Date(expiresAt).toISOString(), token };
  return Response.json(answer, { status: 201, headers: { "cache-control": "no-store" } });
});
