import { useId, useMemo } from "react";
import { Area, Line, ReferenceArea, ReferenceLine } from "recharts";
import { LineLabel } from "#components/charts/labels.tsx";
import { AlertLane, OutsideLane } from "#components/charts/marks.tsx";
import { Plot, type PlotShared, plotSpan } from "#components/charts/plot.tsx";
import { budgetScale } from "#components/charts/scale.ts";
import type { PolicyLine } from "#lib/charts/view.ts";

/** The burndown: what is left, the zero line with the overdraft below it, load lines of the policy, what is to come. */
export function BudgetPlot({
  shared,
  height,
  axis,
}: {
  shared: PlotShared;
  height: number;
  axis: boolean;
}) {
  const { view, data, words } = shared;
  const scale = useMemo(() => budgetScale(data), [data]);
  const fill = useId();
  return (
    <Plot
      shared={shared}
      label="Budget left"
      height={height}
      axis={axis}
      named
      y={{ ...scale, format: words.share }}
    >
      <WaterLine id={fill} height={height} domain={scale.domain} />
      <ReferenceArea y1={scale.domain[0]} y2={0} fill="var(--out-fill)" fillOpacity={0.07} />
      <Area
        dataKey="remaining"
        type="linear"
        stroke={`url(#${fill}-line)`}
        strokeWidth={2}
        fill={`url(#${fill}-fill)`}
        baseValue={0}
        isAnimationActive={false}
        activeDot={{ r: 3.5, fill: "var(--accent)", stroke: "var(--surface)" }}
      />
      <Area
        dataKey="band"
        stroke="none"
        fill="var(--accent)"
        fillOpacity={0.28}
        isAnimationActive={false}
        activeDot={false}
      />
      {ahead("clean", "var(--accent)")}
      {ahead("pace", "var(--out-fill)")}
      <AlertLane view={view} />
      <OutsideLane view={view} />
      {view.thresholds.map(policyLine)}
      <ReferenceLine y={0} stroke="var(--ink)" strokeWidth={1.3} />
    </Plot>
  );
}

function ahead(dataKey: "clean" | "pace", stroke: string) {
  return (
    <Line
      dataKey={dataKey}
      type="linear"
      stroke={stroke}
      strokeWidth={1.6}
      strokeDasharray={dataKey === "clean" ? "2 4" : "5 3"}
      dot={false}
      activeDot={{ r: 3 }}
      isAnimationActive={false}
    />
  );
}

function policyLine({ at, name, gate }: PolicyLine) {
  return (
    <ReferenceLine
      key={at}
      y={1 - at}
      stroke={gate === "block" ? "var(--ink)" : "var(--ink-3)"}
      strokeDasharray="3 3"
      strokeOpacity={0.8}
      label={<LineLabel text={`below: ${name}`} />}
    />
  );
}

interface WaterLineProps {
  readonly id: string;
  readonly height: number;
  readonly domain: readonly [number, number];
}

/** Water above the line, overdraft below it: curve and area change colour exactly at zero. */
function WaterLine({ id, height, domain: [low, high] }: WaterLineProps) {
  const { top, bottom } = plotSpan(height);
  const zero = `${(100 * high) / (high - low)}%`;
  const along = { gradientUnits: "userSpaceOnUse", x1: 0, x2: 0, y1: top, y2: bottom } as const;
  return (
    <defs>
      <linearGradient id={`${id}-line`} {...along}>
        <stop offset={zero} stopColor="var(--accent)" />
        <stop offset={zero} stopColor="var(--out-fill)" />
      </linearGradient>
      <linearGradient id={`${id}-fill`} {...along}>
        <stop offset="0%" stopColor="var(--accent)" stopOpacity={0.18} />
        <stop offset={zero} stopColor="var(--accent)" stopOpacity={0.05} />
        <stop offset={zero} stopColor="var(--out-fill)" stopOpacity={0.12} />
        <stop offset="100%" stopColor="var(--out-fill)" stopOpacity={0.32} />
      </linearGradient>
    </defs>
  );
}
