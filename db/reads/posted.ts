import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { tuplesOf } from "#db/rows.ts";
import type { DeploymentRecord } from "#lib/dora/facts.ts";

/** A deployment that a pipeline handed in, and whether it told what it brought. */
export interface PostedDeploymentRow {
  readonly record: DeploymentRecord;
  readonly hasCommits: boolean;
}

type Tuple = [
  ...[string, string, string, string | null, string | null, number],
  ...[DeploymentRecord["statuses"], string | null, string | null, boolean],
];

/** What was handed in for these services and was begun since then (epoch ms). */
export async function readPosted(
  db: Db,
  services: readonly string[],
  since: number,
): Promise<PostedDeploymentRow[]> {
  if (services.length === 0) return [];
  const tuples = await tuplesOf<Tuple>(
    db,
    sql`select json_build_array(d.id, d.service, d.environment, d.sha, d.ref, d.created_at,
        d.statuses, d.url, d.creator, ${hasOwnCommits}) as tuple
      from deployments d
      where d.source = 'api' and d.created_at >= ${since} and d.service in ${services}`,
  );
  return tuples.map(([id, service, environment, sha, ref, createdAt, statuses, ...rest]) => {
    const [url, creator, hasCommits] = rest;
    const told = { id, service, environment, sha, ref, createdAt, statuses, url, creator };
    return { record: { ...told, source: "api" }, hasCommits };
  });
}

/** Commits that a pipeline names are changes of its service: what GitHub told of has other ids. */
const hasOwnCommits: SQL = sql`exists (select from shipped s join changes c
  on c.id = 'commit:' || d.service || ':' || s.shas[1] where s.deployment_id = d.id)`;
