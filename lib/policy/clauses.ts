import type { PolicyClauses, PolicyExemption } from "#lib/spec/model.ts";

/** In force where a document says nothing. */
export const DEFAULT_CLAUSES: PolicyClauses = {
  postmortemAbove: null,
  planningAbove: null,
  exempt: ["p0", "security"],
};

/**
 * The clauses of a definition; the default ones where it has none, as those stored before there were any.
 * @example clausesOf({}).exempt // ["p0", "security"]
 */
export function clausesOf(definition: { readonly clauses?: PolicyClauses }): PolicyClauses {
  return definition.clauses ?? DEFAULT_CLAUSES;
}

/**
 * The fixes that each of these policies lets through a block; none where there is no policy.
 * @example exemptByAll([{}, { clauses: { ...DEFAULT_CLAUSES, exempt: ["p0"] } }]) // ["p0"]
 */
export function exemptByAll(
  definitions: readonly { readonly clauses?: PolicyClauses }[],
): PolicyExemption[] {
  const all = definitions.map((definition) => clausesOf(definition).exempt);
  return (all[0] ?? []).filter((kind) => all.every((exempt) => exempt.includes(kind)));
}
