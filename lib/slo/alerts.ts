import { badOf } from "#lib/slo/budget.ts";
import { burnOf, minBadOf, tierFires } from "#lib/slo/burn.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import type { ActiveAlert, Severity, TierReading } from "#lib/slo/status.ts";
import type { BurnWindow, Tier } from "#lib/slo/tiers.ts";
import type { Counts } from "#lib/slo/totals.ts";
import type { AlertingOptions, SloDefinition } from "#lib/spec/model.ts";

/** Keyed by window label; absent or null = not known. */
export type WindowCounts = Readonly<Record<string, Counts | null | undefined>>;
export type Burns = Readonly<Record<string, number | null>>;

/**
 * The burn rate over each window, keyed by its label; null where too many minutes are missing.
 * @example burnsOf(burnWindows(tiers), counts, 0.999)["1h"] // 14.4
 */
export function burnsOf(
  windows: readonly BurnWindow[],
  counts: WindowCounts,
  objective: number,
): Burns {
  const budget = budgetOf(objective);
  const burns: Record<string, number | null> = {};
  for (const { label, ms } of windows) burns[label] = burnOf(counts[label], ms, budget);
  return burns;
}

export interface TiersInput {
  readonly definition: Pick<SloDefinition, "sli" | "budgeting" | "alerting">;
  readonly tiers: readonly Tier[];
  readonly burns: Burns;
  readonly counts: WindowCounts;
  /** Tiers that fired at the previous evaluation, and since when (epoch ms). */
  readonly firing: Readonly<Record<string, number>>;
  /** Epoch ms: the beginning of what begins to fire now. */
  readonly at: number;
}

/**
 * Each tier's two windows and state, worst first. `since` is set while a tier fires or is held while
 * firing, and is kept from the previous evaluation.
 * @example readTiers(input)[0] // { tier: "page-fast", state: "firing", longBurn: 16.2, … }
 */
export function readTiers(input: TiersInput): TierReading[] {
  return input.tiers.map((tier) => readTier(tier, input));
}

function readTier(tier: Tier, input: TiersInput): TierReading {
  const longBurn = input.burns[tier.long] ?? null;
  const shortBurn = input.burns[tier.short] ?? null;
  const bad = badOf(input.counts[tier.long] ?? { good: 0, total: 0 });
  const fires = tierFires(
    tier,
    { long: longBurn, short: shortBurn, bad },
    minBadOf(input.definition),
  );
  const before = input.firing[tier.tier] ?? null;
  const since = fires === null ? before : fires ? (before ?? input.at) : null;
  return {
    tier: tier.tier,
    severity: tier.severity,
    long: tier.long,
    short: tier.short,
    factor: tier.factor,
    longBurn,
    shortBurn,
    state: stateOfTier(tier, fires),
    since: since === null ? null : new Date(since).toISOString(),
  };
}

function stateOfTier(tier: Tier, fires: boolean | null): TierReading["state"] {
  if (!tier.reachable) return "never";
  if (fires === null) return "held";
  return fires ? "firing" : "quiet";
}

/** A tier that fires or is held while firing. */
export interface FiringTier {
  readonly tier: string;
  readonly severity: Severity;
  /** Epoch ms. */
  readonly since: number;
}

/**
 * The tiers that alert, worst first: those that fire, or are held while firing, and whose severity
 * the document has not switched off. A held tier that was quiet is not among them.
 * @example firingTiers(readings, definition.alerting) // [{ tier: "page-slow", severity: "page", since }]
 */
export function firingTiers(
  readings: readonly TierReading[],
  alerting: Pick<AlertingOptions, "page" | "ticket">,
): FiringTier[] {
  return readings.flatMap(({ tier, severity, since }) =>
    since !== null && alerting[severity] ? [{ tier, severity, since: Date.parse(since) }] : [],
  );
}

/**
 * The one active alert of an SLO, at its worst tier; null when none fires.
 * @example activeAlert([]) // null
 */
export function activeAlert(firing: readonly FiringTier[]): ActiveAlert | null {
  const worst = firing[0];
  if (!worst) return null;
  return { tier: worst.tier, severity: worst.severity, since: new Date(worst.since).toISOString() };
}
