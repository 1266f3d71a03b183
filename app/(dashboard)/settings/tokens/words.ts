import type { TokenState } from "#app/_data/settings/tokens/view.ts";
import type { Scope } from "#lib/access/actor.ts";

/** What the holder of a token may do by each scope. */
export const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  read: "See SLOs, budgets and sources; scrape /metrics.",
  gate: "For plimsoll gate, which comes later; it opens nothing yet.",
  ingest: "Hand in deployments, incidents and Alertmanager's webhooks.",
  write: "Change what belongs to its team. Contains ingest.",
  admin: "Everything, for all teams: people, tokens and secrets too.",
};

interface StateLook {
  readonly word: string;
  readonly tone: string;
}

export const STATE_LOOK: Readonly<Record<TokenState, StateLook>> = {
  live: { word: "Live", tone: "text-healthy" },
  expiring: { word: "Expires soon", tone: "text-risk" },
  expired: { word: "Expired", tone: "text-ink-3" },
  revoked: { word: "Revoked", tone: "text-ink-3" },
};

/**
 * A first command for a token: of what it may do, the first that a command line can show. Null for
 * one that may only ask the gate or only write.
 */
export function tryIt(token: string, scopes: readonly Scope[], publicUrl: string): string | null {
  const header = `curl -H "Authorization: Bearer ${token}"`;
  if (scopes.includes("read") || scopes.includes("admin"))
    return `${header} ${publicUrl}/api/v1/slos`;
  return null;
}
