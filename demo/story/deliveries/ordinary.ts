import type { Deliverer } from "#demo/story/deliveries/deliverer.ts";
import type { Deploy, Merge, Rollback } from "#demo/story/deliveries/event.ts";
import { chance, seedOf, wholeOf } from "#demo/story/random.ts";
import { DAY, HOUR, MINUTE } from "#lib/time/duration.ts";

/** Two whole months before this one, and something before those, whatever the day of the month. */
export const HISTORY_DAYS = 110;
/** A demo's data are thrown away after a day. */
const FUTURE_DAYS = 2;
/** Share of a working day's deployments that a day of the weekend has. */
const WEEKEND = 0.06;
const FAILS = 0.04;
/** Share of deployments that are taken back within the hour or so, before anyone calls it an incident. */
const IS_TAKEN_BACK = 0.04;

/** A time in which a service deploys nothing but what the story says. */
export interface Quiet {
  readonly service: string;
  readonly from: number;
  readonly to: number;
}

/** The deployments of all the days on which nothing happens, with the changes that they bring. */
export function ordinaryDays(
  deliverer: Deliverer,
  anchor: number,
  quiet: readonly Quiet[],
): (Merge | Deploy | Rollback)[] {
  const today = Math.floor(anchor / DAY);
  const slow = slowMonth(anchor);
  const own = quiet.filter(({ service }) => service === deliverer.service);
  const times = Array.from({ length: HISTORY_DAYS + FUTURE_DAYS }, (_, i) =>
    timesOn(deliverer, today - HISTORY_DAYS + 1 + i),
  );
  return times
    .flat()
    .filter((at) => !own.some(({ from, to }) => at >= from && at < to))
    .flatMap((at) => shipment(deliverer, at, slow));
}

/** In working hours, which here are 8 to 17 UTC. */
function timesOn({ service, perDay }: Deliverer, day: number): number[] {
  const seed = seedOf(`${service} deploys`);
  const weekday = (day + 4) % 7;
  const rate = weekday === 0 || weekday === 6 ? perDay * WEEKEND : perDay;
  const many = wholeOf(rate, chance(seed, day));
  const hour = (i: number) => 8 + (9 * (i + chance(seed ^ (i + 1), day))) / many;
  return Array.from(
    { length: many },
    (_, i) => Math.round((day * DAY + hour(i) * HOUR) / 1000) * 1000,
  );
}

/** What the calendar calls last month: reviews waited long in it, so that lead times went up. */
function slowMonth(anchor: number): { readonly from: number; readonly to: number } {
  const now = new Date(anchor);
  const first = (back: number) => Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back);
  return { from: first(1), to: first(0) };
}

type Slow = ReturnType<typeof slowMonth>;

function shipment(deliverer: Deliverer, at: number, slow: Slow): (Merge | Deploy | Rollback)[] {
  const { service, more } = deliverer;
  const seed = seedOf(`${service} ${at}`);
  const many = 1 + wholeOf(more, chance(seed, 0));
  const merges = Array.from({ length: many }, (_, i) => ordinaryMerge(deliverer, { at, i, slow }));
  const deploy = { kind: "deploy", service } as const;
  const failed =
    chance(seed, 1) < FAILS ? [{ ...deploy, at: at - 6 * MINUTE, succeeds: false }] : [];
  return [...merges, ...failed, { ...deploy, at, succeeds: true }, ...takenBack(deliverer, at)];
}

/** Only where a version can be deployed again: nobody releases an old one anew. */
function takenBack({ service, by }: Deliverer, at: number): Rollback[] {
  const seed = seedOf(`${service} ${at} back`);
  if (by !== "deployment" || chance(seed, 0) >= IS_TAKEN_BACK) return [];
  const later = Math.round(15 + 70 * chance(seed, 1)) * MINUTE;
  return [{ kind: "rollback", at: at + later, service }];
}

interface Place {
  /** When its deployment has finished. */
  readonly at: number;
  /** Which of the deployment's changes it is. */
  readonly i: number;
  readonly slow: Slow;
}

function ordinaryMerge(deliverer: Deliverer, { at, i, slow }: Place): Merge {
  const { service, people, titles, merging } = deliverer;
  const seed = seedOf(`${service} ${at} ${i}`);
  const luck = (n: number) => chance(seed, n);
  const isBot = luck(0) < 0.1;
  const pick = <T>(list: readonly T[], n: number) => list[Math.floor(luck(n) * list.length)];
  const author = isBot ? "renovate[bot]" : (pick(people, 1) ?? "ada");
  const isSlow = !isBot && at >= slow.from && at < slow.to;
  const title = isBot ? "Update dependencies" : (pick(titles, 2) ?? "Tidy up");
  return mergeOf({
    mergedAt: at - (12 + 200 * luck(3) ** 2) * MINUTE,
    author,
    reviewer: people.find((each) => each !== author) ?? "ada",
    title,
    labels: isBot ? ["dependencies"] : [],
    merging,
    codingMs: isBot ? 0 : (1 + 40 * luck(4) ** 2) * HOUR,
    commits: isBot ? 1 : 1 + Math.floor(luck(5) * 4),
    waitingMs: (0.4 + 6 * luck(6) ** 2) * (isSlow ? 5 : 1) * HOUR,
    reviewMs: (0.3 + 5 * luck(7) ** 2) * HOUR,
  });
}

interface MergePlan extends Pick<Merge, "author" | "reviewer" | "title" | "labels" | "merging"> {
  readonly mergedAt: number;
  /** From the first commit to the pull request. */
  readonly codingMs: number;
  readonly commits: number;
  /** From the pull request to its first review. */
  readonly waitingMs: number;
  /** From then to the merge. */
  readonly reviewMs: number;
  readonly key?: string;
  readonly reverts?: string;
}

/** A merged pull request, told backwards from its merge. */
export function mergeOf(plan: MergePlan): Merge {
  const { mergedAt, codingMs, commits, waitingMs, reviewMs, key, reverts, ...same } = plan;
  const at = Math.round(mergedAt / 1000) * 1000;
  const back = (ms: number) => Math.round((at - ms) / 1000) * 1000;
  const openedAt = back(reviewMs + waitingMs);
  const authoredAt = Array.from({ length: commits }, (_, i) =>
    back(reviewMs + waitingMs + 60_000 + codingMs * (1 - i / commits)),
  );
  return {
    ...same,
    kind: "merge",
    at,
    key: key ?? null,
    authoredAt,
    openedAt,
    readyAt: [],
    reviewedAt: back(reviewMs),
    reverts: reverts ?? null,
  };
}
