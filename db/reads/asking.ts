import { and, asc, eq, ne, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { sloReadings, sloStatus, sloVersions } from "#db/schema/index.ts";
import type { StoredReading } from "#lib/fleet/row.ts";
import { HEALTHY } from "#lib/policy/policy.ts";
import type { PolicyThreshold } from "#lib/spec/model.ts";

/** An SLO of which its policy asks something, or whose numbers are unknown. */
export interface AskingSlo extends StoredReading {
  /** The policy of the definition that was evaluated. */
  readonly policy: readonly PolicyThreshold[];
}

export interface Asking {
  readonly slos: readonly AskingSlo[];
  /** Services with an enforced SLO in force, those of which nothing is asked among them. */
  readonly services: number;
  /** Epoch ms of the newest evaluation; null before the first. */
  readonly evaluatedAt: number | null;
}

export interface AskedTeam {
  /** Null: every team, and none. */
  readonly team: string | null;
  readonly limit: number;
}

/** The enforced SLOs in force that are not simply healthy, worst first. */
export async function readAsking(db: Db, { team, limit }: AskedTeam): Promise<Asking> {
  const own = team === null ? undefined : eq(sloStatus.team, team);
  const inForce = and(eq(sloStatus.retired, false), eq(sloStatus.enforced, true), own);
  const slos = await readSlos(db, inForce, limit);
  const [all] = await db
    .select({
      services: sql<number>`count(distinct ${sloStatus.service})::int`,
      evaluatedAt: sql<number | null>`max(${sloStatus.evaluatedAt})`,
    })
    .from(sloStatus)
    .where(inForce);
  return { slos, services: all?.services ?? 0, evaluatedAt: all?.evaluatedAt ?? null };
}

async function readSlos(db: Db, inForce: SQL | undefined, limit: number): Promise<AskingSlo[]> {
  const policyState = sql<string>`${sloReadings.status}->>'policyState'`;
  const rows = await db
    .select({
      status: sloReadings.status,
      detail: sloReadings.detail,
      definition: sloVersions.definition,
    })
    .from(sloStatus)
    .innerJoin(sloReadings, eq(sloReadings.sloId, sloStatus.sloId))
    .innerJoin(
      sloVersions,
      and(eq(sloVersions.sloId, sloStatus.sloId), eq(sloVersions.version, sloStatus.version)),
    )
    .where(and(inForce, or(ne(policyState, HEALTHY), eq(sloStatus.state, "unknown"))))
    .orderBy(asc(sloStatus.rank), asc(sloStatus.remaining), asc(sloStatus.sloId))
    .limit(limit);
  return rows.map(({ status, detail, definition }) => ({
    ...{ status, detail },
    policy: definition.policy,
  }));
}
