import { useMemo } from "react";
import { Line, ReferenceLine } from "recharts";
import type { Datum } from "#components/charts/data.ts";
import { Plot, type PlotShared } from "#components/charts/plot.tsx";
import { ninesAt, ninesHeight, ninesScale } from "#components/charts/scale.ts";

/** The SLI of each bin and of its worst step against the objective, by nines. */
export function SliPlot({
  shared,
  height,
  axis,
}: {
  shared: PlotShared;
  height: number;
  axis: boolean;
}) {
  const { view, words } = shared;
  const { objective, bins } = view;
  const scale = useMemo(
    () => ninesScale(lowestOf(bins.map((b) => b.worst)), objective),
    [bins, objective],
  );
  const format = (height: number) => words.precise(ninesAt(height, objective));
  return (
    <Plot shared={shared} label="SLI" height={height} axis={axis} y={{ ...scale, format }}>
      <ReferenceLine
        y={ninesHeight(objective, objective) ?? 0}
        stroke="var(--ink)"
        strokeWidth={1.2}
      />
      {sliLine((datum) => ninesHeight(datum.bin?.worst ?? null, objective), 1, 0.4)}
      {sliLine((datum) => ninesHeight(datum.bin?.sli ?? null, objective), 1.8, 1)}
    </Plot>
  );
}

function sliLine(dataKey: (datum: Datum) => number | null, strokeWidth: number, opacity: number) {
  return (
    <Line
      dataKey={dataKey}
      type="linear"
      stroke="var(--accent)"
      strokeWidth={strokeWidth}
      strokeOpacity={opacity}
      dot={false}
      activeDot={{ r: 3 }}
      isAnimationActive={false}
    />
  );
}

function lowestOf(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => (value === null ? [] : [value]));
  return known.length === 0 ? null : Math.min(...known);
}
