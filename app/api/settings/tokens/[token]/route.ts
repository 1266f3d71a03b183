import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { store } from "#db/client.ts";
import { readToken } from "#db/reads/tokens.ts";
import { revokeToken } from "#db/writes/tokens.ts";
import { refusedGrant } from "#lib/access/grant.ts";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Revokes a token; once more changes nothing. */
export const DELETE = guarded<{ readonly token: string }>(
  "DELETE /api/settings/tokens/[token]",
  async ({ params, by }) => {
    const { db } = await store();
    const found = ID.test(params.token) ? await readToken(db, params.token) : null;
    if (!found) throw new RequestError(404, "no-such-token", "There is no such token.");
    // Whoever edits a team may end each of its tokens, also one that may do more than they.
    const refused = refusedGrant(by.actor, { scopes: [], team: found.team });
    if (refused) throw new RequestError(403, "forbidden", refused);
    const revoked = await revokeToken(db, by, found.id);
    return { id: found.id, revoked };
  },
);
