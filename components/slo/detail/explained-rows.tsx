import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { Explanation } from "#lib/explain/explanation.ts";
import { count, utc } from "#lib/explain/figures.ts";
import type { TotalsRow } from "#lib/slo/totals.ts";

/** The stored rows at both ends of a number's window, and their difference. */
export function ExplainedRows({ explanation: { rows, difference } }: { explanation: Explanation }) {
  return (
    <ScrollRegion label="Stored rows">
      <table className="w-full border-collapse text-[12.5px] tabular-nums">
        <thead>
          <tr className="text-ink-3">
            <th scope="col" className="py-1 pr-3 text-left font-medium">
              Row, UTC
            </th>
            <th scope="col" className="px-2 py-1 text-right font-medium">
              good
            </th>
            <th scope="col" className="px-2 py-1 text-right font-medium">
              total
            </th>
            <th scope="col" className="py-1 pl-2 text-right font-medium">
              minutes
            </th>
          </tr>
        </thead>
        <tbody>
          <TotalsLine name="end" row={rows.end} />
          <TotalsLine name="start" row={rows.start} />
          <tr className="border-t border-line-2 font-semibold">
            <th scope="row" className="py-1 pr-3 text-left font-semibold">
              difference
            </th>
            <td className="px-2 py-1 text-right">{count(difference.good)}</td>
            <td className="px-2 py-1 text-right">{count(difference.total)}</td>
            <td className="py-1 pl-2 text-right">{count(difference.covered)}</td>
          </tr>
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function TotalsLine({ name, row }: { name: string; row: TotalsRow | null }) {
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap">
        <span className="inline-block w-10 text-ink-3">{name}</span>
        {row ? utc(row.at).replace(" UTC", "") : "no row yet"}
      </th>
      <td className="px-2 py-1 text-right">{row ? count(row.good) : "none"}</td>
      <td className="px-2 py-1 text-right">{row ? count(row.total) : "none"}</td>
      <td className="py-1 pl-2 text-right">{row ? count(row.covered) : "none"}</td>
    </tr>
  );
}
