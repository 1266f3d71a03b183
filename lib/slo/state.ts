import { spentPercent } from "#lib/format/numbers.ts";
import type { Budget } from "#lib/slo/budget.ts";
import { reaches } from "#lib/slo/compare.ts";
import { lastWords } from "#lib/slo/pace.ts";
import type { SloState, TierReading } from "#lib/slo/status.ts";
import type { PolicyThreshold, SloWindow } from "#lib/spec/model.ts";
import { DAY, formatDuration, HOUR, MINUTE } from "#lib/time/duration.ts";

export interface StateReading {
  readonly state: SloState;
  /** Why, one sentence with figures. */
  readonly reason: string;
}

export interface StateInput {
  /** Exclusive end of the window, epoch ms. */
  readonly at: number;
  readonly window: SloWindow;
  readonly policy: readonly PolicyThreshold[];
  readonly budget: Budget;
  readonly tiers: readonly TierReading[];
  /** Epoch ms. */
  readonly exhaustsAt: number | null;
  /** The window whose pace that goes by; null or absent: 6h. */
  readonly paceOver?: string | null;
  readonly noTrafficSince: number | null;
}

export const MAX_LATE_MS = 5 * MINUTE;
export const MIN_COVERAGE = 0.9;
const AT_RISK_CONSUMED = 0.75;
const WATCH_CONSUMED = 0.5;
const SOON_MS = 3 * DAY;

export interface KnownInput {
  readonly at: number;
  readonly window: SloWindow;
  readonly budget: Budget;
  /** False: the window is finer than what is stored for its time. */
  readonly readable: boolean;
  /** Exclusive end of the newest covered minute, epoch ms; null = none yet. */
  readonly lastCoveredAt: number | null;
  readonly backfilled: boolean;
}

/**
 * Why the numbers cannot be trusted, one sentence; null = they can. Data more than 5 min late, less
 * than 0.9 of the known minutes covered, or no traffic in the whole window.
 * @example unknownReason(input) // "No data since 09:41 UTC: the numbers are what was known then."
 */
export function unknownReason(input: KnownInput): string | null {
  const { at, window, budget, lastCoveredAt } = input;
  if (lastCoveredAt === null || budget.knownMs <= 0) {
    return input.backfilled
      ? "No data yet: the source has no answer for this SLI in the window."
      : "No data yet: the first backfill has not reached this SLI.";
  }
  if (at - lastCoveredAt > MAX_LATE_MS) {
    return `No data since ${clock(lastCoveredAt, at)}: the numbers are what was known then.`;
  }
  if (!input.readable) {
    return `History this old is kept too coarsely for a window of ${window.label}.`;
  }
  if (!reaches(budget.coverage, MIN_COVERAGE)) {
    return `Only ${cutPercent(budget.coverage)} of the minutes of the last ${formatDuration(budget.knownMs)} have data; under 90 % the budget cannot be trusted.`;
  }
  return budget.expected === null
    ? `No traffic in the whole window of ${window.label}: there is nothing to measure.`
    : null;
}

/**
 * The state of an SLO whose numbers are known, the first that matches: exhausted, at-risk, watch,
 * healthy. A held tier that was firing still counts as firing.
 * @example stateOf(input) // { state: "exhausted", reason: "118 % of the budget is spent." }
 */
export function stateOf(input: StateInput): StateReading {
  const consumed = input.budget.consumed ?? 0;
  if (reaches(consumed, 1)) return { state: "exhausted", reason: spent(consumed) };
  const risk = riskReason(input, consumed);
  if (risk) return { state: "at-risk", reason: risk };
  const watch = watchReason(input, consumed);
  if (watch) return { state: "watch", reason: watch };
  return { state: "healthy", reason: spent(consumed) };
}

function riskReason(input: StateInput, consumed: number): string | null {
  const page = input.tiers.find((t) => t.severity === "page" && t.since);
  if (page) return burning(page);
  if (reaches(consumed, AT_RISK_CONSUMED)) return spent(consumed);
  const left = input.exhaustsAt === null ? null : input.exhaustsAt - input.at;
  if (left === null || left > SOON_MS) return null;
  return `At the pace of the last ${lastWords(input.paceOver ?? "6h")} the rest of the budget is gone in ${span(left)}; ${spentPercent(consumed)} is spent.`;
}

function watchReason(input: StateInput, consumed: number): string | null {
  const ticket = input.tiers.find((t) => t.severity === "ticket" && t.since);
  if (ticket) return burning(ticket);
  const lowest = input.policy[0]?.threshold ?? WATCH_CONSUMED;
  if (reaches(consumed, Math.min(WATCH_CONSUMED, lowest))) return spent(consumed);
  if (input.noTrafficSince === null) return null;
  return `No traffic since ${clock(input.noTrafficSince, input.at)}, where there was some a week before.`;
}

function spent(consumed: number): string {
  return `${spentPercent(consumed)} of the budget is spent.`;
}

function burning(tier: TierReading): string {
  if (tier.longBurn === null || tier.shortBurn === null) {
    return `${tier.tier} was firing and is held: data is missing in its windows of ${tier.long} and ${tier.short}.`;
  }
  return `Burning ${times(tier.longBurn)} over ${tier.long} and ${times(tier.shortBurn)} over ${tier.short}: ${tier.tier} fires above ${times(tier.factor)}.`;
}

/** Cut, not rounded: 89.96 % must not read as the 90 % that is asked for. */
function cutPercent(share: number): string {
  return `${Math.floor(share * 1000 + 1e-6) / 10} %`;
}

function times(burn: number): string {
  return `${Number(burn.toPrecision(3))}x`;
}

function span(ms: number): string {
  return ms < 2 * HOUR
    ? `${Math.round(ms / MINUTE)} min`
    : ms < 2 * DAY
      ? `${Math.round(ms / HOUR)} h`
      : `${Math.round((ms / DAY) * 10) / 10} d`;
}

/** "09:41 UTC", with the date when it is not the day of `at`. */
function clock(ms: number, at: number): string {
  const iso = new Date(ms).toISOString();
  const sameDay = iso.slice(0, 10) === new Date(at).toISOString().slice(0, 10);
  return `${sameDay ? "" : `${iso.slice(0, 10)} `}${iso.slice(11, 16)} UTC`;
}
