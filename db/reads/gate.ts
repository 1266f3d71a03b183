import { sql } from "drizzle-orm";
import type { Db } from "#db/connection.ts";
import { serviceNow } from "#db/reads/scope.ts";
import { rowsOf } from "#db/rows.ts";
import { clausesOf } from "#lib/policy/clauses.ts";
import type { GateDecision } from "#lib/policy/decision.ts";
import type { PolicyException } from "#lib/policy/exception.ts";
import { gateDecision } from "#lib/policy/gate.ts";
import type { GateAsk, GateSlo } from "#lib/policy/gateInput.ts";
import { type GateRules, ruleFor } from "#lib/policy/gateRules.ts";
import type { PolicyClauses } from "#lib/spec/model.ts";
import { HOUR } from "#lib/time/duration.ts";

export interface GateQuestion {
  /** The service by its name, or by one of its earlier names. */
  readonly ask: GateAsk;
  readonly rules: GateRules;
  /** Epoch ms. */
  readonly now: number;
  /** How links to us begin. */
  readonly linkPrefix: string;
}

/** What the gate answers now. Nothing is logged. */
export async function readGateDecision(db: Db, question: GateQuestion): Promise<GateDecision> {
  const { ask, rules, now, linkPrefix } = question;
  const { service, slos, exceptions } = await readGateContext(db, ask.service, now);
  const rule = ruleFor(rules, ask.environment);
  return gateDecision({ ask: { ...ask, service }, rule, slos, exceptions, now, linkPrefix });
}

interface GateContext {
  /** Its name now. */
  readonly service: string;
  readonly slos: readonly GateSlo[];
  readonly exceptions: readonly PolicyException[];
}

interface Row {
  readonly service: string;
  readonly slos: readonly (Omit<GateSlo, "exempt"> & { readonly clauses: PolicyClauses | null })[];
  readonly exceptions: readonly PolicyException[];
}

/** All that a decision depends on, in one statement: CI waits for it. */
async function readGateContext(db: Db, service: string, now: number): Promise<GateContext> {
  const [row] = await rowsOf<Row>(db, contextOf(service, now));
  if (!row) return { service, slos: [], exceptions: [] };
  const slos = row.slos.map(({ clauses, ...slo }) => ({
    ...slo,
    exempt: clausesOf(clauses ? { clauses } : {}).exempt,
  }));
  return { ...row, slos };
}

/** Longer than a restart, and than one look in which a source was short of series. */
const GONE_MS = HOUR;

/** Whether an SLO (`o`) is a label set that its source has not had for a while, asked again and again. */
const isGone = sql`(o.definition ? 'instance' and exists (
  select from slos p join slo_groupings g on g.slo_id = p.id join slo_instances i on i.slo_id = p.id
  where p.service = o.service and p.name = o.definition->'instance'->>'of' and p.retired_at is null
    and i.labels = o.definition->'instance'->'labels'
    and g.problem is null and i.last_seen_at < g.asked_at - ${GONE_MS}::bigint))`;

/**
 * A name that no SLO in force has now may be a former one: then the one service of those that had it;
 * where they are of several now, none of them can answer for all. An exception for a former name counts
 * until others have that name: then it is theirs alone.
 */
function contextOf(service: string, now: number) {
  return sql`
    with asked as (
      select ${serviceNow(sql`${service}::text`)} as service
    ), own as (
      select s.id, s.service, s.name, v.version, v.definition, r.status, r.detail
      from asked join slos s on s.service = asked.service and s.retired_at is null
      join slo_versions v on v.slo_id = s.id and v.version = s.version
      left join slo_readings r on r.slo_id = s.id
    ), former as (
      select a.slo_id, a.service, a.name from slo_aliases a join own on own.id = a.slo_id
      where not exists (select from slos t
        where t.service = a.service and t.name = a.name and t.retired_at is null)
    )
    select asked.service,
      (select coalesce(json_agg(json_build_object(
        'service', o.service, 'slo', o.name, 'version', o.version,
        'enforced', o.definition->'enforced', 'isGone', ${isGone}, 'clauses', o.definition->'clauses',
        'formerly', (select coalesce(json_agg(json_build_object('service', f.service, 'slo', f.name)), '[]'::json)
          from former f where f.slo_id = o.id),
        'status', o.status,
        'detail', case when o.detail is null then null else json_build_object(
          'blocks', o.detail->'blocks', 'liftsAt', o.detail->'liftsAt',
          'thresholds', o.detail->'thresholds') end
      ) order by o.name), '[]'::json) from own o) as slos,
      (select coalesce(json_agg(json_build_object(
        'id', e.id, 'service', e.service, 'slo', e.slo, 'environment', e.environment, 'need', e.need,
        'justification', e.justification, 'risk', e.risk, 'mitigations', e.mitigations,
        'askedBy', e.asked_by, 'askedByName', e.asked_by_name, 'askedAt', e.asked_at,
        'expiresAt', e.expires_at, 'decision', e.decision, 'decidedByName', e.decided_by_name,
        'decidedAt', e.decided_at, 'decisionNote', e.decision_note, 'endedAt', e.ended_at,
        'endedByName', e.ended_by_name, 'follows', e.follows)), '[]'::json)
        from policy_exceptions e
        where e.decision = 'approved' and e.ended_at is null and e.expires_at > ${now}::bigint
          and (e.service = asked.service or exists (select from former f
            where f.service = e.service and (e.slo is not null or not exists (
              select from slos t where t.service = f.service and t.retired_at is null))))) as exceptions
    from asked`;
}
