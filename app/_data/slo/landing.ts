import { titleOf } from "#app/_data/cost/names.ts";
import type { KnownDelivery } from "#app/_data/dora/delivery.ts";
import type { SloFacts } from "#app/_data/slo/facts.ts";
import type {
  AlertLanding,
  LandingTier,
  OutsideAlertView,
  Standing,
} from "#components/slo/alert/view.ts";
import { compareFirings, differenceOf, SAME_MS } from "#lib/alerts/compare.ts";
import type { AlertSpan } from "#lib/charts/view.ts";
import { span } from "#lib/format/numbers.ts";
import { HEALTHY } from "#lib/policy/policy.ts";
import type { SloStatus } from "#lib/slo/status.ts";
import { tiersOf } from "#lib/slo/tiers.ts";

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
  return {
    tier,
    name: outside[0]?.name ?? tier?.tier ?? "Alert",
    startedAt,
    endedAt: ends.includes(null) || ends.length === 0 ? null : Math.max(...ends.map((e) => e ?? 0)),
    difference: pair ? differenceOf(pair, span) : null,
    before: standing(input.before, tier),
    now: standing(input.facts.record.status, tier),
    deployment: deploymentBefore(input, startedAt ?? at),
    incidents: incidentsIn(input, startedAt ?? at),
    policy: policyNow(input.facts),
    runbook: input.facts.record.definition.runbook,
  };
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

function deploymentBefore(
  { known, facts }: LandingInput,
  start: number,
): AlertLanding["deployment"] {
  const { service } = facts.record;
  const before = known.delivery.verdicts
    .filter(({ deployment: d }) => d.service === service && d.finishedAt <= start)
    .sort((a, b) => b.deployment.finishedAt - a.deployment.finishedAt)[0];
  if (!before) return null;
  const { deployment, failed } = before;
  return { id: deployment.id, title: titleOf(deployment), at: deployment.finishedAt, failed };
}

const MOST = 3;

/** Those that were open at some time from the start to the end of the range, newest first. */
function incidentsIn({ known, facts, to }: LandingInput, start: number): AlertLanding["incidents"] {
  return known.delivery.incidents
    .filter(({ service }) => service === facts.record.service)
    .filter((one) => one.startedAt <= to && (one.resolvedAt ?? to) >= start)
    .sort((a, b) => b.startedAt - a.startedAt)
    .slice(0, MOST)
    .map(({ id, title, severity, startedAt, resolvedAt }) => ({
      ...{ id, title, severity, startedAt, resolvedAt },
    }));
}

function policyNow({ record }: SloFacts): AlertLanding["policy"] {
  const { status, detail, definition, retiredAt } = record;
  if (!status || retiredAt !== null) return null;
  const { policyState: state } = status;
  const step = definition.policy.find(({ name }) => name === state);
  return {
    state,
    action: state === HEALTHY ? null : (step?.action ?? null),
    blocks: detail?.blocks ?? false,
    liftsAt: detail?.liftsAt ? Date.parse(detail.liftsAt) : null,
  };
}
