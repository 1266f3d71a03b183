import { askedStepMs } from "#collectors/prometheus/judged.ts";
import {
  type Clock,
  gapSlices,
  historySlices,
  liveSlices,
  rereadSlice,
  type SliProgress,
  type Wish,
} from "#collectors/prometheus/wishes.ts";
import type { PrometheusWork, SliRequest, Span } from "#collectors/prometheus/work.ts";
import { floorMinute, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Work for one run, and whether history or gaps are left for the next. */
export interface PlannedWork extends PrometheusWork {
  readonly more: boolean;
}

/** Minutes are asked for when they are this old: scrapes arrive late. */
export const COLLECTION_DELAY_MS = MINUTE;
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

/** More than an hour behind: an outage, caught up with in order and within the budget. */
function isBehind({ headAt }: SliProgress, settledAt: number): boolean {
  return headAt !== null && settledAt - headAt > HOUR;
}

function partition<T>(items: readonly T[], matches: (item: T) => boolean): [T[], T[]] {
  return [items.filter(matches), items.filter((item) => !matches(item))];
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

/** Threshold and ratio SLIs are asked by the minute, whatever is kept; time slices as they need it. */
function pointsOf({ slice, sli }: Wish): number {
  const { definition } = sli;
  const stepMs = definition.kind === "events" ? askedStepMs(definition, slice.stepMs) : MINUTE;
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
