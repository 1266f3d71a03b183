"use client";

import { useMemo, useState } from "react";
import {
  budgetColumns,
  eventColumns,
  sliColumns,
} from "#app/(dashboard)/services/[service]/slos/[slo]/chart-columns.ts";
import {
  BudgetLegend,
  EventsLegend,
  SliLegend,
} from "#app/(dashboard)/services/[service]/slos/[slo]/chart-legends.tsx";
import { StackedChart } from "#app/(dashboard)/services/[service]/slos/[slo]/stacked-chart.tsx";
import { useWords } from "#app/(dashboard)/services/[service]/slos/[slo]/words.ts";
import { dataOf } from "#components/charts/data.ts";
import type { PlotShared } from "#components/charts/plot.tsx";
import { BudgetPlot, EventsPlot, SliPlot } from "#components/charts/plots.tsx";
import { budgetSummary } from "#lib/charts/budget-summary.ts";
import { eventsSummary, sliSummary } from "#lib/charts/summary.ts";
import type { ChartView } from "#lib/charts/view.ts";

/** Each point needs a whole window behind it, which is more than a look asks for. */
const BEFORE = "What was before this range is not asked: the line begins as if nothing had failed.";

/** The charts of a preview: those of an SLO's page, without what only time brings. */
export function PreviewCharts({ chart }: { chart: ChartView }) {
  const words = useWords();
  const data = useMemo(() => dataOf(chart), [chart]);
  const [noZoom] = useState(() => () => undefined);
  const tier = chart.tiers[0]?.tier ?? "";
  const shared: PlotShared = { view: chart, data, words, tier, onZoom: noZoom };
  return (
    <div className="grid gap-6 px-4">
      <StackedChart
        title="Budget left"
        note={<BudgetLegend view={chart} />}
        summary={`${budgetSummary(chart, words)} ${BEFORE}`}
        height={200}
        shared={shared}
        columns={budgetColumns(words)}
        plot={<BudgetPlot shared={shared} height={200} axis />}
      />
      <StackedChart
        title="SLI"
        note={<SliLegend view={chart} words={words} />}
        summary={sliSummary(chart, words)}
        height={150}
        shared={shared}
        columns={sliColumns(words)}
        plot={<SliPlot shared={shared} height={150} axis />}
      />
      <StackedChart
        title={chart.unit === "events" ? "Events" : "Minutes"}
        note={<EventsLegend view={chart} words={words} />}
        summary={eventsSummary(chart, words)}
        height={150}
        shared={shared}
        columns={eventColumns(words)}
        plot={<EventsPlot shared={shared} height={150} axis />}
      />
    </div>
  );
}
