import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { rowsOf } from "#db/rows.ts";
import { sloReadings, sloStatus, slos, sloVersions } from "#db/schema/index.ts";
import type { AskedSlo } from "#lib/fleet/asked.ts";
import { HEALTHY } from "#lib/policy/policy.ts";
import { STALE_MS } from "#lib/slo/present.ts";
import { SLO_STATES } from "#lib/slo/status.ts";

export interface Asking {
  /** SLOs of which their policies ask something, or whose numbers are unknown. */
  readonly slos: readonly AskedSlo[];
  /** Services with an enforced SLO in force. */
  readonly services: number;
  /** Those of them with one that is not simply healthy, beyond `limit` too. */
  readonly asking: number;
  /** Epoch ms of the newest evaluation; null before the first. */
  readonly evaluatedAt: number | null;
}

export interface AskedTeam {
  /** Null: every team, and none. */
  readonly team: string | null;
  readonly limit: number;
  /** Epoch ms: an evaluation of long before it tells of the past. */
  readonly now: number;
}

/** The enforced SLOs in force that are not simply healthy, worst first. */
export async function readAsking(db: Db, { team, limit, now }: AskedTeam): Promise<Asking> {
  const own = team === null ? undefined : eq(slos.team, team);
  const inForce = and(isNull(slos.retiredAt), ENFORCED, own);
  const rows = await db
    .select({
      status: sloReadings.status,
      detail: sloReadings.detail,
      definition: sloVersions.definition,
      ...{ service: slos.service, name: slos.name, team: slos.team },
    })
    .from(slos)
    .leftJoin(sloStatus, eq(sloStatus.sloId, slos.id))
    .leftJoin(sloReadings, eq(sloReadings.sloId, slos.id))
    .innerJoin(sloVersions, EVALUATED)
    .where(and(inForce, asks(now)))
    .orderBy(asc(RANK), asc(sloStatus.remaining), asc(slos.id))
    .limit(limit);
  return { slos: rows.map(askedOf), ...(await countServices(db, { inForce, now })) };
}

/** The policy that counts is that of the definition that was evaluated. */
const EVALUATED = and(
  eq(sloVersions.sloId, slos.id),
  eq(sloVersions.version, sql`coalesce(${sloStatus.version}, ${slos.version})`),
);
/** Documents are large: they are looked into only before the first evaluation. */
const ENFORCED = sql`coalesce(${sloStatus.enforced},
  (${sloVersions.definition}->>'enforced')::boolean)`;
const RANK = sql`coalesce(${sloStatus.rank}, ${SLO_STATES.indexOf("unknown")})`;

/** As `askedRow` says it, for the database. */
function asks(now: number): SQL {
  const { status } = sloReadings;
  return sql`(${sloStatus.sloId} is null or ${sloStatus.state} = 'unknown'
    or ${sloStatus.evaluatedAt} < ${now - STALE_MS}::bigint
    or ${status}->>'policyState' <> ${HEALTHY} or (${status}->>'held')::boolean)`;
}

type Row = Pick<typeof slos.$inferSelect, "service" | "name" | "team"> & {
  readonly status: (typeof sloReadings.$inferSelect)["status"] | null;
  readonly detail: (typeof sloReadings.$inferSelect)["detail"] | null;
  readonly definition: (typeof sloVersions.$inferSelect)["definition"];
};

function askedOf({ status, detail, definition, ...names }: Row): AskedSlo {
  return {
    definition: { ...definition, ...names },
    reading: status && detail ? { status, detail } : null,
  };
}

interface Counted {
  readonly inForce: SQL | undefined;
  readonly now: number;
}

async function countServices(db: Db, { inForce, now }: Counted) {
  const [row] = await rowsOf<Omit<Asking, "slos">>(
    db,
    sql`select count(distinct ${slos.service})::int as services,
        count(distinct ${slos.service}) filter (where ${asks(now)})::int as asking,
        max(${sloStatus.evaluatedAt}) as "evaluatedAt"
      from ${slos}
      left join ${sloStatus} on ${eq(sloStatus.sloId, slos.id)}
      left join ${sloReadings} on ${eq(sloReadings.sloId, slos.id)}
      join ${sloVersions} on ${EVALUATED}
      where ${inForce}`,
  );
  return row ?? { services: 0, asking: 0, evaluatedAt: null };
}
