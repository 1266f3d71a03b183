import type { PolicyReading } from "#lib/policy/policy.ts";
import { activeAlert, type Burns, type FiringTier } from "#lib/slo/alerts.ts";
import { type Budget, unitOf } from "#lib/slo/budget.ts";
import type { Outlook } from "#lib/slo/outlook.ts";
import type { RecordedState } from "#lib/slo/recorded.ts";
import type { StateReading } from "#lib/slo/state.ts";
import type { SloDetail, SloStatus, TierReading } from "#lib/slo/status.ts";
import type { SloDefinition } from "#lib/spec/model.ts";

/** Of what and of when. Times in epoch ms. */
export interface Subject {
  readonly definition: SloDefinition;
  readonly at: number;
  readonly lastCoveredAt: number | null;
  readonly linkPrefix: string;
  readonly spark?: readonly (number | null)[];
}

/** What the steps of an evaluation found. */
export interface Findings {
  readonly budget: Budget;
  readonly burns: Burns;
  readonly tiers: readonly TierReading[];
  readonly firing: readonly FiringTier[];
  readonly noTrafficSince: number | null;
  readonly outlook: Outlook;
  readonly reading: StateReading;
  readonly policy: PolicyReading;
}

/**
 * The findings as the API gives them: ratios, ISO 8601 UTC times.
 * @example statusOf(subject, found).remaining // -0.18
 */
export function statusOf(subject: Subject, found: Findings): SloStatus {
  const { definition } = subject;
  const { budget, outlook } = found;
  return {
    service: definition.service,
    slo: definition.name,
    team: definition.team,
    objective: definition.objective,
    window: definition.window.label,
    state: found.reading.state,
    policyState: found.policy.policyState,
    held: found.policy.held,
    historyDays: budget.historyDays,
    sli: budget.sli,
    good: budget.good,
    total: budget.total,
    coverage: budget.coverage,
    consumed: budget.consumed,
    remaining: budget.remaining,
    burn: found.burns,
    alert: activeAlert(found.firing),
    exhaustsAt: iso(outlook.exhaustsAt),
    exhaustedSince: iso(outlook.exhaustedSince),
    recoversAt: iso(outlook.recoversAt),
    watermark: iso(subject.lastCoveredAt),
    asOf: new Date(subject.at).toISOString(),
    link: linkTo(definition, subject.linkPrefix),
    ...(definition.instance ? { instance: definition.instance } : {}),
  };
}

/**
 * The findings as the pages show them, beside the status.
 * @example detailOf(subject, found).reason // "118 % of the budget is spent."
 */
export function detailOf(subject: Subject, found: Findings): SloDetail {
  const { definition } = subject;
  return {
    description: definition.description,
    enforced: definition.enforced,
    unit: unitOf(definition),
    budgetTotal: found.budget.budgetTotal,
    bad: found.budget.bad,
    tiers: found.tiers,
    reason: found.reading.reason,
    liftsAt: iso(found.outlook.liftsAt),
    ...(found.outlook.paceOver === null ? {} : { paceOver: found.outlook.paceOver }),
    blocks: found.policy.blocks,
    thresholds: definition.policy.map(({ threshold, name, gate }) => ({
      at: threshold,
      name,
      gate,
    })),
    noTrafficSince: iso(found.noTrafficSince),
    spark: subject.spark ?? [],
  };
}

/**
 * What the next evaluation must know of this one.
 * @example recordOf(subject, found).firing // { "page-fast": 1_767_225_600_000 }
 */
export function recordOf(subject: Pick<Subject, "at">, found: Findings): RecordedState {
  const firing = found.tiers.flatMap((t) => (t.since ? [[t.tier, Date.parse(t.since)]] : []));
  return {
    at: subject.at,
    state: found.reading.state,
    policyState: found.policy.policyState,
    held: found.policy.held,
    blocks: found.policy.blocks,
    firing: Object.fromEntries(firing),
    exhaustedSince: found.outlook.exhaustedSince,
    noTrafficSince: found.noTrafficSince,
  };
}

function iso(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function linkTo({ service, name }: SloDefinition, prefix: string): string {
  const path = `/services/${encodeURIComponent(service)}/slos/${encodeURIComponent(name)}`;
  return prefix.replace(/\/+$/, "") + path;
}
