import { tiersOf } from "#lib/slo/tiers.ts";
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
  const wanted = tiersOf(definition).filter((tier) => definition.alerting[tier.severity]);
  return {
    live: wanted.filter((tier) => tier.reachable),
    dead: wanted.filter((tier) => !tier.reachable),
  };
}
