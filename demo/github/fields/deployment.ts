import { connection, type PageArguments } from "#demo/github/connection.ts";
import { actor, dateTime } from "#demo/github/fields/context.ts";
import type { Deployment } from "#demo/github/world.ts";

/** A deployment; GitHub lists its statuses newest first. */
export function deploymentFields(deployment: Deployment) {
  const statuses = deployment.statuses.toSorted((a, b) => b.at - a.at);
  return {
    __typename: "Deployment",
    id: deployment.id,
    commitOid: deployment.sha,
    environment: deployment.environment,
    originalEnvironment: deployment.environment,
    createdAt: dateTime(deployment.createdAt),
    updatedAt: dateTime(statuses[0]?.at ?? deployment.createdAt),
    creator: actor(deployment.creator),
    description: null,
    state: statuses[0]?.state === "SUCCESS" ? "ACTIVE" : (statuses[0]?.state ?? "PENDING"),
    ref: deployment.ref === null ? null : { name: deployment.ref },
    statuses: (args: PageArguments) => {
      const rows = statuses.map(({ state, at }, index) => ({
        id: `DES_${deployment.id}_${index}`,
        state,
        createdAt: dateTime(at),
      }));
      return connection(rows, args, { node: (row) => row });
    },
  };
}
