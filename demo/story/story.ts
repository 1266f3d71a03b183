import { discovery } from "#demo/story/cast/discovery.ts";
import { payments } from "#demo/story/cast/payments.ts";
import { platform } from "#demo/story/cast/platform.ts";
import { shop } from "#demo/story/cast/shop.ts";
import { type Flow, type StagedFlow, stageFlow } from "#demo/story/flow.ts";
import { type StorySeries, seriesOf } from "#demo/story/series.ts";

const MINUTE = 60_000;

/** Everyone in the story: each flow is measured by one SLO document entry in demo/slos. */
export const CAST: readonly Flow[] = [...shop, ...payments, ...discovery, ...platform];

/** The story as it goes when the demo began at `anchor` (epoch ms, whole minute). */
export interface Story {
  readonly anchor: number;
  readonly flows: readonly StagedFlow[];
  /** What a source's Prometheus holds. */
  series(source: string): readonly StorySeries[];
}

/** Tells the story from an anchor. Pure: the same anchor gives the same story, minute by minute. */
export function tellStory(anchor: number): Story {
  const flows = CAST.map((flow) => stageFlow(flow, Math.floor(anchor / MINUTE)));
  return {
    anchor,
    flows,
    series: (source) => flows.filter(({ flow }) => flow.source === source).flatMap(seriesOf),
  };
}
