import { listQuery, nodesQuery } from "#collectors/github/queries/page.ts";
import { deploymentShape } from "#collectors/github/schema.ts";

const FIELDS = `
  id commitOid environment createdAt
  creator { login }
  ref { name }
  statuses(first: 100) { nodes { state createdAt } }
`;

export const deploymentsQuery = listQuery(
  {
    name: "Deployments",
    list: "deployments(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: DESC })",
  },
  FIELDS,
  deploymentShape,
);

/** Only where they went, for a choice. */
export const environmentsQuery = listQuery(
  {
    name: "Environments",
    list: "deployments(first: $first, after: $after, orderBy: { field: CREATED_AT, direction: DESC })",
  },
  "environment",
  deploymentShape.pick({ environment: true }),
);

/** Those that had not ended when they were last seen. */
export const deploymentsById = nodesQuery(
  { name: "DeploymentsById", type: "Deployment" },
  FIELDS,
  deploymentShape,
);
