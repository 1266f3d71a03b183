import type { ChartColumn } from "#components/charts/chart-table.tsx";
import { apartText } from "#lib/charts/apart.ts";
import { happeningText } from "#lib/charts/happening-words.ts";
import { outsideText } from "#lib/charts/outside.ts";
import type { ChartView } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";

/** The columns of the charts' table twins. */

const UNKNOWN = "not known";

function known(value: number | null, write: (value: number) => string): string {
  return value === null ? UNKNOWN : write(value);
}

/** What stands above and in the charts as marks, in the row of the time at which it is drawn. */
export function happenedColumn({ marks }: ChartView, words: Words): ChartColumn {
  return {
    name: "Deployments and incidents",
    cell: (bin) =>
      marks
        .filter(({ at }) => at >= bin.from && at < bin.at)
        .map((mark) => `${HAPPENED[mark.kind]} ${happeningText(mark, words)}`)
        .join("; "),
  };
}

/** Which alerts of rules outside were on. */
export function outsideColumn({ outside }: ChartView): ChartColumn {
  return { name: "Alerts outside", cell: (bin) => outsideText(outside, bin) };
}

/** Which times are counted apart. */
export function apartColumn({ apart }: ChartView): ChartColumn {
  return { name: "Maintenance and experiments", cell: (bin) => apartText(apart, bin) };
}

const HAPPENED = { deployment: "Deployed:", incident: "Incident:" } as const;

export function budgetColumns(words: Words): ChartColumn[] {
  return [
    { name: "Budget left", cell: (bin) => known(bin.remaining, words.share) },
    { name: "Lowest", cell: (bin) => known(bin.low, words.share) },
    { name: "Highest", cell: (bin) => known(bin.high, words.share) },
    { name: "Minutes with data", cell: (bin) => words.count(bin.covered) },
  ];
}

export function burnColumns(view: ChartView, words: Words): ChartColumn[] {
  return view.burnWindows.map((window, i) => ({
    name: `${window}, peak`,
    cell: (bin) => known(bin.burn[i] ?? null, words.times),
  }));
}

export function sliColumns(words: Words): ChartColumn[] {
  return [
    { name: "SLI", cell: (bin) => known(bin.sli, words.precise) },
    { name: "Worst moment", cell: (bin) => known(bin.worst, words.precise) },
  ];
}

export function eventColumns(words: Words): ChartColumn[] {
  return [
    { name: "Bad", cell: (bin) => words.count(Math.max(0, bin.total - bin.good)) },
    { name: "Good", cell: (bin) => words.count(bin.good) },
    { name: "All", cell: (bin) => words.count(bin.total) },
  ];
}
