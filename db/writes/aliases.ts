import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { texts } from "#db/params.ts";
import type { SloInForce } from "#db/writes/match.ts";

/**
 * Every name that a document gives as a former one leads to its SLO, also where the SLO was never
 * stored under it: links are older than this database. A name that is in use leads nowhere else,
 * because it is looked for among the SLOs first.
 */
export async function saveAliases(db: Db, slos: readonly SloInForce[]): Promise<void> {
  const aliases = slos.flatMap(({ definition: { service, name, formerly } }) =>
    formerly.map((former) => ({ former: former.split("/"), service, name })),
  );
  if (aliases.length === 0) return;
  await db.execute(sql`
    insert into slo_aliases (service, name, slo_id)
    select a.old_service, a.old_name, s.id
    from unnest(
      ${texts(aliases.map((a) => a.former[0] ?? ""))}, ${texts(aliases.map((a) => a.former[1] ?? ""))},
      ${texts(aliases.map((a) => a.service))}, ${texts(aliases.map((a) => a.name))}
    ) a (old_service, old_name, service, name)
    join slos s on s.service = a.service and s.name = a.name
    on conflict (service, name) do update set slo_id = excluded.slo_id`);
}
