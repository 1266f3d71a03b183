import type { SliFact } from "#lib/slo/facts.ts";
import type { SliProgress } from "#lib/slo/progress.ts";
import { floorMinute, MINUTE } from "#lib/time/duration.ts";

/**
 * `open`: no answer yet, ask again. `filled`: it was there later. `empty`: asked again, and nothing
 * is there; it is asked for once more when the minutes after it come late. `bridged`: known only as growth found after a scrape gap, spread evenly.
 */
export type GapState = "open" | "filled" | "empty" | "bridged";

interface Stretch {
  readonly fromAt: number;
  readonly toAt: number;
}

/** A stretch `[fromAt, toAt)` of an SLI's asked time (epoch ms). */
export interface Gap extends Stretch {
  readonly state: GapState;
  readonly foundAt: number;
  /** When it was filled or given up; null while it is open, or bridged. */
  readonly closedAt: number | null;
}

/** A missing minute is asked for again for so long: samples may be late. */
const SETTLED_MS = 30 * MINUTE;

/**
 * What is known of gaps once a fact is saved at `now` (epoch ms): replaces `known`, the gaps that
 * overlap or touch its span. Minutes before the first covered one are no gap: there was nothing to
 * measure yet.
 * @example gapsAfter([], fact, { before, after, now }) // [{ state: "open", fromAt, toAt, … }]
 */
export function gapsAfter(
  known: readonly Gap[],
  fact: SliFact,
  { before, after, now }: { before: SliProgress; after: SliProgress; now: number },
): Gap[] {
  const span = { fromAt: fact.from, toAt: fact.to };
  const since = after.firstCoveredAt ?? Number.POSITIVE_INFINITY;
  const missing = [...missingIn(fact, before), ...leapt(fact, before)]
    .flatMap((stretch) => clip(stretch, { fromAt: since, toAt: stretch.toAt }))
    .flatMap((stretch) => judge(stretch, fact, now));
  const found = [...missing, ...bridgedIn(fact)].map((gap) => remember(gap, known, now));
  const filled = known
    .filter(({ state }) => state !== "bridged")
    .flatMap((gap) => clip(gap, span).flatMap((part) => without(part, found)))
    .map((gap) => ({ ...gap, state: "filled" as const, closedAt: closedAt(gap, now) }));
  const outside = known
    .flatMap((gap) => without(gap, [span]))
    .map((gap) => (endsWhereDataReturns(gap, fact, { known, before }) ? reopened(gap) : gap));
  return merge([...outside, ...found, ...filled]);
}

/**
 * A server that answered without any series for hours may have had the data all along (a storage
 * that was away behind a proxy): what was given up is asked for once more when minutes after it come.
 */
function endsWhereDataReturns(
  { state, toAt }: Gap,
  { from, stepMs, buckets }: SliFact,
  { known, before }: { known: readonly Gap[]; before: SliProgress },
): boolean {
  const begins = buckets[0] !== undefined && buckets[0].at - stepMs === from;
  if (state !== "empty" || toAt !== from || !begins) return false;
  const isNew = before.headAt !== null && from >= before.headAt;
  return isNew || known.some((gap) => gap.state === "open" && gap.fromAt === from);
}

function reopened(gap: Gap): Gap {
  return { ...gap, state: "open", closedAt: null };
}

/** Steps of the span without a bucket, and what lies between older history and the first known minute. */
function missingIn({ from, to, stepMs, buckets }: SliFact, before: SliProgress): Stretch[] {
  const isOlder = before.tailAt !== null && to <= before.tailAt;
  const end = isOlder ? Math.max(to, before.firstCoveredAt ?? to) : to;
  const covered = buckets.map(({ at }) => ({ fromAt: at - stepMs, toAt: at }));
  return without({ fromAt: from, toAt: end }, covered);
}

/** Time between what was asked and a span that does not touch it: nobody asked. */
function leapt({ from, to }: SliFact, { headAt, tailAt }: SliProgress): Stretch[] {
  if (headAt !== null && from > headAt) return [{ fromAt: headAt, toAt: from }];
  if (tailAt !== null && to < tailAt) return [{ fromAt: to, toAt: tailAt }];
  return [];
}

type Judged = Stretch & { readonly state: GapState };

/** Time that nobody asked for stays open, and so do young minutes and those that were asked for once. */
function judge(stretch: Stretch, fact: SliFact, now: number): Judged[] {
  const settled = floorMinute(now - SETTLED_MS);
  const asked = clip(stretch, { fromAt: fact.from, toAt: Math.min(fact.to, settled) });
  if (fact.purpose === "tick" || asked.length === 0) return [{ ...stretch, state: "open" }];
  return [
    ...asked.map((part) => ({ ...part, state: "empty" as const })),
    ...without(stretch, asked).map((part) => ({ ...part, state: "open" as const })),
  ];
}

function bridgedIn({ buckets, stepMs }: SliFact): Judged[] {
  return buckets
    .filter(({ bridged }) => bridged)
    .map(({ at }) => ({ fromAt: at - stepMs, toAt: at, state: "bridged" }));
}

/** Keeps when it was first found, if it was known before. */
function remember(gap: Judged, known: readonly Gap[], now: number): Gap {
  const earlier = known.filter((k) => k.fromAt < gap.toAt && k.toAt > gap.fromAt);
  const foundAt = Math.min(now, ...earlier.map((k) => k.foundAt));
  const same = earlier.find((k) => k.state === gap.state);
  return { ...gap, foundAt, closedAt: gap.state === "empty" ? closedAt(same, now) : null };
}

function closedAt(gap: Gap | undefined, now: number): number {
  return gap?.closedAt ?? now;
}

function clip<T extends Stretch>(gap: T, { fromAt, toAt }: Stretch): T[] {
  const part = { ...gap, fromAt: Math.max(gap.fromAt, fromAt), toAt: Math.min(gap.toAt, toAt) };
  return part.fromAt < part.toAt ? [part] : [];
}

/** What is left of a stretch outside the others, which need no order. */
function without<T extends Stretch>(gap: T, others: readonly Stretch[]): T[] {
  const left: T[] = [];
  let fromAt = gap.fromAt;
  for (const other of [...others].sort((a, b) => a.fromAt - b.fromAt)) {
    left.push(...clip({ ...gap, fromAt }, { fromAt, toAt: other.fromAt }));
    fromAt = Math.max(fromAt, other.toAt);
  }
  return [...left, ...clip(gap, { fromAt, toAt: gap.toAt })];
}

/** Stretches of one state that touch become one. */
function merge(gaps: readonly Gap[]): Gap[] {
  const merged: Gap[] = [];
  for (const gap of [...gaps].sort((a, b) => a.fromAt - b.fromAt)) {
    const i = merged.findLastIndex((m) => m.state === gap.state && m.toAt >= gap.fromAt);
    const before = merged[i];
    if (before) merged[i] = join(before, gap);
    else merged.push(gap);
  }
  return merged;
}

function join(a: Gap, b: Gap): Gap {
  return {
    state: a.state,
    fromAt: a.fromAt,
    toAt: Math.max(a.toAt, b.toAt),
    foundAt: Math.min(a.foundAt, b.foundAt),
    closedAt: a.closedAt === null ? b.closedAt : Math.max(a.closedAt, b.closedAt ?? 0),
  };
}
