import { CircleCheck, CircleDashed, CircleX, LoaderCircle } from "lucide-react";
import type { DeploymentLine } from "#components/deployments/view.ts";
import { OUTCOME_WORD } from "#components/deployments/words.ts";

const SHAPES = {
  fine: { Shape: CircleCheck, ink: "text-ink-3" },
  failed: { Shape: CircleX, ink: "text-out" },
  "never-reached": { Shape: CircleDashed, ink: "text-ink-3" },
  running: { Shape: LoaderCircle, ink: "text-ink-3" },
} as const;

type OutcomeMarkProps = Pick<DeploymentLine, "outcome" | "isOpen" | "isRework">;

/** Shape and word; colour only for what failed. */
export function OutcomeMark({ outcome, isOpen, isRework }: OutcomeMarkProps) {
  const { Shape, ink } = SHAPES[outcome];
  const notes = [isOpen ? "not restored" : "", isRework ? "rework" : ""].filter((note) => note);
  return (
    <span className={`inline-flex items-baseline gap-1.5 whitespace-nowrap ${ink}`}>
      <Shape size={14} strokeWidth={2} aria-hidden="true" className="flex-none translate-y-[2px]" />
      <span>
        {OUTCOME_WORD[outcome]}
        {notes.length > 0 && <span className="text-ink-2"> ({notes.join(", ")})</span>}
      </span>
    </span>
  );
}
