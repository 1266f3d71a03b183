import { useMemo } from "react";
import { XAxis, YAxis } from "recharts";
import { timeDomain } from "#components/charts/data.ts";
import type { Scale } from "#components/charts/scale.ts";
import { timeTicks } from "#components/charts/time-ticks.ts";
import type { ChartView } from "#lib/charts/view.ts";

const TICK = { fontSize: 11, fill: "var(--ink-3)" } as const;
const Y_WIDTH = 56;
export const AXIS_HEIGHT = 24;

/** A scale with how its values are spelt. */
export interface WrittenScale extends Scale {
  readonly format: (value: number) => string;
}

/** Days where the reader is, or times of day in short ranges. */
export function TimeAxis({
  view,
  shown,
}: {
  view: Pick<ChartView, "from" | "to" | "projection">;
  shown: boolean;
}) {
  const domain = useMemo(() => timeDomain(view), [view]);
  const ticks = useMemo(() => timeTicks(domain[0], domain[1], 7), [domain]);
  return (
    <XAxis
      dataKey="x"
      type="number"
      scale="time"
      domain={[...domain]}
      ticks={[...ticks.at]}
      tickFormatter={(at: number) => (ticks.daily ? dayOf(at) : timeOf(at))}
      tick={shown ? TICK : false}
      height={shown ? AXIS_HEIGHT : 6}
      tickLine={false}
      axisLine={false}
      interval="preserveStartEnd"
      minTickGap={24}
    />
  );
}

export function ValueAxis({ y }: { y: WrittenScale }) {
  return (
    <YAxis
      domain={[...y.domain]}
      ticks={[...y.ticks]}
      tickFormatter={(value: number) => y.format(value).replaceAll(" ", "\u00a0")}
      tick={TICK}
      width={Y_WIDTH}
      tickLine={false}
      axisLine={false}
      interval={0}
      allowDataOverflow
    />
  );
}

const DAY_FORMAT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const TIME_FORMAT = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

function dayOf(at: number): string {
  return DAY_FORMAT.format(at);
}

/** At midnight the date says more than 00:00. */
function timeOf(at: number): string {
  const date = new Date(at);
  return date.getHours() + date.getMinutes() === 0 ? dayOf(at) : TIME_FORMAT.format(at);
}
