import { z } from "zod";
import type { Query } from "#collectors/github/client.ts";
import { pageOf } from "#collectors/github/schema.ts";

/** Every query asks what it cost and what is left. */
export const RATE_LIMIT = "rateLimit { cost limit remaining resetAt }";
const PAGE = "pageInfo { hasNextPage endCursor }";

export interface Page<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null };
  readonly nodes: readonly T[];
}

/** A connection of a repository that is known by its id. */
export type ListQuery<T> = Query<{ readonly node: { readonly list: Page<T> } }>;

/** `list` is the connection with its arguments, `fields` what is asked of each node. */
export function listQuery<T extends z.ZodType>(
  of: { readonly name: string; readonly variables?: string; readonly list: string },
  fields: string,
  shape: T,
): ListQuery<z.infer<T>> {
  const variables = `$repository: ID!, $first: Int!, $after: String${of.variables ?? ""}`;
  return {
    text: `query ${of.name}(${variables}) {
      ${RATE_LIMIT}
      node(id: $repository) { ... on Repository { list: ${of.list} { ${PAGE} nodes { ${fields} } } } }
    }`,
    shape: z.object({ node: z.object({ list: pageOf(shape) }) }),
  };
}

/** The same objects by their ids, at most 100; what is gone is left out. */
export function nodesQuery<T extends z.ZodType>(
  of: { readonly name: string; readonly type: string },
  fields: string,
  shape: T,
): Query<{ readonly nodes: readonly z.infer<T>[] }> {
  return {
    text: `query ${of.name}($ids: [ID!]!) {
      ${RATE_LIMIT}
      nodes(ids: $ids) { ... on ${of.type} { ${fields} } }
    }`,
    shape: z.object({
      nodes: z.array(shape.nullable()).transform((rows) => rows.filter((row) => row !== null)),
    }),
  };
}
