import { reaches } from "#lib/slo/compare.ts";
import { elapsedMs } from "#lib/slo/period.ts";
import type { SloState } from "#lib/slo/status.ts";
import { type Tier, tiersOf } from "#lib/slo/tiers.ts";
import type { SloDefinition } from "#lib/spec/model.ts";
import { DAY } from "#lib/time/duration.ts";
import { blockedOf, type StateTime, timeInStates } from "#lib/whatif/policySpans.ts";
import type { Replay } from "#lib/whatif/replay.ts";

/** A firing of one tier. Epoch ms; `endedAt` null = it fires still. */
export interface Firing {
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** One alert tier and how often it fired. */
export interface TierTally extends Pick<Tier, "tier" | "severity" | "factor" | "long" | "short"> {
  /** Its severity is switched off by the document, so it is not told. */
  readonly off: boolean;
  readonly reachable: boolean;
  readonly count: number;
  /** Newest first, at most 100. */
  readonly firings: readonly Firing[];
}

/** A production deployment. Epoch ms. */
export interface ShippedThen {
  readonly id: string;
  readonly title: string;
  /** When it began. */
  readonly at: number;
}

/** What one definition makes of the history: JSON-safe, ratios not percents. */
export interface Side {
  readonly objective: number;
  readonly windowLabel: string;
  /** Of a calendar window; null = a rolling one. */
  readonly zone: string | null;
  readonly thresholds: readonly {
    readonly at: number;
    readonly name: string;
    readonly gate: "allow" | "block";
  }[];
  /** Of a rolling window its length, of a calendar one what has passed of it, in days. */
  readonly neededDays: number;
  /** How much of that is known. */
  readonly historyDays: number;
  /** So much is known that the numbers speak of the whole window. */
  readonly isEnough: boolean;
  readonly now: SideNow;
  readonly tiers: readonly TierTally[];
  readonly states: readonly StateTime[];
  /** How long changes would have been blocked (ms). */
  readonly blockedMs: number;
  readonly blockedCount: number;
  /** Newest first, at most 100. */
  readonly blocked: readonly ShippedThen[];
}

/** The numbers at the end of the history. Times in epoch ms. */
export interface SideNow {
  readonly state: SloState;
  readonly reason: string;
  readonly sli: number | null;
  readonly consumed: number | null;
  readonly remaining: number | null;
  readonly budgetTotal: number | null;
  readonly bad: number;
  readonly policyState: string;
  readonly held: boolean;
  readonly blocks: boolean;
  readonly exhaustsAt: number | null;
  readonly recoversAt: number | null;
  readonly liftsAt: number | null;
}

const MOST_LISTED = 100;
/** As with coverage: a window of which a hundredth is missing is as good as whole. */
const ENOUGH = 0.99;

/**
 * What a replay says, as a page or program shows it.
 * @example sideOf(replay(asked, history), shipped).blockedCount // 3
 */
export function sideOf(replay: Replay, shipped: readonly ShippedThen[]): Side {
  const { definition, spans } = replay;
  const { objective, window, policy } = definition;
  const { status } = replay.now;
  const neededDays = elapsedMs(window, Date.parse(status.asOf)) / DAY;
  const blocked = blockedOf(spans, shipped).toSorted((a, b) => b.at - a.at);
  const states = timeInStates(spans);
  return {
    objective,
    windowLabel: window.label,
    zone: window.kind === "calendar" ? window.zone : null,
    thresholds: policy.map(({ threshold, name, gate }) => ({ at: threshold, name, gate })),
    neededDays,
    historyDays: status.historyDays,
    isEnough: reaches(status.historyDays, neededDays * ENOUGH),
    now: nowOf(replay),
    tiers: talliesOf(definition, replay),
    states,
    blockedMs: states.reduce((sum, { blocks, ms }) => sum + (blocks ? ms : 0), 0),
    blockedCount: blocked.length,
    blocked: blocked.slice(0, MOST_LISTED),
  };
}

function nowOf({ now: { status, detail } }: Replay): SideNow {
  const { state, sli, consumed, remaining, policyState, held } = status;
  return {
    ...{ state, reason: detail.reason, sli, consumed, remaining, policyState, held },
    ...{ budgetTotal: detail.budgetTotal, bad: detail.bad, blocks: detail.blocks },
    exhaustsAt: msOrNull(status.exhaustsAt),
    recoversAt: msOrNull(status.recoversAt),
    liftsAt: msOrNull(detail.liftsAt),
  };
}

function msOrNull(iso: string | null): number | null {
  return iso === null ? null : Date.parse(iso);
}

function talliesOf(definition: SloDefinition, { firings }: Replay): TierTally[] {
  return tiersOf(definition).map(({ tier, severity, factor, long, short, reachable }) => {
    const own = firings
      .filter((firing) => firing.tier === tier)
      .map(({ startedAt, endedAt }) => ({ startedAt, endedAt }));
    return {
      ...{ tier, severity, factor, long, short, reachable },
      off: !definition.alerting[severity],
      count: own.length,
      firings: own.toReversed().slice(0, MOST_LISTED),
    };
  });
}
