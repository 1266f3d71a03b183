import {
  type Episode,
  type Moment,
  type Promised,
  type StagedEpisode,
  stage,
} from "#demo/story/episode.ts";
import { chance, seedOf, wholeOf } from "#demo/story/random.ts";
import { EVEN, loadAt, type Rhythm } from "#demo/story/rhythm.ts";

/** One stream of work of a service, as one SLO looks at it: how much comes in and how much goes wrong. */
export interface Flow {
  readonly service: string;
  /** The SLO that measures it. */
  readonly slo: string;
  /** The source that scrapes it: main or edge. */
  readonly source: string;
  /** Mean requests a minute on a working day. */
  readonly perMinute: number;
  readonly rhythm: Rhythm;
  readonly promised: Promised;
  /** Share of the budget that it spends in ordinary times. */
  readonly usualSpend: number;
  readonly episodes: readonly Episode[];
  readonly begins: Moment;
  /** Scraping stopped then; null = goes on. */
  readonly ends: Moment | null;
  readonly shape: Shape;
}

/** How Prometheus sees a flow. */
export type Shape =
  /** Counters by outcome. */
  | {
      readonly kind: "outcomes";
      readonly metric: string;
      readonly labels: Labels;
      readonly good: Labels;
      readonly bad: Labels;
    }
  /** A histogram: requests slower than `le` seconds are the bad ones. */
  | { readonly kind: "latency"; readonly labels: Labels; readonly le: number }
  /** A histogram whose 95th percentile lies above `le` in bad minutes, below it in good ones. */
  | { readonly kind: "percentile"; readonly labels: Labels; readonly le: number }
  /** A gauge: about `usual` in good minutes, `unusual` in bad ones. */
  | {
      readonly kind: "gauge";
      readonly metric: string;
      readonly labels: Labels;
      readonly usual: number;
      readonly unusual: number;
    };

export type Labels = Readonly<Record<string, string>>;

/** A flow bound to the minute at which the demo began. Minutes are counted since the epoch. */
export interface StagedFlow {
  readonly flow: Flow;
  readonly from: number;
  /** Exclusive; infinite while it goes on. */
  readonly to: number;
  /** Whole requests of a minute. */
  total(minute: number): number;
  /** Those of them that went wrong. */
  bad(minute: number): number;
  /** Whether a minute as a whole is bad, for gauges and percentiles. */
  isBad(minute: number): boolean;
}

/** Bad minutes come in runs of this length, as they do in life. */
const RUN_MINUTES = 7;

/** Binds a flow to the demo's start. Pure: any minute, past or future, can be asked in any order. */
export function stageFlow(flow: Flow, anchor: number): StagedFlow {
  const of = { anchor, rhythm: spendingRhythm(flow), promised: flow.promised };
  const episodes = flow.episodes.map((episode) => stage(episode, of));
  const trafficSeed = seedOf(`${flow.service} traffic`);
  const luckSeed = seedOf(`${flow.service}/${flow.slo}`);
  const usual = flow.usualSpend * (1 - flow.promised.objective);
  const total = (minute: number) => totalAt(flow, episodes, trafficSeed, minute);
  const ratio = (minute: number) => usual * (0.5 + chance(luckSeed, minute));
  return {
    flow,
    from: flow.begins(anchor),
    to: flow.ends?.(anchor) ?? Number.POSITIVE_INFINITY,
    total,
    bad(minute) {
      const requests = total(minute);
      const expected = requests * Math.min(1, ratio(minute) + extraAt(episodes, minute));
      return Math.min(requests, wholeOf(expected, chance(luckSeed ^ 0x5bd1e995, minute)));
    },
    isBad(minute) {
      const run = Math.floor(minute / RUN_MINUTES);
      return chance(luckSeed, run) < usual || chance(luckSeed, minute) < extraAt(episodes, minute);
    },
  };
}

/** Where minutes are counted, a quiet one weighs as much as a busy one. */
function spendingRhythm({ shape, rhythm }: Flow): Rhythm {
  return shape.kind === "gauge" || shape.kind === "percentile" ? EVEN : rhythm;
}

function totalAt(
  flow: Flow,
  episodes: readonly StagedEpisode[],
  seed: number,
  minute: number,
): number {
  if (episodes.some((e) => e.silent && isIn(e, minute))) return 0;
  const jitter = 0.96 + 0.08 * chance(seed, minute);
  const expected = flow.perMinute * loadAt(flow.rhythm, minute) * jitter;
  return wholeOf(expected, chance(seed ^ 0x27d4eb2f, minute));
}

function extraAt(episodes: readonly StagedEpisode[], minute: number): number {
  let extra = 0;
  for (const episode of episodes) if (isIn(episode, minute)) extra += episode.badRatio;
  return extra;
}

function isIn(episode: StagedEpisode, minute: number): boolean {
  return minute >= episode.from && minute < episode.to;
}
