import { ownSession } from "#app/_data/settings/account/session.ts";
import { passwordBody } from "#app/_data/settings/account/shapes.ts";
import { jsonBody } from "#app/api/body.ts";
import { guarded } from "#app/api/guard.ts";
import { overLimit } from "#app/api/limits.ts";
import { RequestError } from "#app/api/respond.ts";
import { hashPassword, verifyPassword } from "#auth/password.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { readWaysIn } from "#db/reads/account.ts";
import { changePassword } from "#db/writes/account.ts";
import { writeAudit } from "#db/writes/audit.ts";

/** A new password for whoever knows the current one; their other sessions end. */
export const POST = guarded("POST /api/settings/account/password", async ({ request, by }) => {
  const { current, next } = await jsonBody(request, passwordBody);
  const { sessionId, person } = await ownSession(request);
  const { db } = await store();
  const { passwordHash } = await readWaysIn(db, person.id);
  if (passwordHash === null || !config().signIn.passwords) throw noPassword();
  requireFewer(person.email, by.at);
  if (!(await verifyPassword({ hash: passwordHash, password: current }))) {
    const subject = `person:${person.email}`;
    await writeAudit(db, by, { action: "person.password-refused", subject });
    throw wrong();
  }
  const hash = await hashPassword(next);
  const change = { personId: person.id, passwordHash: hash, sessionId };
  return { ended: await changePassword(db, by, change) };
});

/** Counted with the sign-ins: a stolen session is no second way to guess a password. */
function requireFewer(email: string, now: number): void {
  const wait = overLimit("sign-in", email, now);
  if (wait === null) return;
  const message = `Too many attempts; try again in ${Math.ceil(wait / 60)} min.`;
  throw new RequestError(429, "too-many-attempts", message, [], wait);
}

function wrong(): RequestError {
  const message = "This is not your current password. Nothing was changed.";
  return new RequestError(422, "wrong-password", message, [{ field: "current", message }]);
}

function noPassword(): RequestError {
  return new RequestError(
    409,
    "no-password",
    "You sign in through a provider and have no password here to change.",
  );
}
