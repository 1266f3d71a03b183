import type { Scope } from "#lib/access/actor.ts";

export type TokenState = "live" | "expiring" | "expired" | "revoked";

export interface TokenView {
  readonly id: string;
  readonly name: string;
  /** Its last four characters. */
  readonly hint: string;
  readonly scopes: readonly Scope[];
  /** Null: all teams. */
  readonly team: string | null;
  readonly createdBy: string;
  /** Epoch ms, as all moments here. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly lastUsedAt: number | null;
  readonly lastUsedFrom: string | null;
  readonly revokedAt: number | null;
  readonly state: TokenState;
}

export interface TokensView {
  readonly tokens: readonly TokenView[];
  /** For which one may make tokens. */
  readonly teams: readonly string[];
  /** Whether one may make tokens for all teams. */
  readonly allTeams: boolean;
  /** Which one may give. */
  readonly scopes: readonly Scope[];
}
