import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { SloFacts } from "#app/_data/slo/facts.ts";
import { firesNow } from "#app/_data/slo/firesNow.ts";
import { deploymentBefore, incidentsIn, policyNow } from "#app/_data/slo/landingFacts.ts";
import { leftOutOf } from "#app/_data/slo/leftOut.ts";
import type {
  AlertLanding,
  LandingTier,
  OutsideAlertView,
  Standing,
} from "#components/slo/alert/view.ts";
import type { ApartLine } from "#components/slo/apart/view.ts";
import { compareFirings, differenceOf, SAME_MS } from "#lib/alerts/compare.ts";
import { severityOf } from "#lib/alerts/tie.ts";
import type { AlertSpan } from "#lib/charts/view.ts";
import { span } from "#lib/format/numbers.ts";
import { burnOf } from "#lib/slo/burn.ts";
import { budgetOf } from "#lib/slo/objective.ts";
import type { SloStatus } from "#lib/slo/status.ts";
import { tiersOf } from "#lib/slo/tiers.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";
import { countsOf } from "#lib/slo/windows.ts";
import { HOUR, parseDuration } from "#lib/time/duration.ts";

export interface LandingInput {
  readonly facts: SloFacts;
  /** Numbers as of the moment that was asked for. */
  readonly before: SloStatus | null;
  /** Through the newest minute, oldest first. */
  readonly ours: readonly AlertSpan[];
  readonly outside: readonly OutsideAlertView[];
  readonly known: KnownDelivery;
  /** As the address has it. */
  readonly tier: string | null;
  /** The range that the charts show. */
  readonly to: number;
  /** Exclusive end of what is known, epoch ms. */
  readonly latest: number;
  readonly now: number;
  readonly apart: readonly ApartLine[];
  /** With nothing left out. */
  readonly measured: readonly TotalsRow[];
}

/**
 * What a person sees who comes by an alert's link: about the firings that began at the moment asked
 * for. Null when none did and no tier is named: then it is just an earlier moment.
 */
export function landingOf(input: LandingInput): AlertLanding | null {
  const at = input.facts.end;
  const pair = pairAt(input, at);
  const firing = pair?.ours ?? null;
  const outside = pair?.outside ?? [];
  const name = input.tier ?? firing?.tier ?? outside[0]?.tier ?? null;
  const tier = tierNamed(input.facts, name);
  if (!pair && !tier) return null;
  const starts = [firing?.startedAt, outside[0]?.startsAt].filter((t) => t !== undefined);
  const startedAt = starts.length === 0 ? null : Math.min(...starts);
  const ends = [...(firing ? [firing.endedAt] : []), ...outside.map(({ endsAt }) => endsAt)];
  const isOpen = ends.includes(null);
  const endedAt = isOpen || ends.length === 0 ? null : Math.max(...ends.map((e) => e ?? 0));
  const severity = tier?.severity ?? severityOf(outside[0]?.severity ?? null);
  const leftOut = leftOutAt(input, tier, startedAt === null ? [] : [{ startedAt, endedAt }]);
  return {
    service: input.facts.record.service,
    slo: input.facts.record.name,
    tier,
    name: outside[0]?.name ?? tier?.tier ?? "Alert",
    ...{ startedAt, endedAt },
    difference: pair ? differenceOf(pair, span) : null,
    firesNow: firesNow({
      ...{ ...input, definition: input.facts.record.definition },
      shown: { tier: name, severity, isOver: !isOpen },
    }),
    leftOut,
    before: leftOut ? measuredThen(input, tier) : standing(input.before, tier),
    now: standing(input.facts.record.status, tier),
    deployment: deploymentBefore(input, startedAt ?? at),
    incidents: incidentsIn(input, startedAt ?? at),
    policy: policyNow(input.facts, input.now),
    runbook: input.facts.record.definition.runbook,
  };
}

function leftOutAt(
  { apart, measured, latest: end, facts }: LandingInput,
  tier: LandingTier | null,
  firings: Parameters<typeof leftOutOf>[0]["firings"],
): AlertLanding["leftOut"] {
  const { objective } = facts.record.definition;
  const label = tier?.long ?? "1h";
  const over = { label, ms: parseDuration(label) ?? HOUR };
  return leftOutOf({ apart, measured, end, firings, objective, over });
}

/** What was left out since is not what called anybody: the burn is told as it was seen. */
function measuredThen(input: LandingInput, tier: LandingTier | null): Standing | null {
  const then = standing(input.before, tier);
  if (!then || !tier) return then;
  const budget = budgetOf(input.facts.version.definition.objective);
  const burn = (label: string) => {
    const ms = parseDuration(label) ?? HOUR;
    return burnOf(countsOf(input.measured, input.facts.end, ms), ms, budget);
  };
  return { ...then, long: burn(tier.long), short: burn(tier.short) };
}

/** Moments in addresses are cut to the minute. */
function pairAt({ ours, outside, tier }: LandingInput, at: number) {
  const pairs = compareFirings(ours, outside).filter((pair) => {
    const named = pair.ours?.tier ?? pair.outside[0]?.tier ?? null;
    return tier === null || named === null || named === tier;
  });
  const distance = (pair: (typeof pairs)[number]) => {
    const starts = [pair.ours?.startedAt, ...pair.outside.map(({ startsAt }) => startsAt)];
    return Math.min(...starts.map((t) => (t === undefined ? Infinity : Math.abs(t - at))));
  };
  const near = pairs.filter((pair) => distance(pair) <= SAME_MS);
  return near.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

function tierNamed({ version }: SloFacts, name: string | null): LandingTier | null {
  const found = tiersOf(version.definition).find((each) => each.tier === name);
  if (!found) return null;
  const { tier, severity, factor, long, short } = found;
  return { tier, severity, factor, long, short };
}

function standing(status: SloStatus | null, tier: LandingTier | null): Standing | null {
  if (!status) return null;
  const { state, policyState, remaining, burn, asOf } = status;
  return {
    ...{ at: Date.parse(asOf), state, policyState, remaining },
    long: tier ? (burn[tier.long] ?? null) : null,
    short: tier ? (burn[tier.short] ?? null) : null,
  };
}
