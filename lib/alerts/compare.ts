import { severityOf } from "#lib/alerts/tie.ts";
import type { Severity } from "#lib/slo/status.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** A firing of one of our tiers. Times in epoch ms; null = it still fires. */
export interface OurFiring {
  readonly tier: string;
  readonly severity: Severity;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** A firing that somebody else's rule told us of. */
export interface OutsideFiring {
  readonly id: number;
  readonly name: string;
  /** Null where its labels do not say. */
  readonly tier: string | null;
  readonly severity: string | null;
  readonly startsAt: number;
  readonly endsAt: number | null;
}

/** What fired, by our count, by a rule outside, or by both. */
export interface FiringPair<Ours, Outside> {
  readonly ours: Ours | null;
  /** Oldest first; several where a rule outside let go and fired again meanwhile. */
  readonly outside: readonly Outside[];
  /** How much later the rule outside started, ms; null unless both fired. */
  readonly startLagMs: number | null;
  /** How much later it ended; null unless both fired and are over. */
  readonly endLagMs: number | null;
}

/**
 * Our firings beside those from outside, newest first: those of one tier, or of one severity where the
 * tier outside is not said, that were on at the same time are one. Each firing stands there once.
 * @example compareFirings([ours], [outside])[0]?.startLagMs // -180_000: the rule outside was 3 min earlier
 */
export function compareFirings<Ours extends OurFiring, Outside extends OutsideFiring>(
  ours: readonly Ours[],
  outside: readonly Outside[],
): FiringPair<Ours, Outside>[] {
  const partners = Map.groupBy(outside, (each) => partnerOf(each, ours));
  const ownPairs = ours.map((each) => pairOf(each, partners.get(each) ?? []));
  const alone = (partners.get(null) ?? []).map((each) => pairOf<Ours, Outside>(null, [each]));
  return [...ownPairs, ...alone].sort((a, b) => startOf(b) - startOf(a));
}

/** The one of ours that it was on with for the longest; null when there is none. */
function partnerOf<Ours extends OurFiring>(
  outside: OutsideFiring,
  ours: readonly Ours[],
): Ours | null {
  let best: Ours | null = null;
  let most = 0;
  for (const each of ours) {
    const shared = isAlike(each, outside) ? sharedMs(each, outside) : 0;
    if (shared > most) [best, most] = [each, shared];
  }
  return best;
}

function isAlike(ours: OurFiring, { tier, severity }: OutsideFiring): boolean {
  if (tier !== null) return tier === ours.tier;
  return severityOf(severity) === ours.severity;
}

/** Evaluations are a minute apart: what ended just before the other began still met it. */
const SLACK_MS = 2 * MINUTE;

function sharedMs(ours: OurFiring, outside: OutsideFiring): number {
  const from = Math.max(ours.startedAt, outside.startsAt);
  const to = Math.min(ours.endedAt ?? FOREVER, outside.endsAt ?? FOREVER);
  return to - from + SLACK_MS;
}

const FOREVER = Number.MAX_SAFE_INTEGER;

function pairOf<Ours extends OurFiring, Outside extends OutsideFiring>(
  ours: Ours | null,
  those: readonly Outside[],
): FiringPair<Ours, Outside> {
  const outside = [...those].sort((a, b) => a.startsAt - b.startsAt);
  const [first] = outside;
  if (!ours || !first) return { ours, outside, startLagMs: null, endLagMs: null };
  const end = lastEnd(outside);
  return {
    ours,
    outside,
    startLagMs: first.startsAt - ours.startedAt,
    endLagMs: end === null || ours.endedAt === null ? null : end - ours.endedAt,
  };
}

function lastEnd(outside: readonly OutsideFiring[]): number | null {
  const ends = outside.map(({ endsAt }) => endsAt);
  return ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0));
}

function startOf({ ours, outside }: FiringPair<OurFiring, OutsideFiring>): number {
  return Math.min(ours?.startedAt ?? FOREVER, outside[0]?.startsAt ?? FOREVER);
}

/** Two evaluations, ours and theirs, can be so far apart without meaning anything. */
export const SAME_MS = 2 * MINUTE;

/**
 * How the two differ, one sentence; null when they agree to within two minutes, as evaluations do.
 * `span` spells a length of time (ms).
 * @example differenceOf(pair, span) // "The rule outside started 3 min before ours."
 */
export function differenceOf(
  pair: FiringPair<OurFiring, OutsideFiring>,
  span: (ms: number) => string,
): string | null {
  const { ours, outside, startLagMs, endLagMs } = pair;
  if (!ours) return "Only the rule outside fired.";
  if (outside.length === 0) return "Only ours fired.";
  const start = lagText("started", startLagMs, span);
  const end = lagText("ended", endLagMs, span) ?? openText(pair);
  const said = [start, end].filter((text) => text !== null);
  return said.length === 0 ? null : `The rule outside ${said.join(" and ")}.`;
}

function lagText(verb: string, lagMs: number | null, span: (ms: number) => string): string | null {
  if (lagMs === null || Math.abs(lagMs) < SAME_MS) return null;
  return `${verb} ${span(Math.abs(lagMs))} ${lagMs < 0 ? "before" : "after"} ours`;
}

function openText({ ours, outside }: FiringPair<OurFiring, OutsideFiring>): string | null {
  const isOver = lastEnd(outside) !== null;
  if (isOver === (ours?.endedAt !== null)) return null;
  return isOver ? "is over while ours still fires" : "still fires while ours is over";
}
