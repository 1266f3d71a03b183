"use client";

import dynamic from "next/dynamic";
import { useMemo } from "react";
import type { SloPage } from "#app/_data/slo/query.ts";
import { dataOf } from "#components/charts/data.ts";
import type { PlotShared } from "#components/charts/plot.tsx";
import { Card } from "#components/ui/card.tsx";
import { Empty } from "#components/ui/empty.tsx";
import { apartSummary } from "#lib/charts/apart.ts";
import { budgetSummary } from "#lib/charts/budget-summary.ts";
import { happeningSummary } from "#lib/charts/happening-words.ts";
import { outsideSummary } from "#lib/charts/outside.ts";
import { burnSummary, eventsSummary, sliSummary } from "#lib/charts/summary.ts";
import type { ChartView } from "#lib/charts/view.ts";
import { budgetColumns, burnColumns, eventColumns, sliColumns } from "./chart-columns.ts";
import { BudgetLegend, EventsLegend, SliLegend, TierSwitch } from "./chart-legends.tsx";
import { RangePicker } from "./range-picker.tsx";
import type { SloUrl } from "./slo-url.ts";
import { StackedChart } from "./stacked-chart.tsx";
import { useWords } from "./words.ts";

const BudgetPlot = dynamic(() => import("#components/charts/plots.tsx").then((m) => m.BudgetPlot), {
  ssr: false,
});
const BurnPlot = dynamic(() => import("#components/charts/plots.tsx").then((m) => m.BurnPlot), {
  ssr: false,
});
const SliPlot = dynamic(() => import("#components/charts/plots.tsx").then((m) => m.SliPlot), {
  ssr: false,
});
const EventsPlot = dynamic(() => import("#components/charts/plots.tsx").then((m) => m.EventsPlot), {
  ssr: false,
});

interface ChartStackProps {
  readonly page: SloPage;
  readonly chart: ChartView | null;
  readonly url: SloUrl;
  /** Another range is on its way. */
  readonly waiting: boolean;
}

/** Four charts on one time axis. */
export function ChartStack({ page, chart, url, waiting }: ChartStackProps) {
  if (!chart) {
    return (
      <Card>
        <Empty title="Nothing to draw yet">
          The charts appear as soon as the first minutes are counted, newest days first.
        </Empty>
      </Card>
    );
  }
  const { windowLabel } = page.head.definition;
  return (
    <Card className="min-w-0 px-4 pt-3 pb-4">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3 border-b border-line pb-3">
        <RangePicker range={page.range} windowLabel={windowLabel} end={chart.end} url={url} />
      </div>
      <div className={waiting ? "opacity-60 transition-opacity" : "transition-opacity"}>
        <Charts chart={chart} tier={tierOf(page, chart, url)} url={url} />
      </div>
    </Card>
  );
}

/** The tier of the URL; else the worst that fires, else the first that can. */
function tierOf({ head }: SloPage, chart: ChartView, { tier }: SloUrl): string {
  const named = chart.tiers.find((t) => t.tier === tier);
  const firing = head.tiers.find((t) => t.state === "firing");
  return (named ?? firing ?? chart.tiers.find((t) => t.reachable) ?? chart.tiers[0])?.tier ?? "";
}

function Charts({ chart, tier, url }: { chart: ChartView; tier: string; url: SloUrl }) {
  const words = useWords();
  const data = useMemo(() => dataOf(chart), [chart]);
  const shared: PlotShared = { view: chart, data, words, tier, onZoom: url.setSpan };
  return (
    <div className="grid gap-6">
      <StackedChart
        title="Budget left"
        note={<BudgetLegend view={chart} />}
        summary={[
          budgetSummary(chart, words),
          happeningSummary(chart.marks),
          outsideSummary(chart.outside, words),
          apartSummary(chart.apart, words),
        ]
          .join(" ")
          .trim()}
        height={232}
        shared={shared}
        columns={budgetColumns(words)}
        plot={<BudgetPlot shared={shared} height={232} axis />}
      />
      <StackedChart
        title="Burn rate"
        note={<TierSwitch tiers={chart.tiers} tier={tier} onChoose={url.setTier} />}
        summary={burnSummary(chart, tier, words)}
        height={184}
        shared={shared}
        columns={burnColumns(chart, words)}
        plot={<BurnPlot shared={shared} height={184} axis />}
      />
      <StackedChart
        title="SLI"
        note={<SliLegend view={chart} words={words} />}
        summary={sliSummary(chart, words)}
        height={158}
        shared={shared}
        columns={sliColumns(words)}
        plot={<SliPlot shared={shared} height={158} axis />}
      />
      <StackedChart
        title={chart.unit === "events" ? "Events" : "Minutes"}
        note={<EventsLegend view={chart} words={words} />}
        summary={eventsSummary(chart, words)}
        height={158}
        shared={shared}
        columns={eventColumns(words)}
        plot={<EventsPlot shared={shared} height={158} axis />}
      />
    </div>
  );
}
