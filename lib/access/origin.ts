/** Where a right comes from: given by hand, or by a group at the sign-in provider of that id. */
export type Origin = "hand" | `groups:${string}` | "groups";

/**
 * Whether a right of this origin would be given again at the next sign-in, when `providers` (ids) have
 * a rule that gives it. Rows from before providers were written down say "groups": any provider's.
 * @example comesBack("groups:corp", ["corp"]) // true
 */
export function comesBack(origin: Origin, providers: readonly string[]): boolean {
  if (origin === "hand") return false;
  if (origin === "groups") return providers.length > 0;
  return providers.includes(origin.slice("groups:".length));
}

/**
 * The origin without the provider, as pages show it.
 * @example kindOf("groups:corp") // "groups"
 */
export function kindOf(origin: Origin): "hand" | "groups" {
  return origin === "hand" ? "hand" : "groups";
}
