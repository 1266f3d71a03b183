import { StateShape } from "#components/slo/state-mark.tsx";
import { type ComparedRow, comparedRows } from "#components/whatif/rows.ts";
import type { Compared, WhatIf } from "#components/whatif/view.ts";
import { shownState, stateWords } from "#components/whatif/words.ts";
import type { Side } from "#lib/whatif/side.ts";

interface ComparedTableProps {
  readonly compared: Compared;
  readonly unit: WhatIf["unit"];
}

const HEAD = "px-3 py-2 text-left text-[12px] font-medium text-ink-3";
const CELL = "px-3 py-2 align-top break-words";

/** Both definitions side by side, one figure a line; what differs is set in bold. */
export function ComparedTable({ compared, unit }: ComparedTableProps) {
  const { present, asked } = compared;
  return (
    <table className="w-full table-fixed border-collapse text-[13px] tabular-nums">
      <caption className="sr-only">The present definition and the one asked for</caption>
      <thead>
        <tr>
          <th scope="col" className={`w-[34%] pl-4 ${HEAD}`}>
            <span className="sr-only">Figure</span>
          </th>
          <th scope="col" className={HEAD}>
            At present
          </th>
          <th scope="col" className={HEAD}>
            As asked
          </th>
        </tr>
      </thead>
      <tbody>
        <tr className="border-t border-line">
          <th scope="row" className={`pl-4 text-left font-normal ${CELL}`}>
            State
          </th>
          <td className={CELL}>
            <State side={present} />
          </td>
          <td className={CELL}>{asked ? <State side={asked} /> : "–"}</td>
        </tr>
        {comparedRows(compared, unit).map((row) => (
          <Row key={row.name} row={row} />
        ))}
      </tbody>
    </table>
  );
}

function State({ side }: { side: Side }) {
  return (
    <span className="inline-flex items-baseline gap-[7px]">
      <StateShape state={shownState(side)} />
      <span>{stateWords(side)}</span>
    </span>
  );
}

function Row({ row: { name, note, present, asked } }: { row: ComparedRow }) {
  const differs = asked !== null && asked !== present;
  return (
    <tr className="border-t border-line">
      <th scope="row" className={`pl-4 text-left font-normal ${CELL}`}>
        {name}
        {note && <span className="block text-small text-ink-3">{note}</span>}
      </th>
      <td className={CELL}>{present}</td>
      <td className={`${CELL} ${differs ? "font-semibold" : ""}`}>{asked ?? "–"}</td>
    </tr>
  );
}
