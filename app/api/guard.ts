import { overLimit } from "#app/api/limits.ts";
import { RequestError, respond } from "#app/api/respond.ts";
import { actorOf } from "#auth/actor.ts";
import { addressOf } from "#auth/address.ts";
import { config } from "#config/current.ts";
import type { By } from "#db/writes/audit.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide, type Permission } from "#lib/access/decide.ts";
import { ROUTES, type Route } from "#lib/access/routes.ts";

/** A request that has come through the door. */
export interface Asked<Params> {
  readonly request: Request;
  readonly params: Params;
  /** Who asks, for the audit log. */
  readonly by: By;
}

interface Context<Params> {
  readonly params: Promise<Params>;
}

/**
 * A route's handler behind the one door: who asks (session, token, nobody), whether the table in
 * `lib/access/routes.ts` lets them, whether a change comes from our own pages, and not too often.
 * `work` gives what is answered as JSON, or a Response.
 */
export function guarded<Params = Record<string, never>>(
  route: Route,
  work: (asked: Asked<Params>) => Promise<unknown>,
): (request: Request, context: Context<Params>) => Promise<Response> {
  const permission = ROUTES[route];
  return (request, context) =>
    respond(async () => {
      const by = await enter(request, permission);
      return work({ request, params: await context.params, by });
    });
}

async function enter(request: Request, permission: Permission): Promise<By> {
  const at = Date.now();
  const actor = permission === "public" ? null : await actorOf(request.headers);
  if (actor) {
    requireFewer(actor, at);
    require(actor, permission);
    requireOwnPage(request, actor);
  }
  return { actor: actor ?? { kind: "nobody" }, address: addressOf(request.headers), at };
}

/** Asks again, once a route knows whose team it is about. */
export function require(actor: Actor, permission: Permission, team?: string | null): void {
  const verdict = decide(actor, permission, team);
  if (verdict === "sign-in") {
    throw new RequestError(
      401,
      "not-signed-in",
      "Sign in, or send a token: Authorization: Bearer …",
    );
  }
  if (verdict === "forbidden") throw new RequestError(403, "forbidden", refusal(permission, team));
}

function refusal(permission: Permission, team?: string | null): string {
  if (permission === "self") return "Only a person who is signed in has an account of their own.";
  if (permission === "admin") return "This needs an admin.";
  if (permission === "edit" && team)
    return `This needs an editor of the team ${team}, or an admin.`;
  return `This needs the permission to ${permission}, which you do not have.`;
}

/**
 * A browser sends its cookie with whatever any page asks; only a change that one of our own pages
 * asks for is meant. Tokens are sent on purpose.
 */
function requireOwnPage(request: Request, actor: Actor): void {
  if (actor.kind === "token" || request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  if (origin !== null && ownOrigins(request).includes(origin)) return;
  throw new RequestError(
    403,
    "foreign-origin",
    "A change must come from one of Plimsoll's own pages, or with a token.",
  );
}

function ownOrigins(request: Request): string[] {
  const own = new URL(config().publicUrl).origin;
  const host = request.headers.get("host");
  return host ? [own, `${new URL(own).protocol}//${host}`] : [own];
}

function requireFewer(actor: Actor, now: number): void {
  if (actor.kind !== "token") return;
  const wait = overLimit("token", actor.id, now);
  if (wait === null) return;
  throw new RequestError(
    429,
    "too-many-requests",
    `This token asks too often; try again in ${wait} s.`,
    [],
    wait,
  );
}
