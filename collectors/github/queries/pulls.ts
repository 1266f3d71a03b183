import { z } from "zod";
import type { Query } from "#collectors/github/client.ts";
import { listQuery, nodesQuery, type Page, RATE_LIMIT } from "#collectors/github/queries/page.ts";
import { pullShape } from "#collectors/github/schema.ts";

const COMMITS = "pageInfo { hasNextPage endCursor } nodes { commit { oid authoredDate } }";
const FIELDS = `
  id number title body url baseRefName createdAt updatedAt mergedAt
  author { __typename login }
  mergeCommit { oid }
  labels(first: 20) { nodes { name } }
  commits(first: 100) { ${COMMITS} }
  reviews(first: 50) { nodes { author { login } submittedAt } }
  timelineItems(itemTypes: [READY_FOR_REVIEW_EVENT], last: 1) {
    nodes { ... on ReadyForReviewEvent { createdAt } }
  }
`;

/** They cost a point more for each page, so they are only asked for where a service has paths. */
const FILES = "files(first: 100) { pageInfo { hasNextPage } nodes { path } }";
const WITH_FILES = `${FIELDS} ${FILES}`;

/** A merge updates a pull request, so those merged since some time are among those updated since. */
export const pullsQuery = listing("MergedPulls", FIELDS);
export const pullsWithFiles = listing("MergedPullsWithFiles", WITH_FILES);

export const pullsById = nodesQuery({ name: "PullsById", type: "PullRequest" }, FIELDS, pullShape);
export const pullsWithFilesById = nodesQuery(
  { name: "PullsWithFilesById", type: "PullRequest" },
  WITH_FILES,
  pullShape,
);

function listing(name: string, fields: string) {
  const list =
    "pullRequests(first: $first, after: $after, states: [MERGED], orderBy: { field: UPDATED_AT, direction: DESC })";
  return listQuery({ name, list }, fields, pullShape);
}

type Commits = Page<z.infer<typeof pullShape>["commits"]["nodes"][number]>;

/** What follows the first hundred commits of one pull request. */
export const pullCommitsQuery: Query<{ readonly node: { readonly commits: Commits } | null }> = {
  text: `query PullCommits($id: ID!, $after: String) {
    ${RATE_LIMIT}
    node(id: $id) { ... on PullRequest { commits(first: 100, after: $after) { ${COMMITS} } } }
  }`,
  shape: z.object({ node: z.object({ commits: pullShape.shape.commits }).nullable() }),
};
