import { exceeds } from "#lib/slo/compare.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import { tiersFor } from "#lib/slo/tiers.ts";
import type { BurnTier, SloDefinition } from "#lib/spec/model.ts";

/**
 * The tiers of an SLO whose severity its document has not switched off, worst first: those that can
 * fire, and those that cannot, as even a full outage burns no faster than their factor.
 * @example splitTiers(definition).dead.map((t) => t.tier) // ["page-fast"] at 90 %
 */
export function splitTiers(definition: SloDefinition): {
  readonly live: readonly BurnTier[];
  readonly dead: readonly BurnTier[];
} {
  const { alerting, window, objective } = definition;
  const all: readonly BurnTier[] = alerting.tiers ?? tiersFor(window, objective);
  const wanted = all.filter((tier) => alerting[tier.severity]);
  const fires = (tier: BurnTier) => exceeds(1 / budgetOf(objective), tier.factor);
  return { live: wanted.filter(fires), dead: wanted.filter((tier) => !fires(tier)) };
}
