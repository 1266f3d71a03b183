import { type Actor, SCOPES, type Scope } from "#lib/access/actor.ts";
import { decide, type Permission } from "#lib/access/decide.ts";

/** What the holder of a token may do: its scopes, and the team for which it writes (null: any). */
export interface Grant {
  readonly scopes: readonly Scope[];
  readonly team: string | null;
}

/** What using a scope asks of whoever gives it. */
const ASKS: Record<Scope, Permission> = {
  read: "read",
  gate: "gate",
  ingest: "ingest",
  write: "edit",
  admin: "admin",
};

/**
 * Why this actor may not make or revoke a token with this grant; null when they may. Nobody gives more
 * than they have; only admins give tokens for all teams (null); a token needs the scope `admin`, or a
 * leaked one could make its own successor.
 * @example refusedGrant({ kind: "local" }, { scopes: ["admin"], team: null }) // null
 */
export function refusedGrant(actor: Actor, { scopes, team }: Grant): string | null {
  if (decide(actor, "admin") === "allow") return null;
  if (actor.kind === "token") return "Only a token with the scope admin may manage tokens.";
  if (team === null) return "Only an admin may manage tokens for all teams.";
  if (decide(actor, "edit", team) !== "allow") {
    return `Only an editor of the team ${team}, or an admin, may manage its tokens.`;
  }
  const beyond = scopes.find((scope) => decide(actor, ASKS[scope], team) !== "allow");
  return beyond ? `You may not give the scope ${beyond}, which you do not have yourself.` : null;
}

/**
 * The scopes that an actor may put into a token for this team, in their fixed order; none for a team
 * that is not theirs.
 * @example grantable({ kind: "local" }, "shop") // ["read", "gate", "ingest", "write", "admin"]
 */
export function grantable(actor: Actor, team: string | null): Scope[] {
  return SCOPES.filter((scope) => refusedGrant(actor, { scopes: [scope], team }) === null);
}
