import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { Bin } from "#lib/charts/view.ts";
import type { Words } from "#lib/charts/words.ts";

export interface ChartColumn {
  readonly name: string;
  readonly cell: (bin: Bin) => string;
}

interface ChartTableProps {
  readonly caption: string;
  readonly bins: readonly Bin[];
  readonly words: Words;
  readonly columns: readonly ChartColumn[];
}

/** The table twin of a chart: every bin, newest first, in a region that scrolls by itself. */
export function ChartTable({ caption, bins, words, columns }: ChartTableProps) {
  return (
    <ScrollRegion label={caption} className="h-full overflow-auto rounded-md border border-line">
      <table className="w-full border-collapse text-small tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-surface">
          <tr>
            <HeaderCell left>Up to</HeaderCell>
            {columns.map(({ name }) => (
              <HeaderCell key={name}>{name}</HeaderCell>
            ))}
          </tr>
        </thead>
        <tbody>
          {bins.toReversed().map((bin) => (
            <tr key={bin.at} className="border-t border-line">
              <th scope="row" className="px-2.5 py-1 text-left font-normal whitespace-nowrap">
                {words.time(bin.at)}
              </th>
              {columns.map(({ name, cell }) => (
                <td key={name} className="px-2.5 py-1 text-right whitespace-nowrap">
                  {cell(bin)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function HeaderCell({ children, left = false }: { children: string; left?: boolean }) {
  return (
    <th
      scope="col"
      className={`px-2.5 py-1.5 font-medium whitespace-nowrap text-ink-3 ${left ? "text-left" : "text-right"}`}
    >
      {children}
    </th>
  );
}
