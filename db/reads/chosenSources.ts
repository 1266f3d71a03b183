import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { tuplesOf } from "#db/rows.ts";
import type { DeploymentSource } from "#lib/dora/facts.ts";

/** Where GitHub's collector has settled that each service's deployments are learned from, by service. */
export async function readChosenSources(db: Db): Promise<(readonly [string, DeploymentSource])[]> {
  return tuplesOf<[string, DeploymentSource]>(
    db,
    sql`select json_build_array(chosen.key, chosen.value) as tuple
      from delivery_progress p,
        jsonb_each(${objectIn(sql`p.cursor -> 'repositories'`)}) repository,
        jsonb_each_text(${objectIn(sql`repository.value -> 'chosen'`)}) chosen
      order by chosen.key`,
  );
}

/** Cursors are the collectors' own: one without such a part has settled nothing. */
function objectIn(value: ReturnType<typeof sql>) {
  return sql`case when jsonb_typeof(${value}) = 'object' then ${value} else '{}' end`;
}
