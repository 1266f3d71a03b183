import type { DefinitionView, TransitionView } from "#components/slo/detail/view.ts";
import { Time } from "#components/ui/time.tsx";
import { percent, spentPercent } from "#lib/format/numbers.ts";

const CAUSES = {
  budget: null,
  definition: "the document was changed",
  correction: "late or corrected data",
} as const;

interface HistoryProps {
  readonly transitions: readonly TransitionView[];
  /** Epoch ms; null before the first evaluation. */
  readonly recordedSince: number | null;
}

/** Every change of the policy state, newest first, with the spend that caused it. */
export function PolicyHistory({ transitions, recordedSince }: HistoryProps) {
  if (transitions.length === 0) {
    return (
      <p className="text-[13px] text-ink-3">
        The policy state has not changed since it is recorded
        <Recorded since={recordedSince} />.
      </p>
    );
  }
  return (
    <>
      <Transitions transitions={transitions} />
      <p className="mt-2.5 text-[12.5px] text-ink-3">
        What it was before it is recorded
        <Recorded since={recordedSince} /> is not known.
      </p>
    </>
  );
}

function Recorded({ since }: { since: number | null }) {
  if (since === null) return null;
  return (
    <>
      {" (from "}
      <Time at={since} />
      {" on)"}
    </>
  );
}

function Transitions({ transitions }: Pick<HistoryProps, "transitions">) {
  return (
    <ol className="space-y-2.5 text-[13px]">
      {transitions.map((transition) => (
        <li key={transition.at} className="grid grid-cols-[auto_1fr] gap-x-3">
          <span className="mt-[7px] h-1.5 w-1.5 rounded-full bg-line-2" aria-hidden="true" />
          <div>
            <p>
              <span className="text-ink-3">{transition.from} →</span> {transition.to}
            </p>
            <p className="text-[12.5px] text-ink-3 tabular-nums">
              <Time at={transition.at} />
              {transition.consumed !== null && `, ${spentPercent(transition.consumed)} spent`}
              {CAUSES[transition.cause] && `, ${CAUSES[transition.cause]}`}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The thresholds of the policy as its document has them. */
export function PolicySteps({ steps }: { steps: DefinitionView["policy"] }) {
  return (
    <ul className="space-y-1 text-[13px]">
      {steps.map((step) => (
        <li key={step.at} className="grid grid-cols-[4.5rem_1fr] gap-x-2">
          <span className="text-ink-3 tabular-nums">{percent(step.at)}</span>
          <span>
            {step.action}
            {step.gate === "block" && <span className="text-ink-3"> (blocks releases)</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
