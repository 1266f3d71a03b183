import type { TokenState, TokensView, TokenView } from "#app/_data/settings/tokens/view.ts";
import type { Db } from "#db/connection.ts";
import { readCatalogTeams, readTeamEditors } from "#db/reads/teams.ts";
import { readTokens, type TokenRecord } from "#db/reads/tokens.ts";
import type { Actor } from "#lib/access/actor.ts";
import { decide } from "#lib/access/decide.ts";
import { grantable } from "#lib/access/grant.ts";
import { DAY } from "#lib/time/duration.ts";

/** Tokens that ended longer ago are in the audit log alone. */
const ENDED_SHOWN_MS = 30 * DAY;
const WARN_MS = 14 * DAY;

/** The tokens page as this actor may see it: an admin all of it, an editor what is their teams'. */
export async function readTokensView(db: Db, actor: Actor, now: number): Promise<TokensView> {
  const endedAfter = now - ENDED_SHOWN_MS;
  if (decide(actor, "admin") === "allow") {
    const tokens = (await readTokens(db, { endedAfter })).map((token) => viewOf(token, now));
    const scopes = grantable(actor, null);
    return { tokens, teams: await knownTeams(db), allTeams: true, scopes };
  }
  const teams = actor.kind === "person" ? actor.editorOf.toSorted() : [];
  const own = await readTokens(db, { teams, endedAfter });
  const [first] = teams;
  return {
    tokens: own.map((token) => viewOf(token, now)),
    teams,
    allTeams: false,
    scopes: first === undefined ? [] : grantable(actor, first),
  };
}

async function knownTeams(db: Db): Promise<string[]> {
  const edited = (await readTeamEditors(db)).map(({ team }) => team);
  return [...new Set([...(await readCatalogTeams(db)), ...edited])].toSorted();
}

function viewOf(token: TokenRecord, now: number): TokenView {
  return { ...token, state: stateOf(token, now) };
}

function stateOf({ revokedAt, expiresAt }: TokenRecord, now: number): TokenState {
  if (revokedAt !== null) return "revoked";
  if (expiresAt <= now) return "expired";
  return expiresAt - now <= WARN_MS ? "expiring" : "live";
}
