import { StateMark } from "#components/slo/state-mark.tsx";
import { SLO_STATES, type SloState } from "#lib/slo/status.ts";

interface TalliesProps {
  readonly totals: Readonly<Record<SloState, number>>;
  readonly chosen: SloState | null;
  /** Null: all states again. */
  readonly onChoose: (state: SloState | null) => void;
}

/** How many SLOs stand in each state; each is a filter. */
export function Tallies({ totals, chosen, onChoose }: TalliesProps) {
  return (
    <fieldset className="-ml-2 flex flex-wrap gap-x-2 gap-y-1">
      <legend className="sr-only">SLOs by state</legend>
      {SLO_STATES.map((state) => (
        <button
          key={state}
          type="button"
          aria-pressed={chosen === state}
          onClick={() => onChoose(chosen === state ? null : state)}
          className="flex items-baseline gap-2.5 rounded-[8px] border border-transparent px-2 py-1 hover:bg-ink/4 aria-pressed:border-line-2 aria-pressed:bg-surface max-md:gap-2"
        >
          <b
            className={`text-[22px] leading-tight font-semibold tracking-[-0.02em] max-md:text-[19px] ${totals[state] === 0 ? "text-ink-3" : ""}`}
          >
            {totals[state]}
          </b>
          <StateMark state={state} />
        </button>
      ))}
    </fieldset>
  );
}
