import {
  and,
  desc,
  eq,
  getColumns,
  gt,
  isNotNull,
  isNull,
  lt,
  ne,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { scopeNow } from "#db/reads/scope.ts";
import { policyExceptions, slos } from "#db/schema/index.ts";
import type { ExceptionState, PolicyException } from "#lib/policy/exception.ts";

/** Which exceptions are listed; a field left out asks nothing. Times are epoch ms. */
export interface ExceptionFilter {
  readonly id?: number;
  readonly service?: string;
  /** Of the services that its SLOs in force name. */
  readonly team?: string;
  /** Asked for before `to`, and neither over nor decided against before `from`. */
  readonly from?: number;
  readonly to?: number;
  /** Where they stand at `now`, which goes with it. */
  readonly state?: ExceptionState;
  readonly now?: number;
  readonly limit?: number;
}

/** What it was asked for by the names of today: services and SLOs are renamed while it lasts. */
const NOW = scopeNow({
  service: sql.raw("policy_exceptions.service"),
  slo: sql.raw("policy_exceptions.slo"),
});

/** Exceptions by when they were asked for, newest first. */
export function readExceptions(db: Db, filter: ExceptionFilter = {}): Promise<PolicyException[]> {
  return db
    .select({ ...getColumns(policyExceptions), ...NOW })
    .from(policyExceptions)
    .where(matching(filter))
    .orderBy(desc(policyExceptions.askedAt), desc(policyExceptions.id))
    .limit(filter.limit ?? 1_000);
}

/** One exception; null when there never was one. */
export async function readException(db: Db, id: number): Promise<PolicyException | null> {
  return (await readExceptions(db, { id, limit: 1 }))[0] ?? null;
}

const { askedAt, decision, decidedAt, endedAt, expiresAt } = policyExceptions;

function matching({ id, service, team, from, to, state, now }: ExceptionFilter): SQL | undefined {
  return and(
    id === undefined ? undefined : eq(policyExceptions.id, id),
    service === undefined ? undefined : eq(NOW.service, service),
    team === undefined ? undefined : ofTeam(team),
    to === undefined ? undefined : lt(askedAt, to),
    from === undefined ? undefined : lastsInto(from),
    state === undefined ? undefined : standing(state, now ?? 0),
  );
}

function ofTeam(team: string): SQL {
  return sql`${NOW.service} in (select service from ${slos}
    where team = ${team} and retired_at is null)`;
}

function lastsInto(from: number): SQL | undefined {
  return and(
    gt(expiresAt, from),
    or(isNull(endedAt), gt(endedAt, from)),
    or(isNull(decision), ne(decision, "rejected"), gt(decidedAt, from)),
  );
}

/** The same as `exceptionState`, for the database. */
function standing(state: ExceptionState, now: number): SQL | undefined {
  const open = and(isNull(endedAt), gt(expiresAt, now));
  const notRejected = or(isNull(decision), ne(decision, "rejected"));
  switch (state) {
    case "asked":
      return and(open, isNull(decision));
    case "in-force":
      return and(open, eq(decision, "approved"));
    case "rejected":
      return eq(decision, "rejected");
    case "withdrawn":
      return and(isNotNull(endedAt), isNull(decision));
    case "revoked":
      return and(isNotNull(endedAt), eq(decision, "approved"));
    case "expired":
      return and(isNull(endedAt), notRejected, sql`${expiresAt} <= ${now}`);
  }
}
