import type { DeploymentStatus } from "#lib/dora/facts.ts";

/** What became of a deployment. Times are epoch ms. */
export type Outcome =
  | { readonly state: "succeeded"; readonly finishedAt: number }
  | { readonly state: "failed" }
  | { readonly state: "unfinished" };

const FAILURES = new Set(["failure", "error"]);

/**
 * What the statuses of a deployment amount to, in any order. It finished at its first success (epoch
 * ms); `inactive` says that a later one took its place, not that it failed. Without statuses it is
 * unfinished.
 * @example outcomeOf([{ state: "success", at: 1 }, { state: "inactive", at: 9 }]) // { state: "succeeded", finishedAt: 1 }
 */
export function outcomeOf(statuses: readonly DeploymentStatus[]): Outcome {
  const named = statuses.map(({ state, at }) => ({ state: state.toLowerCase(), at }));
  const successes = named.filter(({ state }) => state === "success").map(({ at }) => at);
  if (successes.length > 0) return { state: "succeeded", finishedAt: Math.min(...successes) };
  return { state: named.some(({ state }) => FAILURES.has(state)) ? "failed" : "unfinished" };
}
