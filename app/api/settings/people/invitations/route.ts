import { inviteBody, type LinkAnswer } from "#app/_data/settings/people/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { oneTimeLink } from "#auth/link.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { createInvitation } from "#db/writes/inviting.ts";

/** A link for a new person, answered this once. */
export const POST = guarded(
  "POST /api/settings/people/invitations",
  async ({ request, by }): Promise<LinkAnswer> => {
    const wanted = await jsonBody(request, inviteBody);
    const { url, tokenHash } = oneTimeLink(config().publicUrl);
    const { db } = await store();
    const made = await createInvitation(db, by, {
      ...wanted,
      kind: "invite",
      tokenHash,
      personId: null,
    });
    if (!made) throw taken(wanted.email);
    return { email: wanted.email, link: url, expiresAt: made.expiresAt };
  },
);

function taken(email: string): RequestError {
  const message = `${email} is among the people already.`;
  return new RequestError(409, "email-taken", message, [{ field: "email", message }]);
}
