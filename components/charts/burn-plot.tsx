import { useMemo } from "react";
import { Line, ReferenceArea, ReferenceLine } from "recharts";
import type { Datum } from "#components/charts/data.ts";
import { LineLabel } from "#components/charts/labels.tsx";
import { OutsideLane } from "#components/charts/marks.tsx";
import { Plot, type PlotShared } from "#components/charts/plot.tsx";
import { burnAt, burnHeight, burnScale } from "#components/charts/scale.ts";
import type { ChartView, TierLine } from "#lib/charts/view.ts";

/** One tier's two windows against the thresholds of all, on a scale that shows both 1× and 1000×. */
export function BurnPlot({
  shared,
  height,
  axis,
}: {
  shared: PlotShared;
  height: number;
  axis: boolean;
}) {
  const { view, tier, words } = shared;
  const chosen = view.tiers.find((t) => t.tier === tier);
  const long = view.burnWindows.indexOf(chosen?.long ?? "");
  const short = view.burnWindows.indexOf(chosen?.short ?? "");
  const scale = useMemo(
    () => burnScale(peakOf(view, [long, short]), view.tiers),
    [view, long, short],
  );
  const format = (height: number) => `${Number(burnAt(height).toPrecision(3))}×`;
  return (
    <Plot shared={shared} label="Burn rate" height={height} axis={axis} y={{ ...scale, format }}>
      {view.alerts
        .filter((alert) => alert.tier === tier)
        .map((alert) => (
          <ReferenceArea
            key={alert.startedAt}
            x1={Math.max(view.from, alert.startedAt)}
            x2={Math.min(view.to, alert.endedAt ?? view.to)}
            fill={alert.severity === "page" ? "var(--out-fill)" : "var(--risk-fill)"}
            fillOpacity={0.16}
            ifOverflow="hidden"
          />
        ))}
      {view.tiers
        .filter((t) => t.reachable)
        .map((t) => thresholdLine(t, t.tier === tier, words.times))}
      {burnLine(short, 1, 0.5)}
      {burnLine(long, 1.8, 1)}
      <OutsideLane view={view} tier={tier} />
    </Plot>
  );
}

function burnLine(index: number, strokeWidth: number, opacity: number) {
  return (
    <Line
      dataKey={(datum: Datum) => burnHeight(datum.bin?.burn[index] ?? null)}
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

function thresholdLine(
  { tier, severity, factor }: TierLine,
  chosen: boolean,
  times: (burn: number) => string,
) {
  const stroke = severity === "page" ? "var(--out-fill)" : "var(--risk-fill)";
  return (
    <ReferenceLine
      key={tier}
      y={Math.log1p(factor)}
      stroke={stroke}
      strokeDasharray="4 3"
      strokeOpacity={chosen ? 1 : 0.4}
      strokeWidth={chosen ? 1.4 : 1}
      label={chosen ? <LineLabel text={`${tier} fires above ${times(factor)}`} /> : undefined}
    />
  );
}

function peakOf(view: ChartView, indexes: readonly number[]): number {
  return Math.max(0, ...view.bins.flatMap((bin) => indexes.map((i) => bin.burn[i] ?? 0)));
}
