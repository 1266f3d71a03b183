import type { PolicyClauses } from "#lib/spec/model.ts";

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
