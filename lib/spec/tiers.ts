import type { BurnTier } from "#lib/spec/model.ts";

export type UnnamedTier = Omit<BurnTier, "tier">;

/** There are two of each severity: one that is quick to see and one that sees what is slow. */
const PER_SEVERITY = 2;

/**
 * Names burn-rate tiers, worst first: pages before tickets, shorter long windows first. What is more
 * than two of a severity is left over.
 * @example nameTiers([{ severity: "page", factor: 14.4, longMs: HOUR, shortMs: 5 * MINUTE }]).tiers[0]?.tier // "page-fast"
 */
export function nameTiers(tiers: readonly UnnamedTier[]): { tiers: BurnTier[]; left: number } {
  const named = (["page", "ticket"] as const).flatMap((severity) =>
    tiers
      .filter((tier) => tier.severity === severity)
      .toSorted((a, b) => a.longMs - b.longMs || b.factor - a.factor)
      .slice(0, PER_SEVERITY)
      .map((tier, i): BurnTier => ({ tier: `${severity}-${i === 0 ? "fast" : "slow"}`, ...tier })),
  );
  return { tiers: named, left: tiers.length - named.length };
}
