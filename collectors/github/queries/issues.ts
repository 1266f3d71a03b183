import { listQuery, nodesQuery } from "#collectors/github/queries/page.ts";
import { issueShape, issueStandingShape } from "#collectors/github/schema.ts";

/** Closed pull requests are asked for too: a merged one is closed. */
export const issuesQuery = listQuery(
  {
    name: "Incidents",
    variables: ", $labels: [String!]!",
    list: "issues(first: $first, after: $after, labels: $labels, orderBy: { field: UPDATED_AT, direction: DESC })",
  },
  `
    id number title body url createdAt updatedAt closedAt
    labels(first: 50) { nodes { name } }
    closedByPullRequestsReferences(first: 10, includeClosedPrs: true) {
      nodes { number repository { id } }
    }
  `,
  issueShape,
);

/** Whether they still are what they were. */
export const issuesById = nodesQuery(
  { name: "IssuesById", type: "Issue" },
  "id labels(first: 50) { nodes { name } } repository { id }",
  issueStandingShape,
);
