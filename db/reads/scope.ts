import { type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { rowsOf } from "#db/rows.ts";

/** What an exception is for: a service, or one of its SLOs. */
export interface Scope {
  readonly service: string;
  /** Null: every SLO of the service. */
  readonly slo: string | null;
}

/**
 * The present name of a service. One that no SLO in force has may be a former one: then the one
 * service of those that had it; where they are of several now, or of none, it stays as it is.
 */
export function serviceNow(service: SQL): SQL<string> {
  return sql`coalesce(
    (select service from slos where service = ${service} and retired_at is null limit 1),
    (select min(s.service) from slo_aliases a join slos s on s.id = a.slo_id
      where a.service = ${service} and s.retired_at is null
      having count(distinct s.service) = 1),
    ${service})`;
}

/** The present names of a scope: an SLO's own former name goes before that of its service. */
export function scopeNow({ service, slo }: { readonly service: SQL; readonly slo: SQL }) {
  const moved = (
    field: SQL,
  ) => sql`(select ${field} from slo_aliases a join slos s on s.id = a.slo_id
    where a.service = ${service} and a.name = ${slo} and s.retired_at is null
      and not exists (select from slos t
        where t.service = ${service} and t.name = ${slo} and t.retired_at is null))`;
  return {
    service: sql<string>`coalesce(${moved(sql`s.service`)}, ${serviceNow(service)})`,
    slo: sql<string | null>`coalesce(${moved(sql`s.name`)}, ${slo})`,
  };
}

/** The teams that a scope by its present names is of, by name: of one SLO its own alone. */
export async function readScopeTeams(db: Db, { service, slo }: Scope): Promise<string[]> {
  if (`${service}${slo ?? ""}`.includes("\0")) return []; // PostgreSQL refuses such a text.
  const rows = await rowsOf<{ team: string }>(
    db,
    sql`select distinct team from slos
      where service = ${service} and (${slo}::text is null or name = ${slo}::text)
        and retired_at is null and team is not null
      order by team`,
  );
  return rows.map(({ team }) => team);
}

/** The names that a scope has now. */
export async function readScopeNow(db: Db, { service, slo }: Scope): Promise<Scope> {
  const now = scopeNow({ service: sql`${service}::text`, slo: sql`${slo}::text` });
  const [row] = await rowsOf<Scope>(db, sql`select ${now.service} as service, ${now.slo} as slo`);
  return row ?? { service, slo };
}
