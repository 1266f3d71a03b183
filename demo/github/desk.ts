import type { KeyObject } from "node:crypto";
import type { GithubFault } from "#demo/github/fault.ts";
import type { Quota } from "#demo/github/quota.ts";
import type { World } from "#demo/github/world.ts";

/** What every route of the stand-in works with. */
export interface Desk {
  readonly world: World;
  /** Epoch ms. */
  readonly clock: () => number;
  readonly quota: Quota;
  /** Tokens that are let in; installation tokens are added as they are given out. */
  readonly tokens: Set<string>;
  readonly app: AppRegistration | null;
  /** Every GraphQL query that was answered, with what it cost. */
  readonly queries: { readonly points: number; readonly query: string }[];
  /** What was answered to deployment protection rules, in order. */
  readonly protection: ProtectionAnswer[];
  fault: GithubFault;
}

/** An answer to a custom deployment protection rule, by its run. */
export interface ProtectionAnswer {
  readonly repository: string;
  readonly run: string;
  readonly environment: string;
  readonly state: "approved" | "rejected";
  readonly comment: string;
}

export interface AppRegistration {
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly installationId: number;
}
