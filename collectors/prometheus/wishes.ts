import type { Purpose } from "#collectors/collector.ts";
import { BRIDGE_MS } from "#collectors/prometheus/map.ts";
import { floorTo, type Slice, sliceSpan } from "#collectors/prometheus/slices.ts";
import { keptStep } from "#lib/slo/resolution.ts";
import { sliceGrainMs } from "#lib/slo/slices.ts";
import type { CountedSli } from "#lib/spec/model.ts";
import { HOUR, MINUTE } from "#lib/time/duration.ts";

/** How far one SLI has been asked (db/schema/sli.ts), with its open gaps. Times in epoch ms. */
export interface SliProgress {
  readonly key: string;
  readonly definition: CountedSli;
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

const REREAD_EVERY_MS = 10 * MINUTE;
const REREAD_MS = 15 * MINUTE;

export interface Clock {
  readonly now: number;
  readonly settledAt: number;
  readonly historyMs: number;
}

/** One SLI's wish for one slice. */
export interface Wish {
  readonly purpose: Purpose;
  readonly slice: Slice;
  readonly sli: SliProgress;
}

function wish(purpose: Purpose, sli: SliProgress, slice: Slice): Wish {
  return { purpose, slice, sli };
}

export function liveSlices(sli: SliProgress, { settledAt, now }: Clock): Wish[] {
  const from = liveFrom(sli, settledAt);
  return from === null
    ? []
    : sliceSpan(from, settledAt, now, wholeOf(sli)).map((slice) => wish("tick", sli, slice));
}

/** What must be asked as a whole (ms): a time slice, else a minute. */
function wholeOf({ definition }: SliProgress): number {
  return definition.slices?.windowMs ?? MINUTE;
}

/**
 * From the head on. After a gap of at most 30 min it starts at the last covered minute, so that the
 * collector sees the gap and what came after it together, and can bridge it. A time slice that has
 * ended meanwhile is asked from its beginning; one that still runs only goes on.
 */
function liveFrom(sli: SliProgress, settledAt: number): number | null {
  const { headAt, tailAt, lastCoveredAt } = sli;
  if (headAt === null || headAt >= settledAt) return null;
  const covered = Math.max(lastCoveredAt ?? headAt, tailAt ?? 0);
  const bridgeable = covered < headAt && settledAt - covered <= BRIDGE_MS + MINUTE;
  const from = bridgeable ? covered : headAt;
  return from < floorTo(settledAt, wholeOf(sli)) ? floorTo(from, wholeOf(sli)) : from;
}

/** Where asking again ends: a time slice that the live span of this run ends is left to it. */
function againTo(sli: SliProgress, settledAt: number): number {
  const to = Math.min(sli.headAt ?? settledAt, settledAt);
  const whole = wholeOf(sli);
  return to < floorTo(settledAt, whole) ? floorTo(to, whole) : to;
}

export function rereadSlice(sli: SliProgress, { now, settledAt }: Clock): Wish[] {
  const { headAt, tailAt, rereadAt } = sli;
  if (headAt === null || tailAt === null) return [];
  if (rereadAt !== null && now >= rereadAt && now - rereadAt < REREAD_EVERY_MS) return [];
  const to = againTo(sli, settledAt);
  const from = floorTo(Math.max(tailAt, to - REREAD_MS), wholeOf(sli));
  return from < to ? [wish("reread", sli, { from, to, stepMs: MINUTE })] : [];
}

/**
 * Open gaps in order; those that the live span asks for again anyway are left to it. A clock that was
 * ahead and has been put right leaves gaps in the future: they wait until they are settled.
 */
export function gapSlices(sli: SliProgress, { now, settledAt }: Clock): Wish[] {
  const live = liveFrom(sli, settledAt) ?? Number.POSITIVE_INFINITY;
  const whole = wholeOf(sli);
  const settled = againTo(sli, settledAt);
  return wideGaps(sli, now, live)
    .flatMap(({ fromAt, toAt }) => sliceSpan(fromAt, Math.min(toAt, settled), now, whole))
    .map((slice) => wish("gap", sli, slice));
}

/** Gaps before `live`; those in time slices out to where their slices may be cut from the rest, as one where they meet. */
function wideGaps(sli: SliProgress, now: number, live: number): SliProgress["gaps"] {
  const gaps = sli.gaps.filter(({ fromAt }) => fromAt < live);
  if (!sli.definition.slices) return gaps;
  const wide: { fromAt: number; toAt: number }[] = [];
  for (const gap of gaps) {
    const grain = sliceGrainMs(wholeOf(sli), keptStep(now - gap.fromAt) ?? HOUR);
    const fromAt = floorTo(gap.fromAt, grain);
    const toAt = Math.ceil(gap.toAt / grain) * grain;
    const last = wide.at(-1);
    if (last && fromAt < last.toAt) last.toAt = Math.max(last.toAt, toAt);
    else wide.push({ fromAt, toAt });
  }
  return wide;
}

/** Newest first. An SLI that was never asked begins here, with its newest day. */
export function historySlices(sli: SliProgress, { now, settledAt, historyMs }: Clock): Wish[] {
  if (sli.backfilledAt !== null) return [];
  const whole = wholeOf(sli);
  const from = sli.backfillFrom ?? Math.ceil((settledAt - historyMs) / HOUR) * HOUR;
  const to = sli.tailAt ?? settledAt;
  return sliceSpan(floorTo(from, whole), to, now, whole)
    .reverse()
    .map((slice) => wish("backfill", sli, slice));
}
