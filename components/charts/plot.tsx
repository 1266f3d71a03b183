import { type ReactNode, useId, useState } from "react";
import { CartesianGrid, ComposedChart, ResponsiveContainer, Tooltip } from "recharts";
import { ApartBands } from "#components/charts/apart-bands.tsx";
import { AXIS_HEIGHT, TimeAxis, ValueAxis, type WrittenScale } from "#components/charts/axes.tsx";
import type { Datum } from "#components/charts/data.ts";
import { useDragZoom } from "#components/charts/drag-zoom.tsx";
import { HappeningMarks } from "#components/charts/happening-marks.tsx";
import { Selection, TimeMarks } from "#components/charts/marks.tsx";
import { Reading } from "#components/charts/reading.tsx";
import type { ChartView } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";

/** What every chart of a page is given: they share data, time axis, words and hover. */
export interface PlotShared {
  readonly view: ChartView;
  readonly data: readonly Datum[];
  readonly words: Words;
  /** The tier whose windows the burn chart and the reading show. */
  readonly tier: string;
  /** Called with the range that was drawn with the pointer, epoch ms. */
  readonly onZoom: (from: number, to: number) => void;
}

interface PlotProps {
  readonly shared: PlotShared;
  readonly label: string;
  readonly height: number;
  readonly y: WrittenScale;
  /** Whether the times are named under the chart. */
  readonly axis: boolean;
  /** Whether definition versions are named beside their lines. */
  readonly named?: boolean;
  readonly children: ReactNode;
}

/** Room for the marks of deployments. */
const TOP = 14;

/** Where the lines of a plot with a time axis begin and end, px from its top. */
export function plotSpan(height: number): { top: number; bottom: number } {
  return { top: TOP, bottom: height - AXIS_HEIGHT };
}

/** One chart on the shared time axis: grid, gaps, versions, what happened and the present; its lines are the children. */
export function Plot({ shared, label, height, y, axis, named = false, children }: PlotProps) {
  const { view, data, words, tier, onZoom } = shared;
  const hatch = useId();
  const [pointed, setPointed] = useState(false);
  const drag = useDragZoom(onZoom);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls, this groups a picture's hover
    <div
      role="group"
      aria-label={label}
      className="chart-plot cursor-crosshair touch-pan-y select-none"
      style={{ height }}
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setPointed(true)}
      onBlur={() => setPointed(false)}
    >
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 640, height }}>
        <ComposedChart
          data={data as Datum[]}
          margin={{ top: TOP, right: 10, bottom: 0, left: 0 }}
          syncId="slo"
          syncMethod="index"
          title={label}
          {...drag.handlers}
        >
          <defs>
            <pattern
              id={hatch}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <line y2="6" stroke="var(--unknown)" strokeWidth="1.2" opacity="0.55" />
            </pattern>
          </defs>
          <CartesianGrid syncWithTicks vertical={false} stroke="var(--line)" />
          <TimeAxis view={view} shown={axis} />
          <ValueAxis y={y} />
          <ApartBands view={view} named={named} />
          <TimeMarks view={view} hatch={hatch} named={named} />
          {children}
          <HappeningMarks view={view} />
          <Selection span={drag.span} />
          <Tooltip
            isAnimationActive={false}
            allowEscapeViewBox={{ x: false, y: true }}
            wrapperStyle={{ zIndex: 30, pointerEvents: "none" }}
            cursor={{ stroke: "var(--ink-3)", strokeWidth: 1 }}
            content={({ active, payload }) => {
              const datum: Datum | undefined = payload?.[0]?.payload;
              if (!active || !pointed || !datum) return null;
              return <Reading datum={datum} view={view} words={words} tier={tier} />;
            }}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}
