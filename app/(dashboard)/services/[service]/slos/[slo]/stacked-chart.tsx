import type { ReactNode } from "react";
import { ChartFrame } from "#components/charts/chart-frame.tsx";
import { type ChartColumn, ChartTable } from "#components/charts/chart-table.tsx";
import type { PlotShared } from "#components/charts/plot.tsx";
import { apartColumn, happenedColumn, outsideColumn } from "./chart-columns.ts";

interface StackedChartProps {
  readonly title: string;
  readonly note: ReactNode;
  readonly summary: string;
  readonly height: number;
  readonly shared: PlotShared;
  readonly columns: readonly ChartColumn[];
  readonly plot: ReactNode;
}

/** One chart of the stack with its table twin. */
export function StackedChart({ shared, columns, ...frame }: StackedChartProps) {
  const { view, words } = shared;
  const all = [
    ...columns,
    ...(view.outside.length > 0 ? [outsideColumn(view)] : []),
    ...(view.apart.length > 0 ? [apartColumn(view)] : []),
    ...(view.marks.length > 0 ? [happenedColumn(view, words)] : []),
  ];
  const caption = `${frame.title}, each ${words.span(view.stepMs)}, newest first`;
  return (
    <ChartFrame
      {...frame}
      table={() => <ChartTable caption={caption} bins={view.bins} words={words} columns={all} />}
    />
  );
}
