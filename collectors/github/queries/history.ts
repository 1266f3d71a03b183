import { z } from "zod";
import type { Query } from "#collectors/github/client.ts";
import { nodesQuery, type Page, RATE_LIMIT } from "#collectors/github/queries/page.ts";
import { type CommitNode, commitShape, pageOf } from "#collectors/github/schema.ts";

/** A commit and what came before it, newest first; `object` is null when the commit is gone. */
export type History = {
  readonly node: { readonly object: { readonly history?: Page<CommitNode> } | null };
};

/** One point for a hundred commits with their parents. */
export const historyQuery: Query<History> = {
  text: `query History(
    $repository: ID!, $oid: GitObjectID!, $first: Int!, $after: String, $until: GitTimestamp
  ) {
    ${RATE_LIMIT}
    node(id: $repository) { ... on Repository { object(oid: $oid) { ... on Commit {
      history(first: $first, after: $after, until: $until) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id oid authoredDate committedDate message url
          author { name user { login } }
          parents(first: 100) { nodes { oid } }
        }
      }
    } } } }
  }`,
  shape: z.object({
    node: z.object({ object: z.object({ history: pageOf(commitShape).optional() }).nullable() }),
  }),
};

/** Which pull requests brought these commits, however they were merged. */
export const bringersQuery = nodesQuery(
  { name: "Bringers", type: "Commit" },
  "oid associatedPullRequests(first: 5) { nodes { id mergedAt } }",
  z.object({
    oid: z.string(),
    associatedPullRequests: z
      .object({
        nodes: z
          .array(z.object({ id: z.string(), mergedAt: z.string().nullish() }).nullable())
          .nullish(),
      })
      .nullish(),
  }),
);
