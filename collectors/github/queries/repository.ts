import { z } from "zod";
import type { Query } from "#collectors/github/client.ts";
import { RATE_LIMIT } from "#collectors/github/queries/page.ts";
import { type RepositoryNode, repositoryShape } from "#collectors/github/schema.ts";

const FIELDS = `
  id nameWithOwner url
  defaultBranchRef { name target { oid } }
  deployments(first: 1) { totalCount }
  releases(first: 1) { totalCount }
  refs(refPrefix: "refs/tags/", first: 1) { totalCount }
`;

type Found = { readonly repository: RepositoryNode | null };

/** By name, which GitHub follows through a rename. */
export const repositoryByName: Query<Found> = {
  text: `query RepositoryByName($owner: String!, $name: String!) {
    ${RATE_LIMIT}
    repository(owner: $owner, name: $name) { ${FIELDS} }
  }`,
  shape: z.object({ repository: repositoryShape.nullable() }),
};

/** By id, which stays through renames and transfers, even when another takes the old name. */
export const repositoryById: Query<Found> = {
  text: `query RepositoryById($id: ID!) {
    ${RATE_LIMIT}
    repository: node(id: $id) { ... on Repository { ${FIELDS} } }
  }`,
  shape: z.object({ repository: repositoryShape.nullable() }),
};
