import type { LinkAnswer } from "#app/_data/settings/people/shapes.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { oneTimeLink } from "#auth/link.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { createReset } from "#db/writes/account.ts";

/** A link with which a person sets a new password, answered this once. */
export const POST = guarded<{ person: string }>(
  "POST /api/settings/people/[person]/reset",
  async ({ params, by }): Promise<LinkAnswer> => {
    if (!config().signIn.passwords) throw passwordsOff();
    const { url, tokenHash } = oneTimeLink(config().publicUrl);
    const { db } = await store();
    const made = await createReset(db, by, { personId: params.person, tokenHash });
    if (!made) {
      throw new RequestError(
        404,
        "no-such-person",
        "There is no such person who may sign in. Enable them first, if they are disabled.",
      );
    }
    return { email: made.email ?? "", link: url, expiresAt: made.expiresAt };
  },
);

function passwordsOff(): RequestError {
  return new RequestError(
    409,
    "passwords-off",
    "Passwords are switched off (auth.passwords in plimsoll.yaml): everyone signs in through a provider.",
  );
}
