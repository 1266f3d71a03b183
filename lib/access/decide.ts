import type { Actor, Scope } from "#lib/access/actor.ts";

/**
 * What a route asks of whoever calls it:
 * - `public` nothing;
 * - `read` see numbers; `gate` ask whether one may ship; `ingest` hand in deployments, incidents and
 *   webhooks without a signature of their own;
 * - `edit` change what belongs to a team; `admin` change who may do what;
 * - `self` one's own sessions and password: a person at a browser, never a program.
 */
export type Permission = "public" | "read" | "gate" | "ingest" | "edit" | "admin" | "self";

export type Verdict = "allow" | "sign-in" | "forbidden";

/** Which scopes of a token give a permission. `admin` contains every other, `write` contains `ingest`. */
const SCOPES_FOR: Record<Permission, readonly Scope[]> = {
  public: [],
  read: ["read", "admin"],
  gate: ["gate", "admin"],
  ingest: ["ingest", "write", "admin"],
  edit: ["write", "admin"],
  admin: ["admin"],
  self: [],
};

/**
 * May this actor do what needs `permission`, to what belongs to `team`? Without a team (undefined),
 * `edit` and `ingest` ask only whether the actor may do it for some team: the route asks again once
 * it knows which. A null team is nobody's: only those who may edit for all teams may.
 * @example decide({ kind: "nobody" }, "read") // "sign-in"
 */
export function decide(actor: Actor, permission: Permission, team?: string | null): Verdict {
  if (permission === "public") return "allow";
  switch (actor.kind) {
    case "nobody":
      return "sign-in";
    case "local":
    case "system":
      return permission === "self" ? "forbidden" : "allow";
    case "token": {
      const has = actor.scopes.some((scope) => SCOPES_FOR[permission].includes(scope));
      return has && belongs(permission, actor.team, team) ? "allow" : "forbidden";
    }
    case "person":
      return personMay(actor, permission, team) ? "allow" : "forbidden";
  }
}

function personMay(
  person: Extract<Actor, { kind: "person" }>,
  permission: Permission,
  team: string | null | undefined,
): boolean {
  if (permission === "read" || permission === "gate" || permission === "self") return true;
  if (person.admin) return true;
  if (permission === "admin") return false;
  if (team === undefined) return person.editorOf.length > 0;
  return team !== null && person.editorOf.includes(team);
}

/** A token of one team reads everything, and writes for that team alone. */
function belongs(permission: Permission, own: string | null, team: string | null | undefined) {
  if (own === null || permission === "read" || permission === "gate") return true;
  if (permission === "admin") return false;
  return team === undefined || team === own;
}
