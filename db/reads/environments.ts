import { asc, gt } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { deployments } from "#db/schema/index.ts";

/** More than lists of suggestions have a use for. */
const MOST = 2_000;

/** Where a service is deployed to. */
interface ServiceEnvironment {
  readonly service: string;
  readonly environment: string;
}

/** Environments to which each service was deployed since then (epoch ms), by name. */
export function readEnvironments(db: Db, since: number): Promise<ServiceEnvironment[]> {
  const { service, environment, createdAt } = deployments;
  return db
    .selectDistinct({ service, environment })
    .from(deployments)
    .where(gt(createdAt, since))
    .orderBy(asc(environment), asc(service))
    .limit(MOST);
}
