import type { Paging } from "#demo/github/connection.ts";
import type { Commit, Pull, Repository, World } from "#demo/github/world.ts";

/** What the resolvers are given with each query. */
export interface Context {
  readonly world: World;
  readonly paging: Paging;
  readonly webUrl: string;
  readonly rateLimit: object;
  /** Type whose objects cannot be had at present: they come as null, with an error beside them. */
  readonly broken: string | null;
  /** What is left out at present without a word. */
  readonly hollow: "branch" | "folder" | null;
  readonly make: Makers;
}

/** Objects that lead to one another. */
export interface Makers {
  commit(repository: Repository, commit: Commit): object;
  pull(repository: Repository, pull: Pull): Node;
  repository(repository: Repository): object;
}

/** An object with an id of its own; connections consist of these. */
export interface Node {
  readonly id: string;
}

/** GitHub's `DateTime`: whole seconds, UTC. */
export function dateTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export function actor(login: string): object {
  const isBot = login.endsWith("[bot]");
  return { __typename: isBot ? "Bot" : "User", login: login.replace("[bot]", "") };
}
