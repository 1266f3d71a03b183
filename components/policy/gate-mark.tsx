import { CircleCheck, CircleHelp, OctagonX } from "lucide-react";
import { DECISION_WORD } from "#components/policy/words.ts";
import type { GateDecision } from "#lib/policy/decision.ts";

const LOOK = {
  allow: { Shape: CircleCheck, tone: "text-ink-2" },
  block: { Shape: OctagonX, tone: "font-[560] text-out" },
  unknown: { Shape: CircleHelp, tone: "font-[560] text-unknown" },
} as const;

/** What the gate said; apart from that, whether it held anything up. */
export function GateMark({
  answer: { decision, mode, proceed },
}: {
  answer: Pick<GateDecision, "decision" | "mode" | "proceed">;
}) {
  const { Shape, tone } = LOOK[decision];
  return (
    <span className={`inline-flex items-center gap-1.5 ${tone}`}>
      <Shape size={14} strokeWidth={2} aria-hidden />
      <span>
        {DECISION_WORD[decision]}
        {decision !== "allow" && (
          <span className="font-normal text-ink-3">, {fate(mode === "dry-run", proceed)}</span>
        )}
      </span>
    </span>
  );
}

function fate(isDry: boolean, proceeds: boolean): string {
  if (isDry) return "dry run";
  return proceeds ? "went on" : "held up";
}
