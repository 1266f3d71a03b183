import { useMemo } from "react";
import { Area } from "recharts";
import type { Datum } from "#components/charts/data.ts";
import { Plot, type PlotShared } from "#components/charts/plot.tsx";
import { countScale } from "#components/charts/scale.ts";

/** What was bad and what was counted at all, each on a scale of its own: one is a thousandth of the other. */
export function EventsPlot({
  shared,
  height,
  axis,
}: {
  shared: PlotShared;
  height: number;
  axis: boolean;
}) {
  const upper = Math.round(height * 0.55);
  return (
    <>
      <CountPlot shared={shared} what="bad" height={upper} axis={false} />
      <CountPlot shared={shared} what="all" height={height - upper} axis={axis} />
    </>
  );
}

/** An axis has room for "1.5M", not for seven digits. */
const COMPACT = new Intl.NumberFormat("en-US", { notation: "compact" });

function CountPlot(props: {
  shared: PlotShared;
  what: "bad" | "all";
  height: number;
  axis: boolean;
}) {
  const { shared, what, height, axis } = props;
  const { view } = shared;
  const read = what === "bad" ? badIn : totalIn;
  const scale = useMemo(
    () => countScale(Math.max(0, ...shared.data.map((datum) => read(datum) ?? 0))),
    [shared.data, read],
  );
  const colour = what === "bad" ? "var(--out-fill)" : "var(--ink-3)";
  return (
    <Plot
      shared={shared}
      label={what === "bad" ? `Bad ${view.unit}` : `All ${view.unit}`}
      height={height}
      axis={axis}
      y={{ ...scale, format: (value) => COMPACT.format(value) }}
    >
      <Area
        dataKey={read}
        type="stepBefore"
        stroke={colour}
        strokeWidth={1}
        fill={colour}
        fillOpacity={what === "bad" ? 0.55 : 0.18}
        baseValue={0}
        isAnimationActive={false}
        activeDot={false}
      />
    </Plot>
  );
}

function badIn({ bin }: Datum): number | null {
  return bin && bin.covered > 0 ? Math.max(0, bin.total - bin.good) : null;
}

function totalIn({ bin }: Datum): number | null {
  return bin && bin.covered > 0 ? bin.total : null;
}
