import { StateMark } from "#components/slo/state-mark.tsx";
import { count } from "#lib/format/numbers.ts";
import { SLO_STATES, type SloState } from "#lib/slo/status.ts";

/** How many SLOs are in each state, worst first; states without any are left out. */
export function StateTally({ totals }: { totals: Readonly<Record<SloState, number>> }) {
  return (
    <ul aria-label="SLOs by state" className="flex flex-wrap gap-x-6 gap-y-2">
      {SLO_STATES.filter((state) => totals[state] > 0).map((state) => (
        <li key={state} className="flex items-baseline gap-2">
          <b className="text-[20px] leading-tight font-semibold tracking-[-0.02em] tabular-nums">
            {count(totals[state])}
          </b>
          <StateMark state={state} />
        </li>
      ))}
    </ul>
  );
}
