import { randomUUID } from "node:crypto";
import { z } from "zod";
import { passwordsOffWords } from "#app/_data/door/passwordsOff.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { RequestError } from "#app/api/respond.ts";
import { hashSecret } from "#auth/link.ts";
import { hashPassword, LONGEST_PASSWORD, SHORTEST_PASSWORD } from "#auth/password.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { acceptInvitation, findInvitation, type Invitation } from "#db/writes/invitations.ts";

const shape = z.strictObject({
  token: z.string().max(100),
  /** Not asked for when only a password is set. */
  name: z.string().trim().max(100),
  email: z.email({ error: "must be an e-mail address" }).max(320),
  password: z
    .string()
    .min(SHORTEST_PASSWORD, { error: `must have at least ${SHORTEST_PASSWORD} characters` })
    .max(LONGEST_PASSWORD, { error: `must have at most ${LONGEST_PASSWORD} characters` }),
});

/** Uses a one-time link up. The link itself is the proof of who asks. */
export const POST = guarded("POST /api/welcome", async ({ request, by }) => {
  if (config().noAuth) throw gone();
  const asked = await jsonBody(request, shape);
  const { db } = await store();
  const invitation = await findInvitation(db, hashSecret(asked.token), by.at);
  if (!invitation) throw gone();
  if (!config().signIn.passwords) throw passwordsOff(invitation);
  const email = (invitation.email ?? asked.email).toLowerCase();
  const person = {
    id: randomUUID(),
    name: nameOf(asked.name, invitation),
    email,
    passwordHash: await hashPassword(asked.password),
  };
  const { outcome } = await acceptInvitation(db, { invitation, person, by });
  if (outcome === "gone") throw gone();
  if (outcome === "email-taken") {
    throw problem("email", "Somebody has this e-mail address already; sign in instead.");
  }
  return { email };
});

function nameOf(typed: string, { kind }: Invitation): string {
  if (typed !== "" || kind === "reset") return typed;
  throw problem("name", "must not be empty");
}

function problem(field: string, message: string): RequestError {
  const details = [{ field, message }];
  return new RequestError(422, "bad-body", "This cannot be used.", details);
}

function passwordsOff(invitation: Invitation): RequestError {
  return new RequestError(
    409,
    "passwords-off",
    `Passwords are off: ${passwordsOffWords(invitation)}`,
  );
}

function gone(): RequestError {
  return new RequestError(
    410,
    "link-gone",
    "This link was used already, has expired or was taken back. Ask an admin for another one.",
  );
}
