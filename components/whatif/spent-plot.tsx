import { useMemo } from "react";
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
} from "recharts";
import { TimeAxis, ValueAxis } from "#components/charts/axes.tsx";
import { LineLabel } from "#components/charts/labels.tsx";
import { spentScale } from "#components/whatif/scale.ts";
import { SpentReading } from "#components/whatif/spent-reading.tsx";
import type { Compared } from "#components/whatif/view.ts";
import type { Words } from "#lib/charts/words.ts";
import type { Side } from "#lib/whatif/side.ts";

interface SpentPlotProps {
  readonly compared: Compared;
  readonly words: Words;
  readonly height: number;
}

/** One moment of both lines. */
export interface SpentDatum {
  /** Epoch ms. */
  readonly x: number;
  readonly present: number | null;
  readonly asked: number | null;
}

/** How much of the budget was spent, now and as asked, with the load lines of the policy. */
export default function SpentPlot({ compared, words, height }: SpentPlotProps) {
  const { from, to, line, present, asked } = compared;
  const data = useMemo(() => spentData(line), [line]);
  const y = useMemo(
    () => spentScale([line.present, line.asked ?? []], words.share),
    [line, words.share],
  );
  return (
    <div className="chart-plot" style={{ height }}>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 640, height }}>
        <ComposedChart
          data={data}
          margin={{ top: 14, right: 10, bottom: 0, left: 0 }}
          title="Budget spent"
        >
          <CartesianGrid syncWithTicks vertical={false} stroke="var(--line)" />
          <TimeAxis view={{ from, to, projection: [] }} shown />
          <ValueAxis y={y} />
          {(asked ?? present).thresholds.map(loadLine)}
          {drawn("present")}
          {asked && drawn("asked")}
          <Tooltip
            isAnimationActive={false}
            wrapperStyle={{ zIndex: 30, pointerEvents: "none" }}
            cursor={{ stroke: "var(--ink-3)", strokeWidth: 1 }}
            content={({ active, payload }) => {
              const datum: SpentDatum | undefined = payload?.[0]?.payload;
              return active && datum ? <SpentReading datum={datum} words={words} /> : null;
            }}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

function spentData(line: Compared["line"]): SpentDatum[] {
  return line.at.map((x, i) => ({
    x,
    present: line.present[i] ?? null,
    asked: line.asked?.[i] ?? null,
  }));
}

function drawn(dataKey: "present" | "asked") {
  const isAsked = dataKey === "asked";
  return (
    <Line
      key={dataKey}
      dataKey={dataKey}
      type="linear"
      stroke={isAsked ? "var(--accent)" : "var(--ink-3)"}
      strokeWidth={isAsked ? 2.2 : 1.6}
      strokeDasharray={isAsked ? undefined : "5 3"}
      dot={false}
      activeDot={{ r: 3.5 }}
      isAnimationActive={false}
    />
  );
}

function loadLine({ at, name, gate }: Side["thresholds"][number]) {
  return (
    <ReferenceLine
      key={at}
      y={at}
      stroke={gate === "block" ? "var(--out)" : "var(--ink-3)"}
      strokeDasharray="3 3"
      strokeOpacity={0.8}
      ifOverflow="hidden"
      label={<LineLabel text={`from here: ${name}`} />}
    />
  );
}
