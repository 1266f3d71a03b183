import type { CatalogSlo } from "#db/reads/catalog.ts";
import type { EvaluatedSlo } from "#db/writes/evaluated.ts";
import type { PolicyTransition } from "#lib/policy/policy.ts";
import type { FiringTier } from "#lib/slo/alerts.ts";
import type { SloDetail, SloState, SloStatus } from "#lib/slo/status.ts";

export interface Outcome {
  readonly at: number;
  readonly state?: SloState;
  readonly remaining?: number | null;
  readonly enforced?: boolean;
  readonly firing?: readonly FiringTier[];
  readonly transition?: PolicyTransition | null;
}

/** An evaluation of an SLO as `evaluate` gives it, with what a test is about. */
export function evaluated(slo: CatalogSlo, outcome: Outcome): EvaluatedSlo {
  const { firing = [], transition = null } = outcome;
  const status = statusOf(slo, outcome);
  const next = {
    at: outcome.at,
    state: status.state,
    policyState: status.policyState,
    held: false,
    blocks: false,
    firing: {},
    exhaustedSince: null,
    noTrafficSince: null,
  };
  const detail = detailOf(outcome);
  return { slo, evaluation: { status, detail, next, transition, firing, wantsRows: false } };
}

function statusOf({ definition }: CatalogSlo, outcome: Outcome): SloStatus {
  const { at, state = "healthy", remaining = 0.5, firing = [], transition } = outcome;
  const [worst] = firing;
  return {
    service: definition.service,
    slo: definition.name,
    team: definition.team,
    objective: definition.objective,
    window: definition.window.label,
    state,
    policyState: transition?.to ?? "Healthy",
    held: false,
    historyDays: 30,
    sli: 0.995,
    good: 995,
    total: 1000,
    coverage: 1,
    consumed: remaining === null ? null : 1 - remaining,
    remaining,
    burn: { "1h": 0.5 },
    alert: worst ? { tier: worst.tier, severity: worst.severity, since: iso(worst.since) } : null,
    exhaustsAt: null,
    exhaustedSince: null,
    recoversAt: null,
    watermark: iso(at),
    asOf: iso(at),
    link: "",
  };
}

function detailOf({ enforced = true }: Outcome): SloDetail {
  return {
    description: null,
    enforced,
    unit: "events",
    budgetTotal: 10,
    bad: 5,
    tiers: [],
    reason: "Half of the budget is left.",
    liftsAt: null,
    blocks: false,
    thresholds: [],
    noTrafficSince: null,
    spark: [0.9, null, 0.5],
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
