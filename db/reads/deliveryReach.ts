import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { tuplesOf } from "#db/rows.ts";
import type { Extent } from "#lib/dora/knowledge.ts";

/** How far the upstreams of deployments and incidents were read. */
export interface DeliveryReach {
  /** By "owner/name" in lower case, as it is called today and as it was asked for. */
  readonly repositories: ReadonlyMap<string, Extent>;
  /** Null before it ever answered. */
  readonly pagerduty: Extent | null;
}

/** How far each repository and PagerDuty were read; what never answered is not among them. */
export async function readDeliveryReach(db: Db): Promise<DeliveryReach> {
  const rows = await tuplesOf<[string, string, number, number]>(db, REPOSITORIES);
  const byId = new Map(rows.map(([id, , from, through]) => [id, { from, through }]));
  const repositories = new Map<string, Extent>();
  for (const [asked, id] of await tuplesOf<[string, string]>(db, ASKED_AS)) {
    const extent = byId.get(id);
    if (extent) repositories.set(asked.toLowerCase(), extent);
  }
  // Not over the name it was asked by: another may bear a name that it once had.
  for (const [, name, from, through] of rows) {
    const key = name.toLowerCase();
    if (!repositories.has(key)) repositories.set(key, { from, through });
  }
  const [paging] = await tuplesOf<[number, number]>(db, PAGERDUTY);
  return { repositories, pagerduty: paging ? { from: paging[0], through: paging[1] } : null };
}

/** A repository that fails alone was seen last before its source answered last. */
const REPOSITORIES = sql`select json_build_array(r.id, r.full_name, r.collected_from,
    least(r.seen_at, s.last_success_at)) as tuple
  from repositories r left join sources s on s.name = r.source order by r.seen_at`;

/** The collector goes by a repository's id, so that one that was renamed stays the same. */
const ASKED_AS = sql`select json_build_array(asked.key, asked.value ->> 'id') as tuple
  from delivery_progress p, jsonb_each(case jsonb_typeof(p.cursor -> 'repositories')
    when 'object' then p.cursor -> 'repositories' else '{}' end) as asked
  where asked.value ->> 'id' is not null`;

const PAGERDUTY = sql`select json_build_array((p.cursor ->> 'collectedFrom')::float8,
    least((p.cursor ->> 'newestAt')::float8, s.last_success_at)) as tuple
  from delivery_progress p left join sources s on s.name = p.source
  where p.source = 'pagerduty' and jsonb_typeof(p.cursor -> 'collectedFrom') = 'number'
    and jsonb_typeof(p.cursor -> 'newestAt') = 'number'`;
