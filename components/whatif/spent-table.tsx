import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import type { ConsumedLine } from "#components/whatif/view.ts";
import type { Words } from "#lib/charts/words.ts";

const HEAD = "px-2.5 py-1.5 font-medium whitespace-nowrap text-ink-3";
const CELL = "px-2.5 py-1 text-right whitespace-nowrap";

/** The table twin of the chart, newest first. */
export function SpentTable({ line, words }: { line: ConsumedLine; words: Words }) {
  const caption = "Share of the budget spent, newest first";
  const share = (value: number | null | undefined) =>
    value === null || value === undefined ? "not known" : words.share(value);
  return (
    <ScrollRegion label={caption} className="h-full overflow-auto rounded-md border border-line">
      <table className="w-full border-collapse text-small tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-surface">
          <tr>
            <th scope="col" className={`${HEAD} text-left`}>
              Up to
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              At present
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              As asked
            </th>
          </tr>
        </thead>
        <tbody>
          {line.at
            .map((at, i) => (
              <tr key={at} className="border-t border-line">
                <th scope="row" className="px-2.5 py-1 text-left font-normal whitespace-nowrap">
                  {words.time(at)}
                </th>
                <td className={CELL}>{share(line.present[i])}</td>
                <td className={CELL}>{share(line.asked?.[i])}</td>
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
