import { RequestError } from "#app/api/respond.ts";
import { type SignedIn, sessionOf } from "#auth/actor.ts";

/** The session that asks. The door has let in a person, who may be gone a moment later. */
export async function ownSession(request: Request): Promise<SignedIn> {
  const session = await sessionOf(request.headers);
  if (session) return session;
  throw new RequestError(401, "not-signed-in", "Your session has ended: sign in again.");
}
