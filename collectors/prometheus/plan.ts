import type { Purpose } from "#collectors/collector.ts";
import { BRIDGE_MS } from "#collectors/prometheus/map.ts";
import { type Slice, sliceSpan } from "#collectors/prometheus/slices.ts";
import type { PrometheusWork, SliRequest, Span } from "#collectors/prometheus/work.ts";
import type { SliDefinition } from "#lib/spec/model.ts";
import { floorMinute, HOUR, MINUTE } from "#lib/time/duration.ts";

/** How far one SLI has been asked (db/schema/sli.ts), with its open gaps. Times in epoch ms. */
export interface SliProgress {
  readonly key: string;
  readonly definition: SliDefinition;
  readonly headAt: number | null;
  readonly tailAt: number | null;
  readonly backfillFrom: number | null;
  readonly backfilledAt: number | null;
  readonly lastCoveredAt: number | null;
  readonly rereadAt: number | null;
  readonly trailingMax: number | null;
  /** The server would not evaluate its query when it was last asked. */
  readonly refused: boolean;
  /** Open gaps, ascending. */
  readonly gaps: readonly { readonly fromAt: number; readonly toAt: number }[];
}

/** Work for one run, and whether history or gaps are left for the next. */
export interface PlannedWork extends PrometheusWork {
  readonly more: boolean;
}

/** Minutes are asked for when they are this old: scrapes arrive late. */
export const COLLECTION_DELAY_MS = MINUTE;
const REREAD_EVERY_MS = 10 * MINUTE;
const REREAD_MS = 15 * MINUTE;
/**
 * Points of all SLIs together that one run may fetch beside the live minutes: as many of what an
 * outage left as of history, so that SLIs that cannot catch up do not hold up the history of others.
 */
const BUDGET_POINTS = 75_000;

/**
 * What to ask next: live minutes first, then the trailing re-read, open gaps and what an outage left,
 * in order, and history newest first, as much as a short run can hold. Last, one slice of each SLI
 * that is refused: what it lacks holds up nobody, and follows once it is answered.
 */
export function planWork(
  progress: readonly SliProgress[],
  now: number,
  source: { readonly historyMs: number },
): PlannedWork {
  const settledAt = floorMinute(now - COLLECTION_DELAY_MS);
  const at = { now, settledAt, historyMs: source.historyMs };
  const [refused, answered] = partition(progress, (sli) => sli.refused);
  const [behind, abreast] = partition(answered, (sli) => isBehind(sli, settledAt));
  const ticks = abreast.flatMap((sli) => liveSlices(sli, at));
  const catchUp = behind.flatMap((sli) => liveSlices(sli, at));
  const reread = answered.flatMap((sli) => rereadSlice(sli, at));
  const gaps = answered.flatMap((sli) => gapSlices(sli, at));
  const history = answered.flatMap((sli) => historySlices(sli, at));
  const newestFirst = history.sort((a, b) => b.slice.to - a.slice.to);
  const late = withinBudget([...catchUp, ...gaps]);
  const early = withinBudget(newestFirst);
  const trials = refused.flatMap((sli) => firstSlice(sli, at));
  const spans = [...ticks, ...reread, ...late.taken, ...early.taken, ...trials];
  return { spans: groupSpans(spans), settledAt, more: late.left || early.left };
}

interface Clock {
  readonly now: number;
  readonly settledAt: number;
  readonly historyMs: number;
}

/** One SLI's wish for one slice. */
interface Wish {
  readonly purpose: Purpose;
  readonly slice: Slice;
  readonly sli: SliProgress;
}

function wish(purpose: Purpose, sli: SliProgress, slice: Slice): Wish {
  return { purpose, slice, sli };
}

/** More than an hour behind: an outage, caught up with in order and within the budget. */
function isBehind({ headAt }: SliProgress, settledAt: number): boolean {
  return headAt !== null && settledAt - headAt > HOUR;
}

function partition<T>(items: readonly T[], matches: (item: T) => boolean): [T[], T[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
}

function liveSlices(sli: SliProgress, { settledAt, now }: Clock): Wish[] {
  const from = liveFrom(sli, settledAt);
  return from === null
    ? []
    : sliceSpan(from, settledAt, now).map((slice) => wish("tick", sli, slice));
}

/**
 * From the head on. After a gap of at most 30 min it starts at the last covered minute, so that the
 * collector sees the gap and what came after it together, and can bridge it.
 */
function liveFrom({ headAt, tailAt, lastCoveredAt }: SliProgress, settledAt: number) {
  if (headAt === null || headAt >= settledAt) return null;
  const covered = Math.max(lastCoveredAt ?? headAt, tailAt ?? 0);
  const bridgeable = covered < headAt && settledAt - covered <= BRIDGE_MS + MINUTE;
  return bridgeable ? covered : headAt;
}

function rereadSlice(sli: SliProgress, { now, settledAt }: Clock): Wish[] {
  const { headAt, tailAt, rereadAt } = sli;
  if (headAt === null || tailAt === null) return [];
  if (rereadAt !== null && now >= rereadAt && now - rereadAt < REREAD_EVERY_MS) return [];
  const to = Math.min(headAt, settledAt);
  const from = Math.max(tailAt, to - REREAD_MS);
  return from < to ? [wish("reread", sli, { from, to, stepMs: MINUTE })] : [];
}

/**
 * Open gaps in order; those that the live span asks for again anyway are left to it. A clock that was
 * ahead and has been put right leaves gaps in the future: they wait until they are settled.
 */
function gapSlices(sli: SliProgress, { now, settledAt }: Clock): Wish[] {
  const live = liveFrom(sli, settledAt) ?? Number.POSITIVE_INFINITY;
  return sli.gaps
    .filter(({ fromAt }) => fromAt < live)
    .flatMap(({ fromAt, toAt }) => sliceSpan(fromAt, Math.min(toAt, settledAt), now))
    .map((slice) => wish("gap", sli, slice));
}

/** Newest first. An SLI that was never asked begins here, with its newest day. */
function historySlices(sli: SliProgress, { now, settledAt, historyMs }: Clock): Wish[] {
  if (sli.backfilledAt !== null) return [];
  const from = sli.backfillFrom ?? Math.ceil((settledAt - historyMs) / HOUR) * HOUR;
  const to = sli.tailAt ?? settledAt;
  return sliceSpan(from, to, now)
    .reverse()
    .map((slice) => wish("backfill", sli, slice));
}

/** Where an SLI would go on: its oldest live slice, or its newest one of history. */
function firstSlice(sli: SliProgress, at: Clock): Wish[] {
  return [...liveSlices(sli, at), ...historySlices(sli, at)].slice(0, 1);
}

/** Takes wishes in order until the budget is spent, always at least one. */
function withinBudget(wishes: readonly Wish[]): { taken: Wish[]; left: boolean } {
  let points = 0;
  const taken: Wish[] = [];
  for (const each of wishes) {
    points += pointsOf(each);
    if (taken.length > 0 && points > BUDGET_POINTS) break;
    taken.push(each);
  }
  return { taken, left: taken.length < wishes.length };
}

/** Threshold and ratio SLIs are asked by the minute, whatever is kept. */
function pointsOf({ slice, sli }: Wish): number {
  const stepMs = sli.definition.kind === "events" ? slice.stepMs : MINUTE;
  return (slice.to - slice.from) / stepMs;
}

/** Wishes for the same span, in order of their first appearance, as one span. */
function groupSpans(wishes: readonly Wish[]): Span[] {
  const groups = Map.groupBy(
    wishes,
    ({ purpose, slice }) => `${purpose} ${slice.from} ${slice.to} ${slice.stepMs}`,
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first.slice, purpose: first.purpose, slis: group.map(request) }] : [];
  });
}

function request({ sli }: Wish): SliRequest {
  return { key: sli.key, sli: sli.definition, trailingMax: sli.trailingMax };
}
