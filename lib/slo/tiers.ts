import { exceeds, reaches } from "#lib/slo/compare.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import type { Severity } from "#lib/slo/status.ts";
import { slicingOf } from "#lib/spec/counted.ts";
import type { BurnTier, SloDefinition, SloWindow } from "#lib/spec/model.ts";
import { DAY, formatDuration, HOUR, MINUTE } from "#lib/time/duration.ts";

export type TierName = "page-fast" | "page-slow" | "ticket-fast" | "ticket-slow";

/** One burn-rate alert of one SLO: fires when both windows burn faster than `factor`. */
export interface Tier {
  readonly tier: TierName;
  readonly severity: Severity;
  /** Share of the whole budget that is spent when `factor` has been held for the long window. */
  readonly budgetShare: number;
  readonly longMs: number;
  readonly shortMs: number;
  /** As in Prometheus: "1h". */
  readonly long: string;
  readonly short: string;
  readonly factor: number;
  /** False: even a full outage burns no faster than `factor`, so it can never fire. */
  readonly reachable: boolean;
  /** What a reader of the document must know of this tier, one sentence; null = nothing. */
  readonly note: string | null;
}

export interface BurnWindow {
  readonly label: string;
  readonly ms: number;
}

interface TierShape {
  readonly tier: TierName;
  readonly severity: Severity;
  readonly longMs: number;
  readonly shortMs: number;
  /** Percent of the budget, as integers where possible, so that factors come out exact. */
  readonly percent: number;
  readonly shortSloPercent: number;
}

/** Worst first. From the SRE workbook, "Alerting on SLOs"; the short window is a twelfth of the long. */
const SHAPES: readonly TierShape[] = [
  shape("page-fast", HOUR, 5 * MINUTE, 2, 8),
  shape("page-slow", 6 * HOUR, 30 * MINUTE, 5, 12.5),
  shape("ticket-fast", DAY, 2 * HOUR, 10, 20),
  shape("ticket-slow", 3 * DAY, 6 * HOUR, 10, 42),
];

function shape(
  tier: TierName,
  longMs: number,
  shortMs: number,
  percent: number,
  shortSloPercent: number,
): TierShape {
  const severity = tier.startsWith("page") ? "page" : "ticket";
  return { tier, severity, longMs, shortMs, percent, shortSloPercent };
}

const SHORT_SLO_MS = 14 * DAY;
const LONG_SLO_MS = 31 * DAY;
const USUAL_MS = 30 * DAY;
const LOWEST_FACTOR = 0.9;

/**
 * The alert tiers of an SLO, worst first, with factors (multiples of an even spend) derived from its
 * own window (ms). Under 14 d larger shares are used; over 31 d and of calendar windows the 30 d
 * factors; a factor under 0.9 becomes 1.
 * @example tiersFor({ kind: "rolling", ms: 30 * DAY, label: "30d" }, 0.999)[0]?.factor // 14.4
 */
export function tiersFor(window: SloWindow, objective: number): Tier[] {
  const highest = 1 / budgetOf(objective);
  return SHAPES.map((of) => tierOf(of, window, highest));
}

/**
 * The alert tiers of an SLO, worst first: its document's own, or else the standard four.
 * @example tiersOf(definition)[0]?.tier // "page-fast"
 */
export function tiersOf(definition: Tiered): Tier[] {
  const { window, objective, alerting } = definition;
  const tiers = alerting.tiers
    ? alerting.tiers.map((tier) => ownTier(tier, window, 1 / budgetOf(objective)))
    : tiersFor(window, objective);
  const sliceMs = slicingOf(definition)?.windowMs ?? 0;
  return tiers.map((tier) => (tier.shortMs < sliceMs ? widened(tier, sliceMs) : tier));
}

type Tiered = Pick<SloDefinition, "window" | "objective" | "alerting" | "budgeting">;

/** A window shorter than a time slice would be empty until the slice ends, so it is one slice long. */
function widened(tier: Tier, sliceMs: number): Tier {
  const longMs = Math.max(tier.longMs, sliceMs);
  return {
    ...tier,
    longMs,
    shortMs: sliceMs,
    long: formatDuration(longMs),
    short: formatDuration(sliceMs),
    note:
      tier.note ?? `Its windows are at least as long as a time slice, ${formatDuration(sliceMs)}.`,
  };
}

function ownTier(own: BurnTier, window: SloWindow, highest: number): Tier {
  const { factor, longMs, shortMs } = own;
  const reachable = !reaches(factor, highest);
  return {
    ...own,
    budgetShare: clean((factor * longMs) / window.ms),
    long: formatDuration(longMs),
    short: formatDuration(shortMs),
    reachable,
    note: reachable ? null : neverFires(factor, highest),
  };
}

function tierOf(of: TierShape, window: SloWindow, highest: number): Tier {
  const derived = derivedFactor(of, window);
  const factor = exceeds(LOWEST_FACTOR, derived) ? 1 : derived;
  const reachable = !reaches(factor, highest);
  return {
    tier: of.tier,
    severity: of.severity,
    budgetShare: clean((factor * of.longMs) / window.ms),
    longMs: of.longMs,
    shortMs: of.shortMs,
    long: formatDuration(of.longMs),
    short: formatDuration(of.shortMs),
    factor,
    reachable,
    note: noteOf({ factor, derived, reachable, highest }, window),
  };
}

function derivedFactor(of: TierShape, window: SloWindow): number {
  const sloMs = usesUsualFactors(window) ? USUAL_MS : window.ms;
  const percent = sloMs < SHORT_SLO_MS ? of.shortSloPercent : of.percent;
  return clean((percent * sloMs) / (100 * of.longMs));
}

function usesUsualFactors({ kind, ms }: SloWindow): boolean {
  return kind === "calendar" || ms > LONG_SLO_MS;
}

/** Twelve digits: 0.4666… stays what it is, 14.400000000000002 becomes 14.4. */
function clean(value: number): number {
  return Number(value.toPrecision(12));
}

interface Noted {
  readonly factor: number;
  readonly derived: number;
  readonly reachable: boolean;
  readonly highest: number;
}

function noteOf({ factor, derived, reachable, highest }: Noted, window: SloWindow): string | null {
  if (!reachable) return neverFires(factor, highest);
  if (factor !== derived) {
    return `The factor derived from a ${window.label} window is ${short(derived)}, too low to alert on; 1 is used.`;
  }
  if (!usesUsualFactors(window)) return null;
  const which = window.kind === "calendar" ? "Calendar windows" : "Windows over 31d";
  return `${which} use the factors of 30d, here ${short(factor)}.`;
}

function neverFires(factor: number, highest: number): string {
  return `Can never fire: a full outage burns ${short(highest)} times the even pace, and this tier needs more than ${short(factor)}.`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/**
 * The windows over which an SLO's burn is told, shortest first: the standard ones, which pages and
 * forecasts count on, and those of its own tiers.
 * @example burnWindowsOf(definition).map((w) => w.label) // ["5m", "30m", "1h", "2h", "6h", "1d", "3d"]
 */
export function burnWindowsOf(definition: Tiered): BurnWindow[] {
  const standard = tiersFor(definition.window, definition.objective);
  const sliceMs = slicingOf(definition)?.windowMs ?? 0;
  return burnWindows([...standard, ...tiersOf(definition)]).filter(({ ms }) => ms >= sliceMs);
}

/**
 * The distinct windows of these tiers, shortest first: what must be read to evaluate them.
 * @example burnWindows(tiers).map((w) => w.label) // ["5m", "30m", "1h", "2h", "6h", "1d", "3d"]
 */
export function burnWindows(tiers: readonly Tier[]): BurnWindow[] {
  const all = new Map<number, string>();
  for (const tier of tiers) {
    all.set(tier.longMs, tier.long);
    all.set(tier.shortMs, tier.short);
  }
  return [...all].map(([ms, label]) => ({ ms, label })).sort((a, b) => a.ms - b.ms);
}
