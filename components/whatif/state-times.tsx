import { span } from "#lib/format/numbers.ts";
import type { StateTime } from "#lib/whatif/policySpans.ts";
import type { Side } from "#lib/whatif/side.ts";

interface StateTimesProps {
  readonly present: Side;
  readonly asked: Side | null;
}

const HEAD = "py-1.5 text-[12px] font-medium text-ink-3";
const CELL = "py-1.5 pl-3 text-right align-top";

/** The days in each policy state under both definitions. */
export function StateTimes({ present, asked }: StateTimesProps) {
  return (
    <table className="w-full border-collapse text-[13px] tabular-nums">
      <caption className="sr-only">Days in each policy state</caption>
      <thead>
        <tr>
          <th scope="col" className={`${HEAD} text-left`}>
            Policy state
          </th>
          <th scope="col" className={`${HEAD} pl-3 text-right whitespace-nowrap`}>
            At present
          </th>
          <th scope="col" className={`${HEAD} pl-3 text-right whitespace-nowrap`}>
            As asked
          </th>
        </tr>
      </thead>
      <tbody>
        {namesOf([present, ...(asked ? [asked] : [])]).map((name) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className="py-1.5 text-left font-normal">
              {name}
            </th>
            <td className={CELL}>
              <Days times={present.states} name={name} />
            </td>
            <td className={CELL}>{asked ? <Days times={asked.states} name={name} /> : "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Healthy first, then as the policy goes up; names that only one of them has come as they are. */
function namesOf(sides: readonly Side[]): string[] {
  const inOrder = sides.flatMap(({ thresholds }) => thresholds.map(({ name }) => name));
  const seen = sides.flatMap(({ states }) => states.map(({ state }) => state));
  return [...new Set([...seen.filter((name) => !inOrder.includes(name)), ...inOrder])];
}

function Days({ times, name }: { times: readonly StateTime[]; name: string }) {
  const own = times.filter(({ state }) => state === name);
  const sum = (of: "ms" | "heldMs") => own.reduce((ms, each) => ms + each[of], 0);
  const held = sum("heldMs");
  return (
    <>
      <span className="whitespace-nowrap">{sum("ms") === 0 ? "0 d" : span(sum("ms"))}</span>
      {held > 0 && (
        <span className="block text-small text-ink-3">held without data for {span(held)}</span>
      )}
    </>
  );
}
