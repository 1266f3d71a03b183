import {
  askedByPassword,
  askedOfProvider,
  type ByPassword,
} from "#app/api/auth/[...path]/asked.ts";
import { failure } from "#app/api/auth/[...path]/failure.ts";
import { guarded } from "#app/api/guard.ts";
import { overLimit } from "#app/api/limits.ts";
import { RequestError } from "#app/api/respond.ts";
import { addressOf } from "#auth/address.ts";
import { withAttempt } from "#auth/attempt.ts";
import { type Auth, auth } from "#auth/auth.ts";
import { authWith } from "#auth/providers.ts";
import { config } from "#config/current.ts";
import { store } from "#db/client.ts";
import { isPerson } from "#db/reads/actor.ts";
import { writeAudit } from "#db/writes/audit.ts";
import { NOBODY } from "#lib/access/actor.ts";

interface Params {
  readonly path: readonly string[];
}

/** What of better-auth answers here; the rest of it does not exist for the outside. */
const handler = guarded<Params>("* /api/auth/[...path]", async ({ request, params }) => {
  const asked = `${request.method} ${params.path.join("/")}`;
  const comingBack = /^GET callback\/([a-z0-9-]+)$/.exec(asked)?.[1];
  const ways: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
    "POST sign-in/email": byPassword,
    "POST sign-in/social": toProvider,
    "POST sign-out": async () => pass(await auth(), request, {}),
  };
  const way = Object.hasOwn(ways, asked) ? ways[asked] : undefined;
  if (!way && !comingBack) {
    throw new RequestError(404, "unknown-route", "There is no such way to sign in.");
  }
  if (config().noAuth) {
    throw new RequestError(409, "sign-in-is-off", "Sign-in is switched off by PLIMSOLL_NO_AUTH=1.");
  }
  const answer = await (way ? way(request) : fromProvider(request, comingBack ?? ""));
  return answer.status < 400 ? answer : failure(answer);
});

async function byPassword(request: Request): Promise<Response> {
  const asked = await askedByPassword(request);
  requireFewer(asked);
  const answer = await pass(await auth(), request, asked);
  // One that came too often was not even tried: the log is not to be filled so.
  if (answer.status >= 400 && answer.status !== 429) await noteFailure(request, asked);
  return answer;
}

async function toProvider(request: Request): Promise<Response> {
  const asked = await askedOfProvider(request);
  const provider = await authWith(asked.provider);
  if (provider) return pass(provider, request, asked);
  throw new RequestError(
    503,
    "provider-unavailable",
    "This provider is not configured, or does not answer at the moment. Try again in a minute.",
  );
}

/** A person at a browser comes this way: they get a page, whatever goes wrong. */
async function fromProvider(request: Request, id: string): Promise<Response> {
  const provider = await authWith(id);
  if (!provider) return toSignIn("provider_unavailable");
  const answer = await pass(provider, request, null);
  return answer.status < 400 ? answer : toSignIn("provider_failed");
}

function toSignIn(error: string): Response {
  const headers = { location: `${config().publicUrl}/sign-in?error=${error}` };
  return new Response(null, { status: 302, headers });
}

/** By account as well as by address: whoever tries one person's password has many addresses. */
function requireFewer({ email }: ByPassword): void {
  const wait = overLimit("sign-in", email.toLowerCase(), Date.now());
  if (wait === null) return;
  const message = `Too many attempts for this account; try again in ${Math.ceil(wait / 60)} min.`;
  throw new RequestError(429, "too-many-attempts", message, [], wait);
}

/** Hands a request on as if it had come by our public address, with the body as we have read it. */
function pass({ handler }: Auth, request: Request, body: object | null): Promise<Response> {
  const attempt = { address: addressOf(request.headers), at: Date.now(), arrived: null };
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/json");
  const whole = new Request(new URL(pathname + search, config().publicUrl), {
    method: request.method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return withAttempt(attempt, () => handler(whole));
}

/** Nobody's address is not written down: it may be a password in the wrong field, and rows stay for ever. */
async function noteFailure(request: Request, { email }: ByPassword): Promise<void> {
  const { db } = await store();
  const known = await isPerson(db, email.toLowerCase());
  const by = { actor: NOBODY, address: addressOf(request.headers), at: Date.now() };
  await writeAudit(db, by, {
    action: "person.sign-in-failed",
    subject: known ? `person:${email.toLowerCase()}` : "person:unknown",
  });
}

export { handler as DELETE, handler as GET, handler as PATCH, handler as POST, handler as PUT };
