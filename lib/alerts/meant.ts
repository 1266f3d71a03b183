import type { AlertLink, LinkedFiring } from "#lib/alerts/link.ts";
import { MINUTE } from "#lib/time/duration.ts";

/** A firing that a link may mean. */
export interface FiringCandidate extends LinkedFiring {
  /** Alertmanager's; null: one of ours. */
  readonly fingerprint: string | null;
}

export type FiringAsk = Pick<AlertLink, "fingerprint" | "startsAt" | "tier">;

/** What of a link fits nothing that is known. */
export type UnmatchedPart = "fingerprint" | "tier" | "startsAt";

export interface MeantFiring {
  /** Null when nothing fired, or nothing at the start that the link says. */
  readonly firing: LinkedFiring | null;
  readonly unmatched: readonly UnmatchedPart[];
}

/** Alertmanager's start and an annotation's may differ by an evaluation or two. */
export const NEAR_START_MS = 2 * MINUTE;

/**
 * The firing that a link means: that of its fingerprint, tier and start (epoch ms, to two minutes). A
 * start that is not said: what fires now, else what fired last, and of those that were on together the
 * worst of `tiers`, which are worst first. A part that fits nothing is passed over and named.
 * @example meantFiring(candidates, { fingerprint: null, startsAt: null, tier: null }, tiers).firing?.tier // "page-fast"
 */
export function meantFiring(
  candidates: readonly FiringCandidate[],
  ask: FiringAsk,
  tiers: readonly string[],
): MeantFiring {
  if (ask.fingerprint === null) return ofTier(candidates, ask, tiers);
  const named = candidates.filter(({ fingerprint }) => fingerprint === ask.fingerprint);
  if (named.length === 0) {
    const other = ofTier(candidates, ask, tiers);
    return { ...other, unmatched: ["fingerprint", ...other.unmatched] };
  }
  const near = at(named, ask.startsAt, tiers);
  if (near) return { firing: near, unmatched: [] };
  return { firing: at(named, null, tiers), unmatched: ["startsAt"] };
}

/** Of an outside rule whose tier is not said any may be meant. */
function ofTier(
  candidates: readonly FiringCandidate[],
  { tier, startsAt }: FiringAsk,
  tiers: readonly string[],
): MeantFiring {
  if (tier === null) return { firing: at(candidates, startsAt, tiers), unmatched: [] };
  const fits = (one: FiringCandidate) =>
    one.tier === tier || (one.tier === null && one.fingerprint !== null);
  const firing = at(candidates.filter(fits), startsAt, tiers);
  // A tier of ours with a start may be one that only a rule outside saw.
  if (firing || (startsAt !== null && tiers.includes(tier))) return { firing, unmatched: [] };
  return { firing: at(candidates, startsAt, tiers), unmatched: ["tier"] };
}

function at(
  candidates: readonly FiringCandidate[],
  startsAt: number | null,
  tiers: readonly string[],
): LinkedFiring | null {
  const rank = rankIn(tiers);
  if (startsAt === null) return worstOfNewest(candidates, rank);
  const off = (one: FiringCandidate) => Math.abs(one.startsAt - startsAt);
  const near = candidates.filter((one) => off(one) <= NEAR_START_MS);
  return linked(near.toSorted((a, b) => off(a) - off(b) || rank(a) - rank(b))[0]);
}

type Rank = (one: FiringCandidate) => number;

/** Worst first, and ours before what a rule outside says of the same. */
function rankIn(tiers: readonly string[]): Rank {
  return ({ tier, fingerprint }) => {
    const place = tier === null ? -1 : tiers.indexOf(tier);
    return 2 * (place === -1 ? tiers.length : place) + (fingerprint === null ? 0 : 1);
  };
}

function worstOfNewest(candidates: readonly FiringCandidate[], rank: Rank): LinkedFiring | null {
  const open = candidates.filter(({ endsAt }) => endsAt === null);
  const from = open.length > 0 ? open : candidates;
  const newest = from.toSorted((a, b) => b.startsAt - a.startsAt)[0];
  if (!newest) return null;
  const together = from.filter((one) => isTogether(one, newest));
  return linked(together.toSorted((a, b) => rank(a) - rank(b) || b.startsAt - a.startsAt)[0]);
}

function isTogether(a: LinkedFiring, b: LinkedFiring): boolean {
  const [endOfA, endOfB] = [a.endsAt ?? Infinity, b.endsAt ?? Infinity];
  return a.startsAt <= endOfB && b.startsAt <= endOfA;
}

function linked(found: FiringCandidate | undefined): LinkedFiring | null {
  return found ? { startsAt: found.startsAt, endsAt: found.endsAt, tier: found.tier } : null;
}
