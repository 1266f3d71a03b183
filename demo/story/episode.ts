import { loadAt, meanLoad, type Rhythm } from "#demo/story/rhythm.ts";

/** A moment of the story as a minute since the epoch, given the minute at which the demo began. */
export type Moment = (anchor: number) => number;

/** Something that happens to a flow of requests, in `[from, to)`. */
export interface Episode {
  readonly from: Moment;
  readonly to: Moment;
  readonly effect: Effect;
}

export type Effect =
  /** Spends this share of the error budget over the whole episode, whatever the traffic then is. */
  | { readonly kind: "spends"; readonly budgets: number }
  /** Fails at this multiple of an even spend. */
  | { readonly kind: "burns"; readonly rate: number }
  /** Nothing comes in. */
  | { readonly kind: "silent" };

/** What an SLO promises of a flow: the episodes are measured in its budget. */
export interface Promised {
  readonly objective: number;
  readonly windowDays: number;
}

const DAY_MINUTES = 1440;

/** That many minutes after the demo began; negative = before. */
export function minutesIn(minutes: number): Moment {
  return (anchor) => anchor + minutes;
}

export function daysAgo(days: number): Moment {
  return minutesIn(-days * DAY_MINUTES);
}

/** The last time before "so many days ago" at which the clock said `hour:minute` UTC. */
export function clockTime(days: number, hour: number, minute: number): Moment {
  return (anchor) => {
    const latest = anchor - days * DAY_MINUTES;
    const time = hour * 60 + minute;
    return latest - ((((latest - time) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES);
  };
}

export function after(moment: Moment, minutes: number): Moment {
  return (anchor) => moment(anchor) + minutes;
}

/** An episode that is bound to an anchor. */
export interface StagedEpisode {
  readonly from: number;
  readonly to: number;
  /** Share of requests (or minutes) that fail because of it. */
  readonly badRatio: number;
  readonly silent: boolean;
}

/** Binds an episode to the demo's start and works out how hard it must hit. */
export function stage(
  episode: Episode,
  of: { anchor: number; rhythm: Rhythm; promised: Promised },
): StagedEpisode {
  const from = episode.from(of.anchor);
  const to = episode.to(of.anchor);
  const { effect } = episode;
  const budget = 1 - of.promised.objective;
  if (effect.kind === "silent") return { from, to, badRatio: 0, silent: true };
  if (effect.kind === "burns") return { from, to, badRatio: effect.rate * budget, silent: false };
  const window = of.promised.windowDays * DAY_MINUTES * meanLoad(of.rhythm);
  const badRatio = (effect.budgets * budget * window) / loadBetween(of.rhythm, from, to);
  return { from, to, badRatio: Math.min(1, badRatio), silent: false };
}

function loadBetween(rhythm: Rhythm, from: number, to: number): number {
  let sum = 0;
  for (let minute = from; minute < to; minute++) sum += loadAt(rhythm, minute);
  return sum;
}
